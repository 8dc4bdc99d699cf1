"""Help from others: asked for in words they may read, decided in writing, and frozen then."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency
from core.errors import Refused, Stale
from core.markings import Handling
from core.scope import asking_as
from investigations import services
from investigations.models import (
    AssistanceNeed,
    AssistanceOffer,
    ContributionRequest,
    Notice,
    Role,
)
from investigations.services.label import mark_more_strictly
from ledger.models import Entry
from tests.conftest import person


def today():
    return timezone.now().date()


@pytest.fixture
def bureau(db):
    """The foreign bureau that has a laboratory for explosives."""
    return Agency.objects.create(name="Federal Bureau", short_name="FB", kind="partner")


@pytest.fixture
def frida(night_raid, soraya, bureau):
    """Of the bureau, and a contributor to the case."""
    user = person("frida", display_name="Frida Lund", agency=bureau)
    services.admit_member(night_raid, user, roles=[Role.PARTNER], by=soraya)
    return user


@pytest.fixture
def need(night_raid, amal):
    return services.enter_need(
        night_raid,
        by=amal,
        capability="explosives-lab",
        description="Residues on the engine point to a new mixture.",
        urgency="priority",
    )


@pytest.fixture
def asked(need, amal, bureau):
    return services.ask_to_contribute(
        need, by=amal, agency=bureau, words="Can you examine residues of explosives?"
    )


TERMS = {
    "capability": "explosives-lab",
    "description": "Six examinations within a month.",
    "data_handling": "Spectra are erased after the report.",
    "cost": "We bear our own.",
}


@pytest.fixture
def offer(need, amal, bureau):
    return services.enter_offer(need, by=amal, agency=bureau, offered_on=today(), **TERMS)


def decide(offer, by, decision="accepted", **more):
    told = {"decision": decision, "document_ref": "Letter 7/2026", "signed_on": today(), **more}
    return services.decide_offer(offer, by=by, **told)


def status_of(need):
    return AssistanceNeed.objects.get(pk=need.pk).standing


def test_a_need_goes_from_open_to_offered_agreed_and_fulfilled(need, amal, soraya, bureau):
    assert (need.ref, status_of(need)) == ("AN-0001", "open")
    offer = services.enter_offer(need, by=amal, agency=bureau, offered_on=today(), **TERMS)
    assert (offer.ref, status_of(need)) == ("OF-0001", "offered")
    decide(offer, soraya)
    assert status_of(need) == "matched"
    services.fulfil_need(need, by=amal, remark="The report came.")
    assert status_of(need) == "fulfilled"
    need = AssistanceNeed.objects.get(pk=need.pk)
    with pytest.raises(Refused, match="enter another one"):
        services.amend_need(need, by=amal, version=need.version, urgency="routine")


def test_when_all_that_was_offered_falls_the_need_is_open_again(offer, need, soraya):
    decide(offer, soraya, "declined", reason="Too late.")
    assert status_of(need) == "open"


def test_a_need_whose_day_has_passed_with_nothing_agreed_on_is_expired(need):
    yesterday = today() - timedelta(days=1)
    AssistanceNeed.objects.filter(pk=need.pk).update(needed_by=yesterday)
    assert status_of(need) == "expired"
    assert AssistanceNeed.objects.expired().get() == need


def test_an_offer_that_waits_is_decided_before_its_need_is_dropped(offer, need, amal, soraya):
    with pytest.raises(Refused, match="Decide the offers first"):
        services.decline_need(need, by=amal, reason="We can do it ourselves.")
    decide(offer, soraya, "declined", reason="We can do it ourselves.")
    with pytest.raises(Refused, match="Say why"):
        services.decline_need(need, by=amal, reason=" ")
    services.decline_need(need, by=amal, reason="We can do it ourselves.")
    assert status_of(need) == "declined"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"document_ref": " "}, "Name the document"),
        ({"signed_on": None}, "Name the document"),
        ({"decision": "conditional"}, "on which conditions"),
        ({"decision": "declined"}, "Say why"),
        ({"decision": "withdrawn"}, "Accept it"),
    ],
)
def test_a_decision_is_in_writing_and_says_what_it_must(offer, soraya, wrong, sentence):
    with pytest.raises(Refused, match=sentence):
        decide(offer, soraya, **wrong)


def test_nothing_is_signed_on_a_day_to_come(offer, soraya):
    with pytest.raises(Refused, match="has not come yet"):
        decide(offer, soraya, signed_on=today() + timedelta(days=2))


def test_only_the_lead_decides(offer, amal):
    with pytest.raises(PermissionDenied):
        decide(offer, amal)


def test_what_was_agreed_on_is_frozen_and_its_digest_stands_in_the_ledger(offer, amal, soraya):
    services.amend_offer(offer, by=amal, version=1, cost="You bear the flights.")
    agreed = decide(offer, soraya, "conditional", conditions="Our examiner is present.")
    line = Entry.objects.about(agreed).get(act="investigations.offer_decided")
    assert (line.facts["decision"], line.facts["document"]) == ("conditional", "Letter 7/2026")
    assert line.facts["terms"] == agreed.terms_sha256 != ""
    with pytest.raises(Refused, match="its terms stay as they were"):
        services.amend_offer(agreed, by=amal, version=agreed.version, cost="You bear all.")
    with pytest.raises(Refused, match="its terms stay as they were"):
        decide(agreed, soraya)


def test_a_stale_form_changes_no_terms(offer, amal):
    services.amend_offer(offer, by=amal, version=1, cost="Shared.")
    with pytest.raises(Stale):
        services.amend_offer(offer, by=amal, version=1, cost="Theirs.")


def test_an_agency_is_asked_once_and_not_ones_own(need, asked, amal, bureau, mission):
    with pytest.raises(Refused, match="asked already"):
        services.ask_to_contribute(need, by=amal, agency=bureau, words="Again?")
    with pytest.raises(Refused, match="your own agency"):
        services.ask_to_contribute(need, by=amal, agency=mission, words="Us?")


def test_its_people_see_what_they_are_asked_and_nothing_of_the_need(frida, asked, need):
    assert ContributionRequest.objects.visible_to(frida).get() == asked
    assert not AssistanceNeed.objects.visible_to(frida).exists()
    notice = Notice.objects.visible_to(frida).get(kind=Notice.Kind.CONTRIBUTION_ASKED)
    assert notice.door == reverse("investigations:contributionrequest_detail", args=[asked.pk])


def test_a_need_under_a_label_is_not_told_to_a_partner(need, soraya, amal, bureau, frida):
    soraya.compartments = amal.compartments = ["LANTERN"]
    soraya.save()
    amal.save()
    closed = Handling(compartments=frozenset({"LANTERN"}))
    mark_more_strictly(need, closed, by=soraya, reason="It names a source.")
    need.refresh_from_db()
    asked = services.ask_to_contribute(need, by=amal, agency=bureau, words="Can you help?")
    assert not asked.is_shown_to_agency
    assert not ContributionRequest.objects.visible_to(frida).exists()


def test_a_partner_answers_with_an_offer_that_both_agencies_read(asked, need, frida, amal, soraya):
    with asking_as(frida):
        offer = services.answer_request(asked, by=frida, offered_on=today(), **TERMS)
        assert AssistanceOffer.objects.visible_to(frida).get() == offer
        services.amend_offer(offer, by=frida, version=1, cost="Shared.")
    assert offer.agency == frida.agency
    assert offer.own_handling.originators == {frida.agency_id}
    assert AssistanceOffer.objects.visible_to(amal).get() == offer
    asked.refresh_from_db()
    assert (asked.answer, status_of(need)) == ("offered", "offered")
    assert Notice.objects.visible_to(soraya).filter(kind=Notice.Kind.OFFER_MADE).exists()
    decide(offer, soraya)
    assert Notice.objects.visible_to(frida).filter(kind=Notice.Kind.OFFER_DECIDED).exists()


def test_a_partner_may_decline_and_decides_nothing(asked, offer, frida):
    with pytest.raises(PermissionDenied):
        decide(offer, frida)
    with asking_as(frida):
        services.decline_to_contribute(asked, by=frida, reason="Our laboratory moves.")
    asked.refresh_from_db()
    assert (asked.answer, asked.answer_reason) == ("declined", "Our laboratory moves.")
    with pytest.raises(Refused, match="answered already"):
        services.answer_request(asked, by=frida, offered_on=today(), **TERMS)


def test_the_page_leads_from_need_to_agreement(client, night_raid, need, asked, soraya):
    client.force_login(soraya)
    page = client.get(reverse("investigations:assistance", args=[night_raid.pk])).content.decode()
    assert "AN-0001" in page and "RC-0001" in page
    typed = {**TERMS, "offered_on": str(today())}
    there = reverse("investigations:assistanceoffer_answer", args=[asked.pk])
    told = client.post(there, typed, follow=True).content.decode()
    assert "Six examinations within a month." in told and "Not decided" in told
    offer = AssistanceOffer.objects.get()
    decide_at = reverse("investigations:assistanceoffer_decide", args=[offer.pk])
    wrong = client.post(decide_at, {"decision": "conditional", "signed_on": str(today())})
    assert wrong.status_code == 422
    writing = {"decision": "accepted", "document_ref": "Letter 7", "signed_on": str(today())}
    told = client.post(decide_at, writing, follow=True).content.decode()
    assert "frozen when it was decided" in told and "Letter 7" in told


def test_an_unknown_agency_is_refused_and_what_was_typed_stays(client, need, amal):
    client.force_login(amal)
    there = reverse("investigations:contributionrequest_create", args=[need.pk])
    answer = client.post(there, {"agency": "Nobody", "words": "Kept words."})
    assert answer.status_code == 422
    assert "No agency has this short name" in answer.content.decode()
    assert "Kept words." in answer.content.decode()


def test_programs_ask_offer_and_decide(need, amal, soraya, bureau, as_program):
    program = as_program(amal)
    body = {"need": str(need.pk), "agency": "FB", "words": "Residues?"}
    asked = program.post("/api/v1/contributions/", body, format="json")
    assert asked.status_code == 201, asked.json()
    told = {**TERMS, "offered_on": str(today())}
    there = f"/api/v1/contributions/{asked.json()['id']}/offer/"
    assert program.post(there, told, format="json").json()["answer"] == "offered"
    offer = program.get("/api/v1/offers/").json()["results"][0]
    writing = {"decision": "accepted", "document_ref": "Letter 7", "signed_on": str(today())}
    address = f"/api/v1/offers/{offer['id']}/decide/"
    assert program.post(address, writing, format="json").status_code == 403
    agreed = as_program(soraya).post(address, writing, format="json").json()
    assert (agreed["decision"], len(agreed["terms_sha256"])) == ("accepted", 64)
