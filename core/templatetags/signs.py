"""Signs: icons, and the glyph, word and tint by which a state is told."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

register = template.Library()

TURNS_WITH_THE_SCRIPT = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "undo-2",
        "log-in",
        "log-out",
    }
    | {"send", "list-tree", "list", "list-todo"}
)

STATES = """
ok circle-check: done ready verified confirmed released approved accepted present yes stored
ok circle-check: back present-legible complete concluded cleared signed finding-released
ok circle-check: corroborated reviewed in-force carried-out upheld fulfilled matched conditional
ok equal: same agrees
ok circle-check: replied answered paired taken
info loader: begun acknowledged
plain clock: requested offered reminded partial
plain circle-slash: no-reply not-traceable no-answer lifted expired not-adopted not-so
plain clock: announced adopted
warn triangle-alert: contested
info loader: processing running hashing uploading in-examination under-way queued in-transit
info loader: analysing typesetting loading
info circle-dot: out loaned transferred-abroad examination analysis sent similar near examined
accent circle-dot: open active review in-review under-review proposed collected scene reopened
accent circle-dot: authorised submitted attribution-review selected ours-approved agreed
warn triangle-alert: unreadable disputed returned overdue stale suspended suspected gap withheld
warn triangle-alert: present-partial illegible-damage awaiting-assistance unsure claimed duplicate
warn triangle-alert: expired
warn equal-not: different differs differ disagree
bad octagon-alert: failed broken tampered altered error
plain clock: asked waiting pending reported intake unreviewed unreviewed-import
plain circle-slash: rejected refused declined withdrawn refuted hoax never-present excluded
plain circle-x: removed-ground removed-chemical removed-sticker overpainted re-marked falsified lost
plain circle-x: destroyed revoked removed recalled
plain circle-dashed: draft unidentified probable not-examined unknown not-recorded inconclusive
plain archive: closed superseded archived returned-to-owner
plain lock: sealed
"""
"""Tone and icon, then the states that speak with them; an unknown state stays neutral."""

SPEECH = {
    state: tuple(look.split())
    for look, _colon, states in (line.partition(":") for line in STATES.strip().splitlines())
    for state in states.split()
}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A decorative icon of the sprite; the words stand beside it. There are hundreds on a page."""
    turns = " icon-turns" if name in TURNS_WITH_THE_SCRIPT else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        turns,
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def state_pill(state: str, label: str = "") -> SafeString:
    """A state as glyph, word and tint; `label` is the translated word, as get_x_display gives."""
    code = str(state).lower().replace("_", "-").replace(" ", "-")
    tone, sign = SPEECH.get(code, ("plain", "circle"))
    words = capfirst(str(label or state).replace("_", " "))
    return format_html('<span class="pill tone-{}">{}{}</span>', tone, icon(sign), words)


@register.simple_tag
def pill(words: str, tone: str = "plain", sign: str = "") -> SafeString:
    """Any short word as a pill, for facts that are no state."""
    return format_html(
        '<span class="pill tone-{}">{}{}</span>',
        tone,
        icon(sign) if sign else "",
        words,
    )


NOTICES = {
    "success": ("ok", "circle-check"),
    "ok": ("ok", "circle-check"),
    "warning": ("warn", "triangle-alert"),
    "warn": ("warn", "triangle-alert"),
    "error": ("bad", "octagon-alert"),
    "bad": ("bad", "octagon-alert"),
}


@register.filter
def notice_tone(level: str) -> str:
    """The tint of a message of Django's levels, or of a tone by its own name."""
    return NOTICES.get(level, ("info", ""))[0]


@register.filter
def notice_icon(level: str) -> SafeString:
    """The glyph beside a message."""
    return icon(NOTICES.get(level, ("", "info"))[1])
