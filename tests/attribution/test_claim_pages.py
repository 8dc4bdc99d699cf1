"""Statements and claims on their pages: by pseudonym, side by side, one origin counted once."""

import re

import pytest
from django.urls import reverse

from attribution import services
from attribution.models import Claim, Statement
from investigations import services as investigations
from tests.attribution.conftest import SAID, said

CIRCULAR = "Circular reporting"


def at(name, *args):
    return reverse(f"attribution:{name}", args=args)


@pytest.fixture
def as_(client):
    """A browser in which this person has signed in."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def later(night_raid, strike, claim, amal) -> Claim:
    """The ministry says, against the guard, that it was at 03:10."""
    return said(night_raid, amal, incident=strike, citation="Press release", made_by="The ministry",
                fact="time", value="03:10", text="It came at ten past three.",
                interested_party=True)  # fmt: skip


@pytest.fixture
def repeated(night_raid, strike, later, amal) -> Claim:
    """A newspaper that took it over from the ministry."""
    return said(night_raid, amal, incident=strike, citation="Daily", fact="time", value="03:10",
                text="The attack was at 03:10.", rests_on=[later])  # fmt: skip


def words(answer) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_statement_is_taken_from_a_source_and_read_beside_its_translation(as_, guard, amal):
    typed = {**SAID, "speaks_as": "witness", "taken_precision": "minute", "original": "طائرة",
             "translation": "A drone.", "translated_by": "Amal"}  # fmt: skip
    answer = as_(amal).post(at("statement_create", guard.pk), typed, follow=True)
    page = words(answer)
    assert answer.status_code == 200
    assert "Statement of W-01" in page
    assert "طائرة" in page and "A drone." in page
    listed = words(as_(amal).get(reverse("investigations:source_detail", args=[guard.pk])))
    assert "ST-01" in listed and "0 claims" in listed


def test_what_a_detainee_says_is_not_taken_without_a_note_on_coercion(as_, night_raid, amal):
    held = investigations.enter_source(night_raid, by=amal, kind="detainee")
    typed = {**SAID, "speaks_as": "detainee", "taken_precision": "minute"}
    answer = as_(amal).post(at("statement_create", held.pk), typed)
    assert answer.status_code == 422
    assert "kept with a note on the risk of coercion" in words(answer)
    assert SAID["original"] in words(answer)
    typed["coercion_note"] = "Held by the militia, which was in the room."
    shown = words(as_(amal).post(at("statement_create", held.pk), typed, follow=True))
    assert "Held by the militia" in shown


def test_only_what_the_source_consented_to_can_be_ticked(as_, statement, guard, amal):
    page = as_(amal).get(at("statement_edit", statement.pk)).content.decode()
    assert 'value="court"' not in page
    investigations.amend_source(
        guard, by=amal, version=guard.version, informed_consent=True, consent_scopes=["court"]
    )
    page = as_(amal).get(at("statement_edit", statement.pk)).content.decode()
    assert 'value="court"' in page and 'value="public"' not in page


def test_a_claim_is_begun_from_a_statement_and_entered(as_, night_raid, statement, strike, amal):
    there = f"{at('claim_create', night_raid.pk)}?statement={statement.pk}&incident={strike.pk}"
    form = as_(amal).get(there)
    assert form.context["form"]["statement"].value() == statement.pk
    typed = {**graded(), "statement": statement.pk, "incident": strike.pk, "text": "It came late."}
    answer = as_(amal).post(there, typed, follow=True)
    assert "It came late." in words(answer) and "W-01" in words(answer)


def graded(**more) -> dict:
    """What a form on a claim is sent with, but for what it says."""
    return {"stance": "asserts", "fact": "time", "reliability": "F", "credibility": "6",
            "authenticity": "unverified", "made_precision": "minute", **more}  # fmt: skip


def test_a_grade_without_reasons_is_refused_and_nothing_typed_is_lost(
    as_, night_raid, strike, amal
):
    typed = graded(incident=strike.pk, citation="Radio", text="So it was.", reliability="B")
    answer = as_(amal).post(at("claim_create", night_raid.pk), typed)
    assert answer.status_code == 422
    assert "Say why it is graded so" in words(answer)
    assert "So it was." in words(answer)


def test_what_a_claim_was_taken_over_from_is_named_by_number(as_, night_raid, claim, strike, amal):
    typed = graded(incident=strike.pk, citation="Radio", text="So it was.", rests_on="cl-0001")
    assert as_(amal).post(at("claim_create", night_raid.pk), typed).status_code == 302
    assert list(Claim.objects.get(ref="CL-0002").rests_on.all()) == [claim]
    answer = as_(amal).post(at("claim_create", night_raid.pk), {**typed, "rests_on": "CL-0099"})
    assert "No claim of this case has the number CL-0099" in words(answer)


def test_an_edited_claim_keeps_all_that_it_names(as_, repeated, later, amal):
    form = as_(amal).get(at("claim_edit", repeated.pk)).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in sent.items() if value not in (None, False)}
    typed["channel"] = "Print"
    assert as_(amal).post(at("claim_edit", repeated.pk), typed).status_code == 302
    repeated.refresh_from_db()
    assert (repeated.channel, repeated.version) == ("Print", 2)
    assert list(repeated.rests_on.all()) == [later]


def test_a_stale_form_shows_both_texts(as_, claim, statement, amal):
    services.amend_claim(claim, by=amal, version=1, channel="By telephone")
    typed = graded(version=1, text="Other words.", statement=statement.pk,
                   incident=claim.incident_id)  # fmt: skip
    answer = as_(amal).post(at("claim_edit", claim.pk), typed)
    assert answer.status_code == 409
    assert "By telephone" in words(answer) and "Other words." in words(answer)


def test_conflicting_claims_stand_side_by_side_and_one_origin_counts_once(
    as_, repeated, strike, amal
):
    answer = as_(amal).get(at("incident_claims", strike.pk))
    (account,) = answer.context["accounts"]
    assert account.is_contested
    assert (account.number, account.origins) == (3, 2)
    assert {side.says: (len(side.claims), side.origins) for side in account.sides} == {
        "02:40": (1, 1),
        "03:10": (2, 1),
    }
    assert "they conflict" in words(answer) and "interested party" in words(answer)


def test_a_denial_stands_against_what_it_denies(as_, claim, night_raid, strike, amal):
    denial = said(night_raid, amal, incident=strike, citation="Radio", stance="denies",
                  answers=claim, fact="time")  # fmt: skip
    page = as_(amal).get(at("claim_detail", claim.pk))
    assert page.context["against"] == page.context["answered_by"] == [denial]


def test_what_was_retracted_conflicts_with_nothing_and_counts_for_nothing(
    as_, later, claim, statement, night_raid, strike, amal
):
    said(night_raid, amal, statement=statement, incident=strike, stance="retracts", answers=claim,
         fact="time")  # fmt: skip
    answer = as_(amal).get(at("incident_claims", strike.pk))
    (account,) = answer.context["accounts"]
    assert not account.is_contested
    assert account.origins == 1
    assert "retracted" in words(answer)


def test_repeating_is_no_confirmation(as_, repeated, later, amal):
    assert CIRCULAR in words(as_(amal).get(at("claim_detail", later.pk)))
    services.amend_claim(later, by=amal, version=1, credibility="1")
    assert "yet no claim of another origin says the same" in words(
        as_(amal).get(at("claim_detail", later.pk))
    )


def test_a_claim_that_stands_alone_is_not_called_circular(as_, claim, later, amal):
    assert CIRCULAR not in words(as_(amal).get(at("claim_detail", claim.pk)))


def test_each_fact_on_the_page_of_an_attack_leads_to_its_claims(
    as_, later, night_raid, strike, amal
):
    said(night_raid, amal, incident=strike, citation="Radio", fact="missing", value="2")
    page = as_(amal).get(reverse("investigations:incident_detail", args=[strike.pk]))
    assert f"{at('incident_claims', strike.pk)}#fact-time" in page.content.decode()
    assert f"{at('incident_claims', strike.pk)}#fact-missing" in page.content.decode()
    assert "2 claims that differ" in words(page)


@pytest.mark.parametrize(
    ("asked", "refs"),
    [
        ("", {"CL-0001", "CL-0002"}),
        ("?stance=denies", set()),
        ("?fact=time&credibility=2", {"CL-0001", "CL-0002"}),
        ("?fact=place", set()),
        ("?aside=yes", set()),
        ("?incident=nonsense&stance=nonsense", {"CL-0001", "CL-0002"}),
    ],
)
def test_the_claims_of_a_case_are_narrowed(as_, later, night_raid, amal, asked, refs):
    page = words(as_(amal).get(at("claim_list", night_raid.pk) + asked))
    assert set(re.findall(r"CL-\d{4}", page)) == refs


def test_what_was_set_aside_leaves_every_account(as_, later, strike, night_raid, amal):
    there = at("claim_set_aside", later.pk)
    assert as_(amal).post(there, {"reason": " "}).status_code == 422
    assert as_(amal).post(there, {"reason": "Another night."}).status_code == 302
    (account,) = as_(amal).get(at("incident_claims", strike.pk)).context["accounts"]
    assert account.number == 1
    assert "Another night." in words(as_(amal).get(at("claim_detail", later.pk)))
    assert "CL-0002" in words(as_(amal).get(at("claim_list", night_raid.pk) + "?aside=yes"))


@pytest.mark.parametrize("name", ["claim_list", "incident_claims"])
def test_many_claims_cost_as_many_questions_as_few(
    as_, name, repeated, statement, night_raid, strike, amal, django_assert_max_num_queries
):
    there = at(name, night_raid.pk if name == "claim_list" else strike.pk)
    browser = as_(amal)
    browser.get(there)
    with django_assert_max_num_queries(12) as few:
        browser.get(there)
    for number in range(8):
        said(night_raid, amal, statement=statement, incident=strike, fact="time",
             value=f"02:4{number}", rests_on=[repeated])  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        browser.get(there)


def test_outsiders_are_told_there_is_no_such_page(as_, claim, statement, strike, omar):
    for name, row in [
        ("claim_list", claim.case),
        ("claim_detail", claim),
        ("statement_detail", statement),
        ("incident_claims", strike),
    ]:
        assert as_(omar).get(at(name, row.pk)).status_code == 404, name
    assert Statement.objects.count() == 1
