"""Copies and their originals, time and place as claimed and as established."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import Refused
from evidence import services
from evidence.models import Establishment, File
from evidence.services import Step
from ledger.models import Entry
from tests.evidence.photographs import photograph

STEP = Step(tool="ffmpeg", tool_version="7.1", reason="To be played in court", parameters="-c copy")
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
TIME = {"what": "time", "earliest": NOON, "method": "shadow-analysis", "rationale": "The mast"}
PLACE = {
    "what": "place",
    "latitude": Decimal("33.308194"),
    "longitude": Decimal("44.398000"),
    "uncertainty_m": 15,
    "method": "landmarks",
    "rationale": "Minaret and bridge in line",
}


def copied(photo, by, content=b"a copy", **more) -> File:
    return services.receive_copy(
        photo, STEP, by=by, chunks=[content], **{"name": "copy.mp4", "copy_type": "working"} | more
    )


def test_a_copy_is_put_onto_its_original_with_what_was_done_to_make_it(amal, photo):
    copy = copied(photo, amal)
    step = copy.transformations.get()
    assert (copy.derived_from, copy.item, copy.copy_type) == (photo, photo.item, "working")
    assert (step.tool, step.tool_version, step.parameters) == ("ffmpeg", "7.1", "-c copy")
    line = Entry.objects.about(copy).get(act="evidence.copy_received")
    assert line.facts["of"] == str(photo.pk)
    photo.refresh_from_db()
    assert photo.is_original


def test_a_copy_of_a_copy_leads_back_to_the_original(amal, photo):
    again = copied(copied(photo, amal), amal, b"smaller")
    assert again.derived_from.derived_from == photo


def test_an_original_is_never_made_and_never_becomes_a_copy(amal, photo):
    with pytest.raises(Refused, match="only received"):
        copied(photo, amal, copy_type="original")
    with pytest.raises(IntegrityError), transaction.atomic():
        File.objects.filter(pk=photo.pk).update(copy_type="working")


@pytest.mark.parametrize("lacking", ["tool", "tool_version", "reason"])
def test_a_copy_without_its_log_is_refused(amal, photo, lacking):
    step = Step(**{"tool": "dd", "tool_version": "9", "reason": "To work on", lacking: " "})
    with pytest.raises(Refused, match="tool, its version"):
        services.receive_copy(photo, step, by=amal, chunks=[b"copy"], name="c", copy_type="working")


def test_the_same_bytes_are_no_copy(amal, photo):
    with pytest.raises(Refused, match="SHA-256 is the same"):
        copied(photo, amal, photograph())
    copy = copied(photo, amal)
    assert copied(photo, amal) == copy
    with pytest.raises(Refused, match="here already"):
        copied(photo, amal, copy_type="derived")


def test_copies_go_where_their_original_goes(amal, photo, gyro):
    other = services.log_item(
        gyro.case, by=amal, incident=gyro.incident, kind=gyro.kind, description="Other"
    )
    copy = copied(photo, amal)
    with pytest.raises(Refused, match="stays with its original"):
        services.assign_file(copy, other, by=amal)
    services.assign_file(photo, other, by=amal)
    copy.refresh_from_db()
    assert copy.item == other


def test_how_a_file_was_acquired_is_said_once_and_again(client, amal, photo):
    client.force_login(amal)
    there = reverse("evidence:file_acquisition", args=[photo.pk])
    typed = {"acquisition_method": "logical", "tool": "Exporter", "tool_version": "4.2"}
    typed |= {"acquired_by": "Lt. Farah", "acquired_at": "2026-03-14T09:00"}
    assert client.post(there, typed).status_code == 302
    page = client.get(reverse("evidence:file_detail", args=[photo.pk])).content.decode()
    assert "Lt. Farah" in page and "Exporter" in page


def test_a_finding_stands_beside_the_claim_until_another_person_reviews_it(
    client, amal, lena, photo
):
    found = services.establish(photo, by=amal, **PLACE)
    with pytest.raises(Refused, match="another person"):
        services.review_establishment(found, by=amal, state="reviewed")
    client.force_login(lena)
    there = reverse("evidence:file_detail", args=[photo.pk])
    page = client.get(there).content.decode()
    assert "33.308194" in page and "± 15 m" in page and "Proposed" in page

    review = reverse("evidence:establishment_review", args=[found.pk])
    assert client.get(review).status_code == 200
    silent = client.post(review, {"state": "disputed"})
    assert silent.status_code == 422 and b"Say why you dispute it" in silent.content
    assert client.post(review, {"state": "reviewed"}).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.reviewed_by) == ("reviewed", lena)
    with pytest.raises(Refused, match="reviewed before"):
        services.review_establishment(found, by=lena, state="disputed", review_note="No")


@pytest.mark.parametrize(
    "finding",
    [
        {**TIME, "earliest": None},
        {**TIME, "latest": NOON - timedelta(hours=1)},
        {**PLACE, "uncertainty_m": None},
        {**PLACE, "latitude": Decimal(91)},
    ],
    ids=str,
)
def test_a_finding_that_says_nothing_or_nonsense_is_refused(amal, photo, finding):
    with pytest.raises(ValidationError):
        services.establish(photo, by=amal, **finding)
    assert not Establishment.objects.exists()


def test_a_finding_rests_on_something(amal, photo):
    with pytest.raises(Refused, match="on what it rests"):
        services.establish(photo, by=amal, **TIME | {"rationale": " "})


def test_the_pages_take_a_copy_and_a_finding(client, amal, photo):
    client.force_login(amal)
    upload = SimpleUploadedFile("clip.mp4", b"frames")
    typed = {"copy_type": "working", "tool": "ffmpeg", "tool_version": "7.1", "reason": "Court"}
    there = reverse("evidence:file_copy", args=[photo.pk])
    assert client.get(there).status_code == 200
    assert client.post(there, {**typed, "upload": upload}).status_code == 302
    there = reverse("evidence:file_establish", args=[photo.pk])
    assert client.get(there).status_code == 200
    nothing = client.post(there, {**TIME, "earliest": "", "precision": "minute"})
    assert nothing.status_code == 422 and b"Give the time" in nothing.content
    typed = {**TIME, "earliest": "2026-03-14T12:00", "precision": "minute"}
    assert client.post(there, typed).status_code == 302
    page = client.get(reverse("evidence:file_detail", args=[photo.pk])).content.decode()
    assert "clip.mp4" in page and "The mast" in page


def test_copies_and_findings_are_made_by_those_who_log(rami, photo):
    with pytest.raises(PermissionDenied):
        copied(photo, rami)
    with pytest.raises(PermissionDenied):
        services.establish(photo, by=rami, **TIME)


def test_the_same_photo_under_two_exhibits_is_told_on_both(client, amal, gyro, photo):
    other = services.log_item(
        gyro.case, by=amal, incident=gyro.incident, kind=gyro.kind, description="Other"
    )
    twin = services.receive_file(
        gyro.case, by=amal, chunks=[photograph()], name="again.jpg", item=other
    )
    client.force_login(amal)
    for item, far in ((gyro, other), (other, gyro)):
        page = client.get(reverse("evidence:item_detail", args=[item.pk])).content.decode()
        told = page[page.index('id="twins"') :][:900]
        assert far.exhibit_no in told
    assert twin.sha256 == photo.sha256


def test_a_twin_that_may_not_be_seen_is_not_told(client, amal, gyro, photo, quiet_case, omar):
    case, item = quiet_case
    services.receive_file(case, by=omar, chunks=[photograph()], name="theirs.jpg", item=item)
    client.force_login(amal)
    page = client.get(reverse("evidence:item_detail", args=[gyro.pk])).content.decode()
    assert 'id="twins"' not in page and item.exhibit_no not in page.replace(gyro.exhibit_no, "")


@pytest.fixture
def quiet_case(omar, gyro):
    """A case of somebody who is in no case of ours, with an exhibit of its own."""
    from investigations import services as investigations

    omar.may_open_cases = True
    omar.save()
    case = investigations.open_case(omar, title="Quiet", public_title="Quiet", mandate="Theirs")
    incident = investigations.enter_incident(
        case,
        by=omar,
        title="Elsewhere",
        place_name="Elsewhere",
        theatre=gyro.incident.theatre,
        attack_mode=gyro.incident.attack_mode,
    )
    item = services.log_item(
        case, by=omar, incident=incident, kind=gyro.kind, description="X", exhibit_no="QX-77"
    )
    return case, item
