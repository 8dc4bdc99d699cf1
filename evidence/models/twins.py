"""The same bytes in several places: allowed, and each of them says so to whoever sees the other."""

from accounts.models import User
from evidence.models.file import File

MOST_TOLD = 20


def same_bytes(file: File, reader: User) -> list[File]:
    """Files elsewhere with the very same bytes, of this case or another, that `reader` may see."""
    seen = File.objects.visible_to(reader).filter(sha256=file.sha256).exclude(pk=file.pk)
    return list(seen.select_related("item", "case").order_by("id")[:MOST_TOLD])
