"""Let a team's facts be held against cases it may not see: seldom enough that nobody can feel out.

Whoever edits a description again and again, to see from the hits what a hidden case holds, gets a
few answers a day. What is entered beyond that is answered in the next night, and is not lost.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from comparison.models import Hit, Question, Reading
from comparison.models.question import DAY, MONTH
from evidence.models import Component
from ledger.services import hold_chains, record

A_DAY, A_MONTH, A_DAY_AND_CASE = 5, 30, 300
"""Versions of one component in 24 hours and in 30 days, and versions within a case in 24 hours."""


def put_question(reading: Reading) -> bool:
    """Whether a component's facts, as they stand, may be held against hidden cases now.

    The facts that were answered last cost nothing and bring nothing new before the night. Beyond
    the bounds the question waits, and a line in either chain says that it does.
    """
    asked = Question.objects.about(reading.component)
    waiting = asked.waiting().first()
    last = asked.filter(answered_at__isnull=False).order_by("-answered_at").first()
    if last and last.fingerprint == reading.fingerprint:
        return waiting is None
    now = timezone.now()
    free_at = when_free(reading, now)
    if free_at <= now:
        answer_question(waiting or Question(), reading, now)
        return True
    wait(waiting, reading, free_at)
    return False


def answer_question(question: Question, reading: Reading, now: datetime) -> None:
    """Keep that this version is answered."""
    question.case_id, question.component_id = reading.case_id, reading.component_id
    question.fingerprint, question.is_own = reading.fingerprint, True
    question.due_at = question.answered_at = now
    question.save()


def when_free(reading: Reading, now: datetime) -> datetime:
    """From when on one more version may be answered."""
    own = Question.objects.put_since(now - MONTH).about(reading.component)
    times: list[Any] = list(
        own.order_by("-answered_at").values_list("answered_at", flat=True)[:A_MONTH]
    )
    if len(times) == A_MONTH:
        freed: datetime = times[-1] + MONTH
        return freed
    today = [at for at in times if at > now - DAY]
    in_case = Question.objects.put_since(now - DAY).of_case(reading.case)
    if len(today) >= A_DAY or in_case.count() >= A_DAY_AND_CASE:
        return next_night(now)
    return now


def next_night(now: datetime) -> datetime:
    """The coming midnight (UTC): what waits for it tells by its time nothing but the day."""
    return (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def wait(waiting: Question | None, reading: Reading, due_at: datetime) -> None:
    """Put it off; the first time, say so to both teams."""
    is_news = waiting is None or not waiting.is_own
    question = waiting or Question(case_id=reading.case_id, component_id=reading.component_id)
    question.fingerprint, question.is_own, question.due_at = reading.fingerprint, True, due_at
    question.save()
    if is_news:
        tell_of_bound(reading.component)


def tell_of_bound(component: Component) -> None:
    """A line in the chain of those who ask, and in that of each case a hit of theirs lies in.

    The others' line names nobody: whoever audits that chain may not know who else has such a part.
    Their lead reads it on the page of the hit.
    """
    hits = list(Hit.objects.filter(component=component).select_related("theirs"))
    hold_chains(component.case_id, *(hit.theirs.case_id for hit in hits))
    record(None, "comparison.questions_bounded", component, versions=versions_of(component))
    for hit in hits:
        record(None, "comparison.probing_noted", hit.theirs, versions=versions_of(component))


def versions_of(component: Component) -> int:
    """How many versions of a description others' cases answered within the last 30 days."""
    return Question.objects.put_since(timezone.now() - MONTH).about(component).count()


def ask_later(components: list[Component]) -> None:
    """What others entered is told in the next night: its time gives nothing of their work away."""
    now = timezone.now()
    pending = set(
        Question.objects.waiting()
        .filter(component__in=components)
        .values_list("component", flat=True)
    )
    known = dict(
        Reading.objects.filter(component__in=components).values_list("component", "fingerprint")
    )
    Question.objects.bulk_create(
        Question(
            case_id=one.case_id,
            component=one,
            fingerprint=known.get(one.pk, ""),
            is_own=False,
            due_at=next_night(now),
            label_id=one.label_id,
        )
        for one in components
        if one.pk not in pending
    )
