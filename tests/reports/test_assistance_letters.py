"""Letters between agencies: one asks in words written for it, one accepts the frozen terms."""

import hashlib
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Agency
from core.errors import Refused
from investigations import services as investigations
from ledger.models import Entry
from reports import services
from tests.reports.test_correspondence import text


@pytest.fixture
def asked(night_raid, amal):
    bureau = Agency.objects.create(name="Federal Bureau", short_name="FB", kind="partner")
    need = investigations.enter_need(
        night_raid, by=amal, capability="explosives-lab", description="Our own suspicion"
    )
    return investigations.ask_to_contribute(
        need,
        by=amal,
        agency=bureau,
        words="Can you examine residues?",
        legal_basis="Treaty of 1999",
        due=date(2199, 1, 31),
    )


@pytest.fixture
def offer(asked, amal):
    return investigations.answer_request(
        asked,
        by=amal,
        description="Six examinations.",
        offered_on=date(2026, 1, 2),
        data_handling="Spectra are erased.",
    )


def accept(offer, by, **more):
    told = {"decision": "accepted", "document_ref": "L 7", "signed_on": date(2026, 1, 3), **more}
    return investigations.decide_offer(offer, by=by, **told)


def test_the_request_says_what_is_asked_and_nothing_of_the_need(asked, amal):
    pdf = services.print_assistance_letter(asked, by=amal, language="en")
    told = text(pdf)
    for word in ("Federal Bureau", "RC-0001", "Can you examine residues?", "Treaty of 1999"):
        assert word in told
    assert "2199-01-31" in told and "Our own suspicion" not in told
    line = Entry.objects.about(asked).get(act="reports.letter_made")
    assert line.facts["sha256"] == hashlib.sha256(pdf).hexdigest()


def test_the_acceptance_holds_the_terms_their_digest_and_the_conditions(offer, soraya, amal):
    with pytest.raises(Refused, match="decide on it first"):
        services.print_acceptance_letter(offer, by=soraya, language="en")
    agreed = accept(offer, soraya, decision="conditional", conditions="Our examiner is present.")
    with pytest.raises(PermissionDenied):
        services.print_acceptance_letter(agreed, by=amal, language="en")
    told = text(services.print_acceptance_letter(agreed, by=soraya, language="en"))
    for word in ("Six examinations.", "Spectra are erased.", "Our examiner is present.", "L 7"):
        assert word in told
    assert agreed.terms_sha256 in told.replace(" ", "")
    assert "on the conditions named below" in told


def test_it_is_written_in_arabic_too(offer, soraya, client):
    agreed = accept(offer, soraya)
    client.force_login(soraya)
    answer = client.post(reverse("reports:acceptance_letter", args=[agreed.pk]), {"language": "ar"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "OF-0001.pdf" in answer.headers["Content-Disposition"]
