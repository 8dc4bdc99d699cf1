"""Templates, styles and browser code, held to the house rules by reading them."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from config import vendor

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
MODULES = sorted((ROOT / "static" / "js").glob("*.js"))
LONGEST_TEMPLATE = 120
LONGEST_FILE = 300

INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style[\s>]", re.I),
    "an inline handler": re.compile(r"\son[a-z]+\s*=", re.I),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.I),
    "a script address": re.compile(r"javascript:", re.I),
    "an htmx handler": re.compile(r"\shx-on", re.I),
    "an htmx expression": re.compile(r"hx-vals\s*=\s*[\"']?js:|hx-trigger\s*=\s*\"[^\"]*\[", re.I),
}
UNESCAPED = re.compile(r"\|\s*safe\b|\bautoescape off\b|\bmark_safe\b")
ELSEWHERE = re.compile(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//", re.I)
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height))\s*:|text-align\s*:\s*(?:left|right)|float\s*:\s*(?:left|right)"
)


def told(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=told)
def test_a_template_holds_nothing_the_policy_refuses(path):
    text = path.read_text(encoding="utf-8")
    assert [what for what, sign in INLINE.items() if sign.search(text)] == []
    assert not ELSEWHERE.search(text), "nothing is fetched from elsewhere"


@pytest.mark.parametrize("path", TEMPLATES, ids=told)
def test_a_template_never_trusts_text(path):
    assert not UNESCAPED.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=told)
def test_a_template_can_be_read_in_one_go_and_compiles(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_TEMPLATE
    get_template(path.relative_to(ROOT / "templates").as_posix())


@pytest.mark.parametrize("path", TEMPLATES, ids=told)
def test_no_page_claims_a_match(path):
    """The word promises more than a comparison can hold (critique of AFTE wording)."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert not re.search(r"\bmatch(?:es|ed|ing)?\b", text, re.I)


def answered_partials() -> list[Path]:
    """The partials that views send to HTMX by themselves: those named in Python."""
    sources = [*ROOT.glob("*/views/**/*.py"), *ROOT.glob("*/views.py")]
    named = re.compile(r"[\"']([a-z_]+/_[a-z_]+\.html)[\"']")
    names = {name for path in sources for name in named.findall(path.read_text(encoding="utf-8"))}
    return [ROOT / "templates" / name for name in sorted(names)]


@pytest.mark.parametrize("path", answered_partials(), ids=told)
def test_an_answered_partial_has_one_root_with_an_id(path):
    """HTMX replaces a part by its id."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text(encoding="utf-8"), flags=re.S).strip()
    root = re.match(r"<(\w+)([^>]*)>", text)
    assert root, "a partial starts with its root element"
    assert " id=" in root[2], f"<{root[1]}> has no id"
    assert text.endswith(f"</{root[1]}>"), "everything stands inside the root element"


@pytest.mark.parametrize("path", STYLES, ids=told)
def test_styles_read_in_both_directions(path):
    """Only logical properties: the same sheet serves English and Arabic."""
    text = re.sub(
        r"/\*.*?\*/|@media[^{]*|@page[^}]*\}", "", path.read_text(encoding="utf-8"), flags=re.S
    )
    assert PHYSICAL.findall(text) == []


@pytest.mark.parametrize("path", [*STYLES, *MODULES], ids=told)
def test_styles_and_modules_stay_small_and_say_what_they_are_for(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("/*")
    assert len(lines) <= LONGEST_FILE


@pytest.mark.parametrize("path", MODULES, ids=told)
def test_a_module_builds_no_markup_from_text(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML\s*=|insertAdjacentHTML|\beval\(|new Function", text)


def test_browser_code_is_what_the_manifest_says():
    if not vendor.VENDOR.exists():
        pytest.skip("browser code is not installed: run python config/vendor.py")
    assert list(vendor.differences()) == []


def test_every_package_is_pinned_and_has_a_licence_on_record():
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    recorded = json.loads(vendor.MANIFEST.read_text(encoding="utf-8"))["packages"]
    assert {name: about["version"] for name, about in recorded.items()} == wanted
    assert all(about["licence"] for about in recorded.values())
    assert "resolved" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_every_icon_a_template_asks_for_is_in_the_sprite():
    asked = re.compile(r"\{% icon \"([a-z0-9-]+)\"")
    names = {name for path in TEMPLATES for name in asked.findall(path.read_text(encoding="utf-8"))}
    assert names - set(vendor.ICONS.split()) == set()
