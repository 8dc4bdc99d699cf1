"""The end of the case's ledger in print, and how anyone can check the report against it."""

from ledger.models import Entry
from reports.content.phrases import _, clock
from reports.content.reading import Reading
from reports.typesetting.blocks import Section, code, heading, muted, paragraph, table

LINES = 40
"""So many of the last lines are printed; the whole ledger is exported apart."""


def ledger_section(reading: Reading, position: int) -> Section:
    """The last lines up to the one the report was drawn at, with their seals."""
    entries = list(
        Entry.objects.of_log(reading.case.pk)
        .filter(position__lte=position)
        .select_related("actor")
        .order_by("-position")[:LINES]
    )
    heads = [(_("Line"), 1.2), (_("Time (UTC)"), 3.6), (_("By"), 2.6), (_("Act"), 4.2)]
    body = [
        [
            code(entry.position),
            code(clock(entry.at, "second")),
            str(entry.actor) if entry.actor else muted(_("the program")),
            code(entry.act),
            code(entry.seal),
        ]
        for entry in reversed(entries)
    ]
    shown = _("The last %(count)s of %(all)s lines of this case's ledger, oldest first.") % {
        "count": len(entries),
        "all": position,
    }
    extract = table([*heads, (_("Seal"), 5.8)], body)
    check = [heading(_("How to verify this report")), *map(paragraph, steps())]
    return {
        "title": _("Ledger and verification"),
        "blocks": [*check, heading(_("Ledger extract")), paragraph(shown), extract],
    }


def steps() -> list[str]:
    """What to compute, and what to compare it with."""
    return [
        _(
            "1. A file cannot hold its own digest: the digest of this file was written in the "
            "ledger of the case when it was made. Compute the SHA-256 of the file and compare it "
            "with the line “reports.report_made” that names this report."
        ),
        _(
            "2. The data of every page are attached to this file as content.json. Their SHA-256 "
            "stands in the footer of every page."
        ),
        _(
            "3. Under every photograph stands the SHA-256 of the original as it was received; the "
            "picture itself is a smaller copy."
        ),
        _(
            "4. The footer names the last line of the ledger that this report knows of, and its "
            "seal. Each seal is the SHA-256 of the seal before it and of the bytes of its line; "
            "manage.py verify_ledger computes all of them again."
        ),
    ]
