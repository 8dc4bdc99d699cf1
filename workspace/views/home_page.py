"""What the home page shows to somebody who works on cases."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.http import SignedInRequest
from accounts.models import User
from attribution.models import Finding
from comparison.models import Disclosure, Link
from core.context import address
from core.listing import counted_together
from core.markings import joined
from evidence.models import File, Item, Loan
from evidence.models.vocabulary import FileState
from investigations.models import Case, Duty, Incident, Membership, Notice, Request, Task
from investigations.models.membership import DUTIES
from investigations.services.partner_sending import SENT
from ledger.models import Entry, Head
from workspace.models import tell_in_words

CARDS, TASKS, LINES = 6, 6, 10
FOLLOWED = 200
READ = 100


def home_page(request: SignedInRequest) -> dict[str, Any]:
    """Everything on it, read through the gate of each room."""
    user = request.user
    followed = list(Case.objects.audited_by(user).still_open()[:FOLLOWED])
    cards, tasks = cards_of(user), tasks_of(user)
    activity = activity_of(followed, user)
    lines = [joined([entry.case.handling, entry.handling]) for entry in activity]
    asked_of_me = [task.handling for task in tasks]
    return {
        "tasks": tasks,
        "needs": list(needs_of(user)),
        "cards": cards[:CARDS],
        "more_cases": len(cards) > CARDS,
        "activity": activity,
        "intake": intake_of(user),
        "integrity": integrity_of(followed),
        "marking": joined([*lines, *(case.handling for case in cards[:CARDS]), *asked_of_me]),
    }


def tasks_of(user: User) -> list[Task]:
    """What this person was asked to do and has not done, the most urgent first."""
    mine = Task.objects.visible_to(user).outstanding().filter(owner=user)
    return list(mine.select_related("case").order_by("due", "id")[:TASKS])


def needs_of(user: User) -> Iterator[dict[str, Any]]:
    """Other people's work that waits for this person, one line a kind."""
    findings = Finding.objects.visible_to(user)
    to_judge = (
        Link.objects.visible_to(user).awaiting(user).filter(case__in=held(user, Duty.EXAMINE))
    )
    to_review = findings.awaiting_review().filter(case__in=held(user, Duty.REVIEW))
    to_release = findings.awaiting_release().filter(case__in=held(user, Duty.RELEASE))
    returned = findings.filter(status=Finding.Status.RETURNED, authors=user)
    judge, read = address("comparison:link_list"), address("attribution:finding_list")
    requests = Request.objects.visible_to(user).awaiting(user)
    notices = Notice.objects.visible_to(user).unseen()
    asked = address("investigations:request_list")
    answers = Disclosure.objects.new_for(user)
    overdue = (
        Loan.objects.visible_to(user).overdue().filter(case__in=held(user, Duty.HOLD_EVIDENCE))
    )
    waiting: list[tuple[QuerySet[Any], str | Promise, str, str]] = [
        *custody_needs(user),
        (to_judge, _("Comparisons to judge"), "git-compare", judge),
        (to_review.exclude(authors=user), _("Findings to review"), "gavel", read),
        (to_release, _("Findings to release"), "stamp", read),
        (returned, _("Findings returned to you"), "undo-2", read),
        (requests, _("Requests that wait for your word"), "user-check", asked),
        (overdue, _("Loans overdue"), "truck", f"{address('evidence:loan_list')}?state=overdue"),
        (notices, _("New for you"), "message-square", asked),
        (answers, _("Answers of other agencies"), "message-square", address("comparison:hit_list")),
    ]
    counts = counted_together([rows for rows, *_door in waiting])
    for count, (_rows, label, sign, url) in zip(counts, waiting, strict=True):
        if count:
            yield {"label": label, "sign": sign, "count": count, "url": url}


def custody_needs(user: User) -> list[tuple[QuerySet[Any], str | Promise, str, str]]:
    """Exhibits on their way to this person, and those whose custody has open gaps."""
    exhibits, listed = Item.objects.visible_to(user), address("evidence:item_list")
    gaps = exhibits.filter(case__in=held(user, Duty.HOLD_EVIDENCE)).with_open_gaps()
    offered, doubtful = f"{listed}?custody=offered", f"{listed}?custody=gaps"
    return [
        (exhibits.offered_to(user), _("Exhibits to receive"), "arrow-right", offered),
        (gaps, _("Exhibits with gaps in their custody"), "triangle-alert", doubtful),
    ]


def held(user: User, duty: Duty) -> QuerySet[Any]:
    """The cases in which this person has that duty."""
    roles = [role for role, duties in DUTIES.items() if duty in duties]
    places = Membership.objects.current().filter(user=user, roles__overlap=roles)
    return places.values("case")


def cards_of(user: User) -> list[Case]:
    """The newest open cases with how much is in them and when the ledger last moved, and one."""
    audited = Case.objects.audited_by(user).values("pk")
    last = Entry.objects.filter(log=OuterRef("pk"), log__in=audited).order_by("-position")
    rows = Case.objects.visible_to(user).still_open().titled_for(user).select_related("lead")
    cases: list[Any] = list(rows.annotate(last_at=Subquery(last.values("at")[:1]))[: CARDS + 1])
    incidents = counted(Incident.objects.visible_to(user).filter(case__in=cases))
    exhibits = counted(Item.objects.visible_to(user).filter(case__in=cases))
    for case in cases:
        case.incident_count = incidents.get(case.pk, 0)
        case.exhibit_count = exhibits.get(case.pk, 0)
        case.days_open = (timezone.now() - case.created_at).days
    return cases


def counted(rows: QuerySet[Any]) -> dict[Any, int]:
    """How many rows each case has."""
    return dict(rows.order_by().values_list("case").annotate(Count("pk")))


def activity_of(cases: list[Case], user: User) -> list[Any]:
    """The last lines of these cases' chains in words; one deed done many times is one line."""
    refs = {case.pk: case for case in cases}
    # What partners are sent has a page of its own; a feed that is followed would fill this one.
    told = Entry.objects.filter(log__in=refs).exclude(act=SENT)
    newest = told.select_related("actor").order_by("-id")[:READ]
    runs = [list(run) for _same, run in groupby(newest, lambda e: (e.log, e.actor_id, e.act))]
    lines: list[Any] = [run[0] for run in runs[:LINES]]
    tell_in_words(lines, user)
    for entry, run in zip(lines, runs, strict=False):
        entry.case, entry.times = refs[entry.log], len(run)
    return lines


def intake_of(user: User) -> dict[str, Any]:
    """How many files wait for the worker, could not be read, or lie with no exhibit."""
    counts = File.objects.visible_to(user).aggregate(
        waiting=Count("pk", filter=Q(state=FileState.WAITING)),
        unreadable=Count("pk", filter=Q(state=FileState.UNREADABLE)),
        unassigned=Count("pk", filter=Q(item__isnull=True)),
    )
    return {**counts, "url": address("evidence:intake_list")}


def integrity_of(cases: list[Case]) -> dict[str, Any]:
    """How long the chains are, and when one of them was last checked, with what result."""
    keys = [case.pk for case in cases]
    heads = Head.objects.filter(log__in=keys).values_list("position", flat=True)
    checks = Entry.objects.filter(log__in=keys, act="workspace.ledger_checked")
    last = checks.order_by("-id").first()
    return {
        "lines": sum(heads),
        "chains": len(keys),
        "check": last,
        "whole": bool(last and last.facts.get("whole")),
        "url": f"{reverse('workspace:ledger')}?case={last.log}" if last else "",
    }
