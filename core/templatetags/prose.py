"""Long texts that people typed, as pages show them."""

from django import template
from django.utils.safestring import SafeString

from core.markdown import rendered

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """The text with its Markdown shown, and nothing else of it believed."""
    return rendered(text)
