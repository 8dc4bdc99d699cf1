"""A request that carries a key is done once: the key, the deed and its answer are one transaction.

Whoever sends the same again meanwhile waits at the unique index until the first has finished, and
is told what it was told. If the first was refused or died, nothing of it is left, its key neither.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core.errors import Refused, WrittenDown
from core.models import Once

Answer = TypeVar("Answer", bound=HttpResponse)
REFUSALS_FROM = 400


class OtherBody(Refused):
    """A key came again with something else: it cannot be known which of the two was meant."""

    code = "key-reused"


def do_once(
    user_id: UUID,
    key: str,
    body: str,
    *,
    deed: Callable[[], Answer],
    again: Callable[[Once], Answer],
) -> Answer:
    """Answer with the deed, or `again` with what was said when it was done before."""
    refusal: WrittenDown | None = None
    with transaction.atomic():
        mine = Once(user_id=user_id, key=key, body=body)
        Once.objects.bulk_create([mine], ignore_conflicts=True)
        known = Once.objects.get(user_id=user_id, key=key)
        require_same_request(known.body == body)
        if known.pk != mine.pk:
            return again(known)
        try:
            answer = deed()
        except WrittenDown as written:
            refusal = written
            known.delete()
        else:
            remember(known, answer)
    if refusal:
        raise refusal
    return answer


def require_same_request(is_same: bool) -> None:
    """Refuse a key that came before with something else."""
    if not is_same:
        raise OtherBody(_("This key came before with another request. Take a new key."))


def remember(once: Once, answer: HttpResponse) -> None:
    """Keep where the answer is found; of a refusal nothing, so that it can be asked anew.

    An answer about many rows says itself what is `kept` of it: their ids.
    """
    if answer.status_code >= REFUSALS_FROM:
        once.delete()
        return
    told = getattr(answer, "data", None)
    told = told if isinstance(told, dict) else {}
    once.status, once.location = answer.status_code, answer.headers.get("Location", "")
    once.subject = told.get("id")
    once.plain = told if not once.subject and names_nothing(told) else None
    once.plain = getattr(answer, "kept", once.plain)
    once.save()


def names_nothing(told: dict[str, Any]) -> bool:
    """True for an answer of plain yes and no, which gives nothing of a case away."""
    return all(isinstance(value, bool) for value in told.values())


def fingerprint(method: str, path: str, fields: object, files: Iterable[UploadedFile[Any]]) -> str:
    """What tells one request from another, without keeping any of it; files count by content."""
    said = [method, path, fields, [content_of(file) for file in files]]
    written = json.dumps(said, default=str, sort_keys=True)
    return salted_hmac("core.once", written, algorithm="sha256").hexdigest()


def content_of(file: UploadedFile[Any]) -> list[str]:
    """A file's name and the SHA-256 of its bytes, read piece by piece."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return [file.name or "", digest.hexdigest()]


def forget_outlived() -> None:
    """Let go of the keys that are older than a day."""
    Once.objects.outlived().delete()
