"""How ratings are chosen from and told in the matrix."""

from functools import lru_cache

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from attribution.models.matrix_words import Rating

register = template.Library()


@register.simple_tag
def rating_options(chosen: str) -> SafeString:
    """The choices of one cell; there are hundreds on a page, so each list is made once."""
    return options_in(get_language() or "", chosen)


@lru_cache(maxsize=64)
def options_in(_language: str, chosen: str) -> SafeString:
    """The same in one language."""
    choices = [("", "–", ""), *((code, code, label) for code, label in Rating.choices)]
    return format_html_join(
        "",
        '<option value="{}" title="{}"{}>{}</option>',
        (
            (code, label, SafeString(" selected") if code == chosen else "", short)
            for code, short, label in choices
        ),
    )


@register.simple_tag
def rating_words() -> list[tuple[str, str]]:
    """Every rating and what it means, for the legend."""
    return [(code, str(label)) for code, label in Rating.choices]
