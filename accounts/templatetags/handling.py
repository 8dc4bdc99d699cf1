"""The handling banner: how what is on screen or on paper is to be handled."""

from uuid import UUID

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Agency
from core.markings import Clearance, Handling, Pap, Tlp

register = template.Library()


@register.simple_tag
def handling_badge(handling: Handling | str) -> SafeString:
    """Every part of a handling in words; the dot beside the TLP only helps the eye."""
    if not handling:
        return SafeString("")
    handling = Handling(tlp=handling) if isinstance(handling, str) else handling
    marking = format_html(
        '<span class="marking marking-{}" dir="ltr">{}</span>',
        handling.tlp.partition("+")[0],
        Tlp(handling.tlp).label,
    )
    said = caveats(handling)
    if not said:
        return marking
    words = format_html_join(" · ", "{}", ((word,) for word in said))
    return format_html('{}<span class="meta caveats">{}</span>', marking, words)


def caveats(handling: Handling) -> list[str]:
    """What goes beyond the TLP, in the reader's language."""
    said = []
    if handling.pap in {Pap.AMBER, Pap.RED}:
        said.append(str(Pap(handling.pap).label))
    if handling.clearance:
        said.append(str(Clearance(handling.clearance).label).upper())
    said += sorted(handling.compartments)
    if handling.releasable_to:
        names = short_names(handling.releasable_to)
        said.append(_("releasable to %(agencies)s") % {"agencies": names or _("nobody")})
    if handling.originators:
        names = short_names(handling.originators)
        said.append(_("originator control: %(agencies)s") % {"agencies": names})
    return said


def short_names(keys: frozenset[UUID]) -> str:
    """Agencies by their short names."""
    return ", ".join(Agency.objects.filter(pk__in=keys).values_list("short_name", flat=True))
