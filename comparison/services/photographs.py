"""Find photographs that look like one: a help in searching, never a score."""

from datetime import timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from comparison.methods.photographs import CLEAR, LOOKS_ALIKE, ONE_SHOT, tokens_around
from core.scope import system_scope
from evidence.models import File

MOST = 60
LATELY = timedelta(days=2)
_NEAR = """SELECT DISTINCT bit_count(code # ('x' || %(code)s)::bit(256)) AS apart, file_id
    FROM comparison_phototoken WHERE token = ANY(%(tokens)s::int[])
    AND bit_count(code # ('x' || %(code)s)::bit(256)) <= %(radius)s ORDER BY apart, file_id"""
_INDEX = """INSERT INTO comparison_phototoken (token, file_id, code)
    SELECT place << 16 | ('x' || substr(perceptual_hash, place * 4 + 1, 4))::bit(16)::int,
        id, ('x' || perceptual_hash)::bit(256)
    FROM evidence_file, generate_series(0, 15) AS place
    WHERE length(perceptual_hash) = 64 AND perceptual_quality >= %(clear)s
    AND created_at >= %(since)s AND NOT EXISTS (SELECT 1 FROM comparison_phototoken there
        WHERE there.file_id = evidence_file.id AND there.code = ('x' || perceptual_hash)::bit(256))
    ON CONFLICT (token, file_id) DO UPDATE SET code = excluded.code"""
_TAKE_OUT = """DELETE FROM comparison_phototoken token USING evidence_file file
    WHERE file.id = token.file_id AND file.created_at >= %(since)s
    AND (length(perceptual_hash) <> 64 OR token.code <> ('x' || perceptual_hash)::bit(256))"""


class Alike(NamedTuple):
    """A photograph that looks like another: how many bits apart, and whether it may be one shot.

    Only the same bytes are the same photograph for certain.
    """

    file: File
    bits: int
    is_one_file: bool
    is_one_shot: bool
    is_elsewhere: bool

    @property
    def is_alarm(self) -> bool:
        """One photograph under two cases: somebody must find out why."""
        return self.is_one_shot and self.is_elsewhere

    @property
    def in_words(self) -> str:
        """No more than the two hashes say."""
        if self.is_one_file:
            return _("the same file, in another case") if self.is_elsewhere else _("the same file")
        if self.is_alarm:
            return _("perhaps the same photograph, in another case")
        return _("perhaps the same photograph") if self.is_one_shot else _("looks alike")


@transaction.atomic
def index_photographs(*, everything: bool = False) -> None:
    """File lately received photographs by their perceptual hash, or all of them."""
    words = {"clear": CLEAR, "since": "-infinity" if everything else timezone.now() - LATELY}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_OUT, words)
        cursor.execute(_INDEX, words)


def near_to(code: str) -> dict[str, int]:
    """Files whose hash lies within reach, the nearest first: id and bits apart. All that there are.

    In the program's own name: who asks for somebody narrows them to what that person may see.
    """
    tokens = tokens_around(code)
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {"code": code, "tokens": tokens, "radius": LOOKS_ALIKE})
        return {str(file): bits for bits, file in cursor.fetchall()}


def photographs_like(file: File, reader: User) -> list[Alike]:
    """Photographs that look like this one, as far as `reader` may see them, the nearest first."""
    near: dict[str, int] = {}
    if file.perceptual_hash and (file.perceptual_quality or 0) >= CLEAR:
        with system_scope("photographs that look alike are sought in all cases and then narrowed"):
            near = near_to(file.perceptual_hash)
    rows = File.objects.visible_to(reader).select_related("case", "item").exclude(pk=file.pk)
    same = list(rows.filter(sha256=file.sha256).order_by("pk")[:MOST])
    alike = list(rows.filter(pk__in=list(near)).exclude(sha256=file.sha256))
    found = [told(one, 0, file) for one in same]
    found += [told(one, near[str(one.pk)], file) for one in alike]
    return sorted(found, key=lambda one: (not one.is_alarm, one.bits, one.file.pk))[:MOST]


def told(other: File, bits: int, file: File) -> Alike:
    """How another photograph stands to this one."""
    is_one_file = other.sha256 == file.sha256
    return Alike(other, bits, is_one_file, bits <= ONE_SHOT, other.case_id != file.case_id)
