"""The matrix of actors by dimensions, in words and sources; and each assertion on its page."""

import re

import pytest
from django.urls import reverse

from accounts.models import Agency
from attribution import services
from attribution.models import Assertion
from comparison.models import Link
from investigations import services as investigations
from investigations.models import Role
from tests.attribution.test_assertions import HELD, hold
from tests.comparison.conftest import component_of, gyros, link, reference
from tests.conftest import person

__all__ = ["component_of", "gyros", "link", "reference"]
BANNER = "No attribution until concluded"


def at(name, *args):
    return reverse(f"attribution:{name}", args=args)


def words(answer) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def assertion(night_raid, brigade, claim, amal):
    """That the brigade was there, which one claim says."""
    return hold(night_raid, amal, brigade, [claim])


@pytest.fixture
def against(night_raid, brigade, claim, amal):
    """That it was elsewhere, which speaks against its presence."""
    return hold(
        night_raid, amal, brigade, [claim], dimension="counter-indicator", counters="presence",
        statement="Its camp lay under snow.", value="unlikely",
    )  # fmt: skip


@pytest.fixture
def confirmed(link):
    """The two gyroscopes, as the examiners confirmed them."""
    Link.objects.filter(pk=link.pk).update(state="confirmed")
    link.refresh_from_db()
    return link


def test_a_cell_holds_words_grade_and_source_and_beside_them_what_speaks_against_it(
    client, night_raid, assertion, against, amal
):
    client.force_login(amal)
    page = client.get(at("actor_matrix", night_raid.pk))
    told = words(page)
    assert BANNER in told
    where = [
        told.index(part) for part in (HELD["statement"], "CL-0001", "Its camp lay under snow.")
    ]
    assert where == sorted(where)
    row = re.search(r"<tr>(?:(?!</tr>).)*Presence.*?</tr>", page.content.decode(), re.DOTALL)
    assert "Speaks against it" in words_of(row.group())


def words_of(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup))


def test_an_empty_cell_says_that_nothing_was_asserted(client, night_raid, brigade, amal):
    client.force_login(amal)
    told = words(client.get(at("actor_matrix", night_raid.pk)))
    assert told.count("Nothing is asserted.") == 12


def test_no_figure_no_total_and_no_order_of_guilt(client, night_raid, brigade, claim, amal):
    ahead = services.enter_actor(night_raid, by=amal, name="Avocet Cell", kind="cell")
    for value in ("demonstrated", "likely", "likely"):
        hold(night_raid, amal, brigade, [claim], value=value)
    client.force_login(amal)
    page = client.get(at("actor_matrix", night_raid.pk)).content.decode()
    table = re.search(r"<table.*?</table>", page, re.DOTALL).group()
    assert table.index(ahead.name) < table.index(brigade.name), "by name, whatever is held"
    graded = re.sub(r'<span class="grade".*?</span></span>', "", table)
    dated = r"\d{1,2} \w+ \d{4}|CL-\d+|AA-\d+|W-\d+"
    assert not re.search(r"\d", re.sub(dated, "", words_of(graded)))


def test_what_is_withdrawn_leaves_the_matrix_and_stays_on_its_page(
    client, night_raid, assertion, amal
):
    client.force_login(amal)
    there = at("assertion_withdraw", assertion.pk)
    assert client.post(there, {"reason": ""}).status_code == 422
    told = words(client.post(there, {"reason": "He was elsewhere."}, follow=True))
    assert "Withdrawn, and in no matrix any more: He was elsewhere." in told
    assert HELD["statement"] not in words(client.get(at("actor_matrix", night_raid.pk)))


def test_an_assertion_is_entered_where_the_matrix_lacks_one(
    client, night_raid, brigade, claim, gyro, amal
):
    client.force_login(amal)
    there = at("assertion_create", night_raid.pk)
    begun = client.get(there, {"actor": brigade.pk, "dimension": "motive"}).content.decode()
    assert '<option value="motive" selected>' in begun
    typed = {
        "actor": brigade.pk, "dimension": "motive", "statement": "They said so.",
        "value": "possible", "reliability": "F", "credibility": "6", "claims": claim.ref,
        "exhibits": gyro.exhibit_no,
    }  # fmt: skip
    page = client.post(there, typed, follow=True)
    assert "They said so." in words(page)
    held = Assertion.objects.get()
    assert {row.cited.pk for row in held.evidence.visible_to(amal)} == {claim.pk, gyro.pk}


def test_without_evidence_the_form_comes_back_with_all_that_was_typed(
    client, night_raid, brigade, amal
):
    client.force_login(amal)
    typed = {
        "actor": brigade.pk, "dimension": "motive", "statement": "Kept words.",
        "value": "possible", "reliability": "F", "credibility": "6",
    }  # fmt: skip
    answer = client.post(at("assertion_create", night_raid.pk), typed)
    assert answer.status_code == 422
    assert "Cite at least one claim" in words(answer)
    assert "Kept words." in words(answer)


def test_editing_keeps_what_is_cited(client, assertion, claim, amal):
    client.force_login(amal)
    there = at("assertion_edit", assertion.pk)
    shown = client.get(there).context["form"]
    assert shown.initial["claims"] == "CL-0001"
    typed = {name: shown[name].value() for name in shown.fields if shown[name].value()}
    client.post(there, {**typed, "value": "likely"})
    assertion.refresh_from_db()
    assert assertion.value == "likely"
    assert assertion.evidence.visible_to(amal).get().claim == claim


def test_the_page_of_an_actor_tells_what_is_asserted_by_dimension(
    client, brigade, assertion, against, amal
):
    client.force_login(amal)
    told = words(client.get(at("actor_detail", brigade.pk)))
    assert BANNER in told
    assert told.index("Presence") < told.index(HELD["statement"])
    assert told.index("Counter-indicator") < told.index("Its camp lay under snow.")


def test_what_changed_since_it_was_cited_is_shown_beside_it(client, assertion, claim, amal):
    services.amend_claim(claim, by=amal, version=1, text="It came at dawn.")
    client.force_login(amal)
    told = words(client.get(at("assertion_detail", assertion.pk)))
    assert "changed since it was cited" in told
    assert "So it was." in told


def test_confirmed_comparisons_are_told_as_technical_facts(
    client, night_raid, brigade, confirmed, amal
):
    client.force_login(amal)
    told = words(client.get(at("actor_matrix", night_raid.pk)))
    assert "Components of this model were found in 2 incidents of 2 theatres." in told
    assert "Aerotek V10-A" in told
    panel = told[told.index("Signature components") :]
    assert "Cormorant" not in panel


def test_what_nobody_confirmed_ties_nothing(client, night_raid, brigade, link, amal):
    client.force_login(amal)
    told = words(client.get(at("actor_matrix", night_raid.pk)))
    assert "No comparison that two examiners confirmed" in told


def test_an_actors_page_shows_only_signatures_that_are_cited_of_it(
    client, night_raid, brigade, confirmed, amal
):
    client.force_login(amal)
    there = at("actor_detail", brigade.pk)
    assert "Aerotek V10-A" not in words(client.get(there))
    hold(night_raid, amal, brigade, [confirmed], dimension="weapon-access")
    assert "were found in 2 incidents" in words(client.get(there))


def test_a_comparison_that_fell_is_marked_where_it_is_cited(
    client, night_raid, brigade, confirmed, amal
):
    hold(night_raid, amal, brigade, [confirmed], dimension="weapon-access")
    Link.objects.filter(pk=confirmed.pk).update(state="disputed")
    client.force_login(amal)
    assert "no longer confirmed" in words(client.get(at("actor_matrix", night_raid.pk)))


def test_a_partner_finds_no_name_and_no_assertion(client, night_raid, assertion, soraya):
    coast = Agency.objects.create(name="Coast Guard", short_name="CG")
    guest = person("guest", display_name="A Guest", agency=coast)
    investigations.admit_member(night_raid, guest, roles=[Role.PARTNER], by=soraya)
    client.force_login(guest)
    told = words(client.get(at("actor_matrix", night_raid.pk)))
    assert "Cormorant" not in told
    assert HELD["statement"] not in told
    assert client.get(at("assertion_detail", assertion.pk)).status_code == 404


def test_a_released_technical_finding_leaves_the_banner_over_the_actors(
    client, night_raid, brigade, released, amal
):
    client.force_login(amal)
    assert BANNER in words(client.get(at("actor_matrix", night_raid.pk)))


def test_the_matrix_asks_a_fixed_number_of_questions(
    client, night_raid, brigade, claim, amal, django_assert_max_num_queries
):
    for _number in range(12):
        hold(night_raid, amal, brigade, [claim])
    client.force_login(amal)
    with django_assert_max_num_queries(30):
        client.get(at("actor_matrix", night_raid.pk))
