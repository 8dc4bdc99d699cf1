"""The banned word stands in nothing that the product says of comparisons."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from comparison.methods.words import BANNED
from tests.comparison.test_judgements import judge

ROOT = Path(settings.BASE_DIR)
BAN = re.compile(rf"\b(?:{'|'.join(BANNED)})\b", re.IGNORECASE)
TEMPLATES = sorted((ROOT / "templates" / "comparison").rglob("*.html"))
SPEAKING = [
    *(ROOT / "comparison").rglob("*.py"),
    *(ROOT / "reports" / "content").glob("*.py"),
    *(ROOT / "attribution" / "forms").glob("*.py"),
]
SAID = re.compile(r"""\bn?gettext(?:_lazy)?\(|(?<![\w.])_(?:now)?\(\s*((?:"[^"]*"\s*)+)""")


def told(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=told)
def test_no_template_of_comparison_holds_it(path):
    assert not BAN.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SPEAKING, ids=told)
def test_no_message_about_comparisons_holds_it(path):
    for said in SAID.findall(path.read_text(encoding="utf-8")):
        assert not BAN.search(said), said


def test_the_search_for_messages_finds_them():
    found = SAID.findall('x = _("a " \n "match")')
    assert BAN.search(found[0])


def test_no_rendered_page_holds_it(client, link, lena, mateo, noor):
    judge(link, lena)
    judge(link, mateo, "excluded")
    for examiner in (lena, noor):
        client.force_login(examiner)
        for page in (
            reverse("comparison:link_list"),
            reverse("comparison:link_list") + "?tab=disputed",
            reverse("comparison:link_detail", args=[link.pk]),
            reverse("comparison:series_judge"),
            reverse("workspace:home"),
        ):
            text = client.get(page).content.decode()
            shown = re.sub(r"<script.*?</script>|<[^>]+>", " ", text, flags=re.DOTALL)
            assert not BAN.search(shown), page
