"""What was made and found of one file: its copies, its redactions, its time and place."""

from typing import Any

from accounts.models import User
from evidence.models import Establishment, File, Redaction
from evidence.models.twins import same_bytes


def digital_panel(file: File, reader: User) -> dict[str, Any]:
    """Everything about a file that this reader may see."""
    copies = file.copies.visible_to(reader).select_related("received_by").order_by("id")
    steps = file.transformations.visible_to(reader).select_related("made_by")
    found = Establishment.objects.visible_to(reader).filter(file=file)
    redactions = Redaction.objects.visible_to(reader).filter(file=file)
    return {
        "copies": copies,
        "steps": steps,
        "established": found.select_related("made_by", "reviewed_by").order_by("what", "-id"),
        "redactions": redactions.select_related("made_by", "reviewed_by", "copy").order_by("-id"),
        "twins": same_bytes(file, reader),
    }
