"""The list of comparisons as a table to take away."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from comparison.http import place_of
from comparison.models import Link
from investigations.tables import Listed

LINKS: Listed[Link] = Listed(
    "comparisons",
    "comparison.links_exported",
    [
        (_("Components"), lambda link: link.name),
        (_("Exhibits"), lambda link: " · ".join(end.item.exhibit_no for end in link.ends)),
        (_("Kind"), lambda link: link.left.category),
        (_("Recovered in"), lambda link: " | ".join(place_of(end) for end in link.ends)),
        (_("Across theatres"), lambda link: _now("yes") if link.cross_theatre else _now("no")),
        (_("Strength"), lambda link: alarm_of(link) or link.get_band_display()),
        (_("Likelihood ratio (log10)"), lambda link: link.log10_ratio),
        (_("Found by"), lambda link: link.get_found_by_display()),
        (_("What agrees"), lambda link: ", ".join(link.agreeing)),
        (_("Proposed"), lambda link: link.proposed_at),
        (_("Cases"), lambda link: " · ".join(sorted({link.case.ref, link.other_case.ref}))),
    ],
    cases=lambda link: link.chains,
)
"""What a table of comparisons says: what was compared and how alike it is, never a judgement."""


def alarm_of(link: Link) -> str:
    """What stands between the pair and any figure, if anything does."""
    return str(link.get_alert_display()) if link.is_blocked else ""
