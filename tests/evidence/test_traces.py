"""Trace requests: drafted, sent, reminded of and answered; and the right of reply."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from catalogue.models import ComponentCategory
from core.errors import Refused
from core.markings import Handling
from evidence import services
from evidence.models import TraceReply, TraceRequest, right_of_reply_offered
from evidence.services.trace_reply import require_way
from evidence.tasks import find_due_reminders
from investigations import services as investigations
from investigations.models import Task
from ledger.models import Entry
from tests.evidence.photographs import photograph

ASKED = {
    "recipient_kind": "maker",
    "recipient": "Aerotek GmbH",
    "channel": "voluntary",
    "question": "To whom was it sold?",
    "selected_reason": "Its serial can be read.",
}
GRADE = {"reliability": "B", "credibility": "2"}


@pytest.fixture
def component(gyro, amal):
    return services.describe_component(
        gyro,
        by=amal,
        category=ComponentCategory.objects.get(code="gyroscope-imu"),
        maker_as_marked="Aerotek",
        serial_number="004120",
    )


@pytest.fixture
def draft(night_raid, amal, component):
    def drafted(**facts):
        wanted = {"components": [component], **ASKED, **facts}
        return services.draft_trace(night_raid, by=amal, **wanted)

    return drafted


@pytest.fixture
def sent(draft, amal):
    """A request that went out so many days ago."""

    def sending(days=0, **facts):
        at = timezone.now() - timedelta(days=days)
        return services.send_trace(draft(**facts), by=amal, sent_at=at)

    return sending


def answer(trace, by, **facts):
    said = {"received_at": timezone.now(), "outcome": "replied", **GRADE, **facts}
    return services.record_reply(trace, by=by, **said)


def hop(giver, taker, on=None, basis="document"):
    return {"giver": giver, "taker": taker, "passed_on": on, "basis": basis}


def test_a_request_is_drafted_with_a_number_and_sent_with_a_line(draft, amal):
    trace = services.send_trace(draft(), by=amal)
    assert (trace.ref, trace.state) == ("TR-0001", "sent")
    assert trace.due == timezone.localdate() + timedelta(days=30)
    acts = [entry.act for entry in Entry.objects.about(trace).order_by("position")]
    assert acts == ["evidence.trace_drafted", "evidence.trace_sent"]


def test_nothing_is_answered_before_it_is_sent(draft, amal):
    with pytest.raises(Refused, match="not sent yet"):
        answer(draft(), amal)


def test_nothing_is_reminded_of_before_it_is_sent(draft, amal):
    with pytest.raises(Refused, match="not sent yet"):
        services.remind_of_trace(draft(), by=amal)


def test_a_reply_is_not_older_than_its_request(sent, amal):
    with pytest.raises(Refused, match="out of order"):
        answer(sent(days=2), amal, received_at=timezone.now() - timedelta(days=3))


def test_what_was_sent_stays_as_it_was_sent(sent, amal):
    trace = sent()
    with pytest.raises(Refused, match="stays as it was sent"):
        services.amend_trace(trace, by=amal, version=trace.version, question="Really?")


def test_a_draft_takes_other_components(draft, night_raid, gyro, amal):
    trace = draft()
    other = services.describe_component(
        gyro, by=amal, category=ComponentCategory.objects.get(code="pcb")
    )
    services.amend_trace(trace, by=amal, version=trace.version, components=[other])
    assert list(trace.components.all()) == [other]


def test_a_photograph_is_not_sent_with_a_freer_marking(draft, night_raid, gyro, amal, soraya):
    photo = services.receive_file(
        night_raid, by=amal, chunks=[photograph()], name="a.jpg", item=gyro
    )
    investigations.mark_more_strictly(photo, Handling(tlp="red"), by=soraya, reason="Source")
    photo.refresh_from_db()
    with pytest.raises(Refused, match="freer marking"):
        draft(photos=[photo], photos_tlp="green")


def test_a_request_is_handled_like_the_photographs_it_sends(draft, night_raid, gyro, amal, soraya):
    photo = services.receive_file(
        night_raid, by=amal, chunks=[photograph()], name="a.jpg", item=gyro
    )
    investigations.mark_more_strictly(photo, Handling(tlp="red"), by=soraya, reason="Source")
    photo.refresh_from_db()
    trace = draft(photos=[photo], photos_tlp="red")
    assert TraceRequest.objects.get(pk=trace.pk).own_handling.tlp == "red"


@pytest.mark.parametrize(
    ("days", "reminders"), [(0, 0), (29, 0), (30, 1), (59, 1), (60, 2), (400, 2)]
)
def test_reminders_fall_due_after_thirty_and_sixty_days(sent, days, reminders):
    trace = sent(days=days)
    find_due_reminders()
    trace.refresh_from_db()
    assert trace.reminders_due == reminders
    assert Task.objects.outstanding().filter(owner=trace.owner).count() == min(reminders, 1)


def test_a_reminder_is_found_once_however_often_one_looks(sent):
    trace = sent(days=31)
    for _each in range(3):
        find_due_reminders()
    assert Entry.objects.about(trace).filter(act="evidence.trace_reminder_due").count() == 1
    assert Task.objects.filter(title__startswith=trace.ref).count() == 1


def test_the_owner_is_told_at_home_and_on_the_page_of_the_case(client, sent, amal):
    trace = sent(days=31)
    find_due_reminders()
    client.force_login(amal)
    for there in (
        reverse("workspace:home"),
        reverse("investigations:case_detail", args=[trace.case_id]),
    ):
        assert f"{trace.ref}: no answer after 30 days" in client.get(there).content.decode()


def test_a_reminder_that_was_sent_finishes_its_task(sent, amal):
    trace = sent(days=31)
    find_due_reminders()
    trace = services.remind_of_trace(trace, by=amal)
    assert trace.state_text == "reminded, 1"
    assert not trace.needs_reminder
    assert not Task.objects.outstanding().exists()


def test_an_answered_request_wants_no_reminder(sent, amal):
    trace = answer(sent(days=90), amal).trace
    find_due_reminders()
    trace.refresh_from_db()
    assert trace.reminders_due == 0


def test_a_reply_closes_the_request_and_keeps_the_way(sent, amal):
    way = [
        hop("Aerotek", "Gulf Trade", date(2021, 4, 3)),
        hop("Gulf Trade", "North Hobby", date(2021, 5, 9)),
    ]
    reply = answer(sent(), amal, hops=way, genuine="yes", shipped_on=date(2021, 4, 1))
    assert reply.trace.state == "replied"
    assert [str(step) for step in reply.hops.order_by("position")] == [
        "Aerotek → Gulf Trade",
        "Gulf Trade → North Hobby",
    ]
    line = Entry.objects.about(reply).get()
    assert (line.facts["grade"], line.facts["hops"]) == ("B2", 2)


def test_part_of_an_answer_leaves_the_rest_awaited(sent, amal):
    trace = answer(sent(), amal, outcome="partial").trace
    assert trace.awaits_reply
    assert answer(trace, amal).trace.state == "replied"


@pytest.mark.parametrize(
    "way",
    [
        [hop("Aerotek", "Aerotek GmbH")],
        [hop("A1", "B1"), hop("B1", "C1"), hop("C1", "A1")],
        [hop("A1", "B1"), hop("B1", "C1"), hop("C1", "B1 Ltd")],
    ],
)
def test_a_way_in_a_circle_is_refused(sent, amal, way):
    with pytest.raises(Refused, match="circle"):
        answer(sent(), amal, hops=way)
    assert not TraceReply.objects.exists()


def test_a_way_backwards_in_time_is_refused(sent, amal):
    way = [hop("A1", "B1", date(2021, 5, 1)), hop("B1", "C1", date(2021, 4, 1))]
    with pytest.raises(Refused, match="out of order"):
        answer(sent(), amal, hops=way)


def test_nothing_is_shipped_before_it_is_made(sent, amal):
    with pytest.raises(ValidationError, match="before it was made"):
        answer(sent(), amal, made_on=date(2021, 5, 1), shipped_on=date(2021, 4, 1))


def test_a_refusal_says_why(sent, amal):
    with pytest.raises(Refused, match="why the answer was refused"):
        answer(sent(), amal, outcome="refused")
    assert answer(sent(), amal, outcome="refused", refusal="law").trace.state == "refused"


def test_nobody_has_failed_to_answer_before_the_day(sent, amal):
    with pytest.raises(Refused, match="may still come"):
        services.close_trace(sent(), by=amal, outcome="no-reply", reason="Silence.")
    closed = services.close_trace(sent(days=40), by=amal, outcome="no-reply", reason="Silence.")
    assert closed.state == "no-reply"


def test_a_late_answer_is_still_taken_in(sent, amal):
    trace = services.close_trace(sent(days=40), by=amal, outcome="no-reply", reason="Silence.")
    assert answer(trace, amal).trace.state == "replied"


NAMES = st.sampled_from(["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot"])


@given(st.lists(NAMES, min_size=2, max_size=6))
def test_a_way_is_taken_exactly_when_no_hand_comes_twice(names):
    way = [hop(*pair) for pair in pairwise(names)]
    if len(set(names)) == len(names):
        require_way(TraceReply(), way)
    else:
        with pytest.raises(Refused):
            require_way(TraceReply(), way)


def test_a_reply_is_entered_in_the_browser_with_its_way(client, sent, amal):
    trace = sent(days=1)
    client.force_login(amal)
    there = reverse("evidence:tracereply_create", args=[trace.pk])
    assert client.get(there).status_code == 200
    rows = {"hop-TOTAL_FORMS": "8", "hop-INITIAL_FORMS": "0"}
    rows |= {"hop-0-giver": "Aerotek", "hop-0-taker": "Gulf Trade", "hop-0-basis": "record"}
    said = {"received_at": timezone.now().isoformat(), "outcome": "replied", **GRADE, **rows}
    said |= {"made_precision": "day"}
    answered = client.post(there, said)
    assert answered.status_code == 302, answered.context["form"].errors
    assert str(TraceReply.objects.get().hops.get()) == "Aerotek → Gulf Trade"


def test_a_draft_is_edited_in_the_browser(client, draft, component, amal):
    trace = draft()
    client.force_login(amal)
    there = reverse("evidence:tracerequest_edit", args=[trace.pk])
    assert client.get(there).status_code == 200
    said = {**ASKED, "components": [component.pk], "photos_tlp": "red", "owner": amal.pk}
    answered = client.post(there, said | {"version": 1, "question": "From whom?"})
    assert answered.status_code == 302, answered.context["form"].errors
    trace.refresh_from_db()
    assert trace.question == "From whom?"
    stale = client.post(there, said | {"version": 1, "question": "Where?"})
    assert stale.status_code == 409


def test_a_refused_reply_keeps_what_was_typed(client, sent, amal):
    trace = sent(days=1)
    client.force_login(amal)
    there = reverse("evidence:tracereply_create", args=[trace.pk])
    rows = {"hop-TOTAL_FORMS": "8", "hop-INITIAL_FORMS": "0"}
    rows |= {"hop-0-giver": "Aerotek", "hop-0-taker": "Aerotek", "hop-0-basis": "record"}
    said = {"received_at": timezone.now().isoformat(), "outcome": "replied", **GRADE, **rows}
    answered = client.post(there, said | {"text": "We sold it", "made_precision": "day"})
    assert answered.status_code == 422
    page = answered.content.decode()
    assert "does not go in a circle" in page
    assert "We sold it" in page
    assert 'value="Aerotek"' in page


def test_a_step_out_of_turn_answers_with_a_sentence(client, draft, amal):
    trace = draft()
    client.force_login(amal)
    answered = client.post(reverse("evidence:tracerequest_remind", args=[trace.pk]), {})
    assert answered.status_code == 422
    assert "not sent yet" in answered.content.decode()


@pytest.mark.parametrize("kind", ["maker", "distributor", "state", "interpol", "tracing-centre"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_there_is_a_letter_to_print_for_each_kind_of_recipient(client, draft, amal, kind, language):
    trace = draft(recipient_kind=kind)
    client.force_login(amal)
    there = reverse("evidence:tracerequest_letter", args=[trace.pk])
    page = client.get(there, {"in": language}).content.decode()
    assert trace.question in page
    assert "004120" in page


def test_the_overdue_come_first(client, sent, amal):
    late, _early = sent(days=45, recipient="Late Works"), sent(recipient="Early Works")
    client.force_login(amal)
    page = client.get(reverse("evidence:tracerequest_list")).content.decode()
    assert page.index(late.recipient) < page.index("Early Works")


def offered(case, by, days=0, **facts):
    at = timezone.now() - timedelta(days=days)
    said = {
        "company": "Gulf Trade LLC",
        "channel": "letter",
        "text": "It shipped the part.",
        "offered_at": at,
        "due": timezone.localdate(at) + timedelta(days=14),
    }
    return services.offer_reply(case, by=by, **{**said, **facts})


def test_a_company_must_have_had_its_time_or_have_answered(night_raid, amal):
    offer = offered(night_raid, amal)
    assert not right_of_reply_offered(night_raid, "Gulf Trade")
    services.settle_offer(offer, by=amal, state="answered", answer="We did not.")
    assert right_of_reply_offered(night_raid, "Gulf Trade")
    assert not right_of_reply_offered(night_raid, "North Hobby")


def test_time_that_has_passed_counts_as_offered(night_raid, amal):
    offered(night_raid, amal, days=20)
    assert right_of_reply_offered(night_raid, "GULF TRADE, LLC")


def test_silence_before_the_day_is_no_answer_yet(night_raid, amal):
    with pytest.raises(Refused, match="may still come"):
        services.settle_offer(offered(night_raid, amal), by=amal, state="no-answer")


def test_an_answer_is_not_older_than_its_offer(night_raid, amal):
    with pytest.raises(Refused, match="out of order"):
        services.settle_offer(
            offered(night_raid, amal),
            by=amal,
            state="declined",
            answered_at=timezone.now() - timedelta(days=1),
        )


def test_what_came_of_an_offer_is_written_down_once(night_raid, amal):
    offer = services.settle_offer(offered(night_raid, amal), by=amal, state="declined")
    with pytest.raises(Refused, match="already"):
        services.settle_offer(offer, by=amal, state="answered", answer="Yes.")
