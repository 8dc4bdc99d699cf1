"""Files by what proves them: their bytes and names leave in evidence bundles alone."""

from collections.abc import Iterator
from uuid import UUID

from evidence.models import File
from exchange.content.gathering import Gathering, Leaf
from exchange.formats.stix import objects


def gather_files(gathering: Gathering) -> Iterator[Leaf]:
    """The files of exhibits that leave, an original before its copies."""
    rows = File.objects.visible_to(gathering.reader).filter(case=gathering.case, item__isnull=False)
    for row in gathering.free(rows.select_related("case"), exhibits_of):
        if item := gathering.ref("x-evidence-item", row.item_id):
            facts = {
                "item_ref": item,
                "derived_ref": gathering.ref("x-file", row.derived_from_id),
                "sha256": row.sha256,
                "size": row.size,
                "mime": row.mime,
                "copy_type": row.copy_type,
            }
            thing = objects.built("x-file", gathering.about(row), facts)
            gathering.left.add(thing["id"])
            yield Leaf(thing, row, tuple(exhibits_of(row)))


def exhibits_of(row: File) -> list[UUID]:
    """The exhibit that a file tells of."""
    return [row.item_id] if row.item_id else []
