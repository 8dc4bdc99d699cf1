"""Shows long texts that people typed: a little Markdown, never HTML of theirs.

What is stored, hashed and exported stays the text as it was typed. This is the one place in the
program that calls text safe (`config/rules.py` holds it to that), and two things stand before it:
a parser that knows no raw HTML, and a cleaner that lets only the elements below through.
"""

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

HINT = _("Markdown works: **bold**, *slanted*, - lists, > quotations, [links](https://…).")
LONGEST = 20_000  # characters; a longer text is shown as typed, for parsing costs time
BLOCKS = ("p", "li", "blockquote")
ELEMENTS = {*BLOCKS, "ul", "ol", "a", "strong", "em", "s", "code", "pre", "br", "hr"}
SCHEMES = ("http://", "https://", "mailto:")
PARSER = (
    MarkdownIt("commonmark", {"html": False, "breaks": True})
    .enable("strikethrough")
    .disable(["image", "heading", "lheading", "html_block", "html_inline"])
)


def rendered(text: str) -> SafeString:
    """The text as HTML: paragraphs, emphasis, lists, quotations, code and plain links."""
    if len(text) > LONGEST:
        return SafeString(linebreaks(text, autoescape=True))  # nosec B703
    clean = nh3.clean(
        PARSER.render(text),
        tags=ELEMENTS,
        attributes={"a": {"href"}, "ol": {"start"}},
        attribute_filter=harmless,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={block: {"dir": "auto"} for block in BLOCKS},
    )
    return mark_safe(clean)  # noqa: S308  # nosec B308 B703


def harmless(_element: str, attribute: str, value: str) -> str | None:
    """Keep a link only with an address that says whole where it leads."""
    if attribute == "href" and not value.lower().startswith(SCHEMES):
        return None
    return value
