"""Dossiers of measures: the released text and who disagrees, marked on every page, on record."""

import hashlib
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from attribution import services as attribution
from core.errors import Refused
from investigations import services as investigations
from investigations.models import Role
from ledger.models import Entry
from reports import services
from tests.attribution.conftest import hand_in_and_approve
from tests.conftest import person


@pytest.fixture
def measure(finding, named, brigade, amal, soraya):
    """The designation of the brigade, announced, on a finding from which the lead dissents."""
    view = {"text": "The launcher was empty.", "likelihood": "unlikely"}
    attribution.record_dissent(finding, by=soraya, **view)
    attribution.name_actor(brigade, by=amal, text="طيور الغاق", transliteration="Tuyur al-Ghaq")
    named()
    finding.refresh_from_db()
    return attribution.record_measure(
        finding,
        by=amal,
        kind="sanctions-designation",
        authority="Council of the Union",
        target=brigade,
        first={
            "kind": "announced",
            "day": timezone.localdate(),
            "legal_ref": "Decision 2026/14",
            "url": "https://council.example/2026/14",
        },
    )


def pages(pdf):
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def text(pdf):
    return " ".join(" ".join(pages(pdf)).split())


def test_it_holds_target_version_evidence_dissent_and_steps(measure, finding, amal):
    wrong = attribution.take_step(measure, by=amal, kind="in-force")
    attribution.take_step(
        measure, by=amal, kind="adopted", corrects=wrong, words="Not yet in force."
    )
    told = text(services.print_dossier(measure, by=amal, language="en"))
    for words in (
        *("Cormorant Brigade", "Tuyur al-Ghaq", "Council of the Union", "Decision 2026/14"),
        *("F-01 v1", "Statement of the guard", "The launcher was empty.", "Soraya Haddad"),
        *("corrected by step 3", "Not yet in force.", "very likely"),
        "The Cormorant Brigade launched the drone that struck the residence.",
    ):
        assert words in told
    assert finding.submissions.get().sha256 in told.replace(" ", "")


def test_every_page_bears_the_marking_and_the_ledger_the_digest(measure, amal):
    pdf = services.print_dossier(measure, by=amal, language="en")
    line = Entry.objects.about(measure).get(act="reports.dossier_made")
    assert line.facts["sha256"] == hashlib.sha256(pdf).hexdigest()
    marking = line.facts["marking"]
    assert marking.startswith("TLP:") and all(marking in page for page in pages(pdf))


def test_an_arabic_dossier_is_set_in_arabic(measure, amal):
    reader = PdfReader(BytesIO(services.print_dossier(measure, by=amal, language="ar")))
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert "ME-0001" in " ".join(page.extract_text() for page in reader.pages)


def test_on_a_superseded_finding_it_says_so(measure, finding, amal, rami, dana, mira):
    successor = attribution.supersede_finding(finding, by=amal)
    hand_in_and_approve(successor, author=amal, reviewer=rami)
    asked = attribution.release_finding(successor, by=dana, audience="partners", tlp="amber")
    attribution.confirm_release(asked, by=mira)
    told = text(services.print_dossier(measure, by=amal, language="en"))
    assert "It rests on a finding that was superseded" in told


def test_none_leaves_on_what_was_withdrawn(client, measure, finding, amal, dana):
    attribution.withdraw_finding(finding, by=dana, reason="The witness retracted.")
    with pytest.raises(Refused, match="was withdrawn"):
        services.print_dossier(measure, by=amal, language="en")
    client.force_login(amal)
    answer = client.post(reverse("reports:dossier", args=[measure.pk]), {"language": "en"})
    assert answer.status_code == 422 and b"was withdrawn" in answer.content
    assert not Entry.objects.filter(act="reports.dossier_made").exists()


def test_only_whoever_makes_reports_makes_one(measure, night_raid, soraya):
    keeper = person("karim", display_name="Karim Saleh")
    investigations.admit_member(night_raid, keeper, roles=[Role.CUSTODIAN], by=soraya)
    with pytest.raises(PermissionDenied):
        services.print_dossier(measure, by=keeper, language="en")


def test_pages_and_programs_fetch_it(client, measure, amal, as_program):
    client.force_login(amal)
    there = reverse("reports:dossier", args=[measure.pk])
    page = client.get(reverse("attribution:measure_detail", args=[measure.pk]))
    assert there in page.content.decode()
    sent = client.post(there, {"language": "ar"})
    assert sent.headers["Content-Type"] == "application/pdf"
    assert "ME-0001.pdf" in sent.headers["Content-Disposition"]
    asked = as_program(amal).post(
        f"/api/v1/measures/{measure.pk}/dossier/", {"language": "en"}, format="json"
    )
    assert asked.content.startswith(b"%PDF")
