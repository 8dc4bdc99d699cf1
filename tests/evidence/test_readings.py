"""A marking is read by one person, confirmed by another; a machine only proposes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import Refused
from evidence import services
from evidence.models import File, Marking, Proposal
from evidence.models.reading_history import readings_of
from evidence.models.vocabulary import Transcription

SEEN = {"kind": "serial", "state": "present-partial", "as_seen": "73-10?1"}
AS = {"kind": "serial", "state": "present-legible"}


@pytest.fixture
def serial(board, amal, photo) -> Marking:
    return services.record_marking(board, by=amal, photo=photo, **SEEN)


@pytest.fixture
def proposal(photo) -> Proposal:
    """What a machine read on the photograph."""
    return Proposal.objects.create(
        case=photo.case,
        file=photo,
        kind="ocr",
        text="73-1OI1",
        box=[100, 200, 300, 50],
        confidence=812,
        engine="engine 1",
        pipeline_version=1,
    )


def test_a_second_person_who_reads_the_same_confirms_it(serial, lena):
    marking = services.confirm_marking(serial, by=lena, version=1, as_seen="73-10?1")
    assert (marking.transcription, marking.confirmed_by) == (Transcription.DOUBLE_READ, lena)


@pytest.mark.parametrize(
    ("who", "text", "why"),
    [
        ("amal", "73-10?1", "another person"),
        ("lena", "73-1011", "otherwise"),
    ],
)
def test_a_second_reading_by_the_first_reader_or_of_another_text_is_refused(
    serial, amal, lena, who, text, why
):
    person = {"amal": amal, "lena": lena}[who]
    with pytest.raises(Refused, match=why):
        services.confirm_marking(serial, by=person, version=1, as_seen=text)


def test_what_bears_no_text_is_not_read_twice(board, amal, lena):
    ground = services.record_marking(board, by=amal, kind="serial", state="removed-ground")
    with pytest.raises(Refused, match="nothing to be read"):
        services.confirm_marking(ground, by=lena, version=1, as_seen="")


def test_another_text_is_one_persons_reading_again_and_another_photo_is_not(
    serial, amal, lena, photo
):
    services.confirm_marking(serial, by=lena, version=1, as_seen="73-10?1")
    box = {"left": 0, "top": 0, "width": 10, "height": 10}
    pinned = services.amend_marking(serial, by=amal, version=2, region=box)
    assert (pinned.transcription, pinned.confirmed_by) == (Transcription.DOUBLE_READ, lena)

    again = services.amend_marking(serial, by=amal, version=3, as_seen="73-1001")
    assert (again.transcription, again.confirmed_by) == (Transcription.SINGLE_READ, None)


def test_a_machines_reading_is_accepted_as_read_by_machine(proposal, board, amal, lena):
    marking = services.accept_proposal(proposal, board, by=amal, **AS)
    assert (marking.as_seen, marking.transcription) == ("73-1OI1", Transcription.OCR)
    assert marking.region == {"left": 100, "top": 200, "width": 300, "height": 50}

    confirmed = services.confirm_marking(marking, by=lena, version=1, as_seen="73-1OI1")
    assert confirmed.transcription == Transcription.DOUBLE_READ


def test_a_machines_reading_is_accepted_once_and_on_its_own_exhibit(proposal, board, amal):
    services.accept_proposal(proposal, board, by=amal, **AS)
    with pytest.raises(Refused, match="before"):
        services.accept_proposal(proposal, board, by=amal, **AS)


def test_what_a_machine_reads_later_changes_no_persons_text(proposal, board, amal):
    marking = services.accept_proposal(proposal, board, by=amal, **AS)
    read = services.amend_marking(marking, by=amal, version=1, as_seen="73-1011")
    Proposal.objects.filter(pk=proposal.pk).update(text="79-1OI1")
    read.refresh_from_db()
    assert (read.as_seen, read.transcription) == ("73-1011", Transcription.SINGLE_READ)
    assert read.proposal == proposal


def test_the_page_shows_every_reading_and_takes_the_second_one(client, serial, lena, amal):
    services.amend_marking(serial, by=amal, version=1, as_seen="73-1021")
    client.force_login(lena)
    there = reverse("evidence:marking_detail", args=[serial.pk])
    page = client.get(there).content.decode()
    assert "73-10?1" in page and "73-1021" in page and "73-1021".replace("-", "") in page

    confirm = reverse("evidence:marking_confirm", args=[serial.pk])
    wrong = client.post(confirm, {"as_seen": "73-1o21", "version": 2})
    assert wrong.status_code == 422 and b"73-1o21" in wrong.content
    assert client.post(confirm, {"as_seen": "73-1021", "version": 2}).status_code == 302
    titles = [str(reading.title) for reading in readings_of(serial)]
    assert titles == ["Confirmed by a second reader", "Read again", "Read"]


def test_a_proposal_stands_beside_the_picture_until_it_is_accepted(
    client, proposal, board, amal, gyro
):
    client.force_login(amal)
    page = reverse("evidence:item_detail", args=[gyro.pk])
    accept = reverse("evidence:proposal_accept", args=[proposal.pk])
    assert accept in client.get(page).content.decode()

    assert client.get(accept).status_code == 200
    assert client.post(accept, {**AS, "component": board.pk}).status_code == 302
    assert accept not in client.get(page).content.decode()
    assert Marking.objects.get().proposal == proposal


def test_where_the_file_has_no_exhibit_the_way_to_give_it_one_stands_there(client, proposal, amal):
    File.objects.filter(pk=proposal.file_id).update(item=None)
    client.force_login(amal)
    there = reverse("evidence:file_detail", args=[proposal.file_id])
    page = client.get(there).content.decode()
    assert reverse("evidence:proposal_accept", args=[proposal.pk]) not in page
    assert f'href="{there}#assign"' in page and 'id="assign"' in page


def test_only_those_who_log_evidence_read(serial, proposal, board, rami):
    with pytest.raises(PermissionDenied):
        services.confirm_marking(serial, by=rami, version=1, as_seen="73-10?1")
    with pytest.raises(PermissionDenied):
        services.accept_proposal(proposal, board, by=rami, **AS)


def test_a_misreading_is_refused_on_the_page_and_offered_no_more(client, proposal, gyro, amal):
    client.force_login(amal)
    page = reverse("evidence:item_detail", args=[gyro.pk])
    refuse = reverse("evidence:proposal_refuse", args=[proposal.pk])
    assert refuse in client.get(page).content.decode()
    assert client.get(refuse).status_code == 200
    assert client.post(refuse, {"reason": ""}).status_code == 422
    assert client.post(refuse, {"reason": "An O is no zero"}).status_code == 302
    assert refuse not in client.get(page).content.decode()
    there = reverse("evidence:file_detail", args=[proposal.file_id])
    told = client.get(there).content.decode()
    assert "An O is no zero" in told and "73-1OI1" in told and refuse not in told
