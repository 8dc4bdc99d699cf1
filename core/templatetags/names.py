"""Names of things and people: identifiers, hashes, markings, grades, initials."""

from typing import Any

from django import template
from django.apps import apps
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.markings import Tlp

register = template.Library()

RELIABILITY = {
    "A": _("reliable"),
    "B": _("usually reliable"),
    "C": _("fairly reliable"),
    "D": _("not usually reliable"),
    "E": _("unreliable"),
    "F": _("reliability cannot be judged"),
}
"""The Admiralty grades of a source."""

CREDIBILITY = {
    "1": _("confirmed by other sources"),
    "2": _("probably true"),
    "3": _("possibly true"),
    "4": _("doubtful"),
    "5": _("improbable"),
    "6": _("truth cannot be judged"),
}
"""The Admiralty grades of what a source says."""


@register.simple_tag
def identifier(text: Any, url: str = "") -> SafeString:
    """A reference, serial or coordinate: monospaced, left to right in every language."""
    if text in (None, ""):
        return format_html('<span class="muted">{}</span>', "\N{EN DASH}")
    name = format_html('<bdi dir="ltr" class="identifier">{}</bdi>', text)
    return format_html('<a href="{}">{}</a>', url, name) if url else name


@register.inclusion_tag("_parts/hash_chip.html")
def hash_chip(digest: str, name: str = "SHA-256") -> dict[str, str]:
    """A digest, shortened in the middle, with the whole of it to copy."""
    short = f"{digest[:10]}…{digest[-6:]}" if len(digest) > 20 else digest
    return {"digest": digest, "short": short, "name": name}


@register.simple_tag
def marking_badge(marking: str) -> SafeString:
    """A Traffic Light Protocol label; the words carry it, the dot only helps the eye."""
    if not marking:
        return SafeString("")
    code = str(marking).lower().removeprefix("tlp:")
    words = dict(Tlp.choices).get(code, marking)
    return format_html(
        '<span class="marking marking-{}" dir="ltr">{}</span>',
        code.partition("+")[0],
        words,
    )


@register.simple_tag
def grade_badge(reliability: str, credibility: str | int) -> SafeString:
    """Source reliability (A-F) and information credibility (1-6): two facts, never one."""
    source, said = str(reliability).upper(), str(credibility)
    words = gettext("Source %(source)s; information %(said)s") % {
        "source": RELIABILITY.get(source, source),
        "said": CREDIBILITY.get(said, said),
    }
    return format_html(
        '<span class="grade" dir="ltr"><span aria-hidden="true">{}</span>'
        '<span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></span>',
        source,
        said,
        words,
    )


@register.filter
def initials(person: Any) -> str:
    """Up to two letters standing for a person."""
    words = [word for word in str(person).replace(".", " ").split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def is_kept(kind: str) -> bool:
    """Whether it is kept what records of a kind said before they were amended."""
    return bool(getattr(apps.get_model(kind), "kept", False))
