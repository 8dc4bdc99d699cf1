"""The gates between the stages of a case: what each asks for, and going through it.

The case itself lies rooms below; whether a gate is open only this room can see.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from attribution.models import Finding, Sheet
from attribution.services.finding import is_concluded
from comparison.models import Link
from core.changes import require_fresh
from core.context import address
from core.errors import Barred, Reason, Refused
from core.scope import system_scope
from evidence.models import File, Item, LabExam, Loan, TraceRequest
from investigations.models import Case, CaseOutcome, Duty, Incident, Request, Site, Stage, Task
from investigations.models.vocabulary import SafeStatus
from investigations.services import close_case, set_case_stage

ANALYSTS = 2
"""So many score the matrix alone before a finding is reviewed."""

Words = str | Promise


@dataclass(frozen=True)
class Point:
    """One thing that a gate asks for: in words, how much of it is still open, and where it is done.

    Nobody passes while one that `bars` is open; of the others it is kept that they were.
    """

    code: str
    words: Words
    left: int
    bars: bool = False
    route: str = ""

    def door(self, case: Case) -> str:
        """The list on which it is done, narrowed to the case; nothing where there is none."""
        there = address(self.route) if self.route else ""
        return f"{there}?case={case.pk}" if there else ""


def stages_ahead(case: Case) -> list[Stage]:
    """The next stage, while the case goes on, and its conclusion, until the lead has spoken it."""
    if case.status == Case.Status.CLOSED:
        return []
    order = list(Stage)
    following = [] if case.has_ended else order[order.index(Stage(case.stage)) + 1 :][:1]
    return list(dict.fromkeys([*following, Stage.CONCLUDED]))


def gate_to(stage: Stage, case: Case, reader: User) -> list[Point]:
    """What is asked for before a case comes to this stage, as far as this person may see it."""
    asks = GATES.get(stage)
    return asks(case, reader) if asks else []


def before_scene(case: Case, reader: User) -> list[Point]:
    """There is something to look into."""
    return [an_attack(case)]


def before_examination(case: Case, reader: User) -> list[Point]:
    """There is something to examine, and nobody is sent where it is not safe."""
    unsafe = Site.objects.visible_to(reader).filter(case=case, safe_status=SafeStatus.NOT_CLEARED)
    attacks = Incident.objects.visible_to(reader).filter(case=case, sites__isnull=True)
    return [
        something_taken_in(case),
        loose("no-site", gettext_lazy("Attacks without a site"), attacks),
        loose("not-cleared", gettext_lazy("Sites not cleared for entry"), unsafe),
    ]


def before_analysis(case: Case, reader: User) -> list[Point]:
    """What was asked of the laboratories is answered, and everything is in somebody's hands."""
    return [*examinations(case, reader), *custody(case, reader)]


def before_review(case: Case, reader: User) -> list[Point]:
    """There is a finding to review, weighed by more than one."""
    with system_scope("whether a finding was handed in holds for the whole case"):
        handed_in = Finding.objects.filter(case=case, status__in=Finding.UNDER_JUDGEMENT).exists()
        scored = Sheet.objects.newest().filter(case=case).count()
    undecided = Link.objects.visible_to(reader).of_case(case).awaiting_another()
    missing = gettext_lazy("Further analysts to score the matrix")
    return [
        must("finding", gettext_lazy("A finding is handed in."), FOUND, holds=handed_in),
        loose("comparisons", gettext_lazy("Comparisons still to be judged"), undecided, COMPARED),
        Point("sheets", missing, max(ANALYSTS - scored, 0)),
        *custody(case, reader),
    ]


def before_conclusion(case: Case, reader: User) -> list[Point]:
    """Nobody waits for anybody."""
    with system_scope("whether somebody's word is awaited holds for the whole case"):
        judged = Finding.objects.filter(case=case, status__in=Finding.UNDER_JUDGEMENT).exists()
        asked = Request.objects.filter(case=case).waiting().exists()
    tasks = Task.objects.visible_to(reader).filter(case=case).outstanding()
    loans = Loan.objects.visible_to(reader).filter(case=case).out()
    traces = TraceRequest.objects.visible_to(reader).filter(case=case).awaiting_reply()
    return [
        must("judgement", NOT_JUDGED, FOUND, holds=not judged),
        must("request", NOT_ASKED, "investigations:request_list", holds=not asked),
        loose("tasks", gettext_lazy("Tasks still to be done"), tasks),
        *examinations(case, reader),
        *custody(case, reader),
        loose("loans", gettext_lazy("Exhibits with others"), loans, "evidence:loan_list"),
        loose("traces", gettext_lazy("Trace requests without a reply"), traces, TRACED),
    ]


def an_attack(case: Case) -> Point:
    """What is looked into."""
    with system_scope("whether an attack was entered holds for the whole case"):
        holds = Incident.objects.filter(case=case).exists()
    return must("incident", gettext_lazy("An attack is entered."), ENTERED, holds=holds)


def something_taken_in(case: Case) -> Point:
    """What is examined."""
    with system_scope("whether anything was taken in holds for the whole case"):
        exhibits, files = Item.objects.filter(case=case), File.objects.filter(case=case)
        holds = exhibits.exists() or files.exists()
    return must("evidence", gettext_lazy("An exhibit or a file is taken in."), KEPT, holds=holds)


NOT_JUDGED = gettext_lazy("No finding waits for review or release.")
NOT_ASKED = gettext_lazy("No request waits for a second person.")
COMPARED, TRACED = "comparison:link_list", "evidence:tracerequest_list"
ENTERED, KEPT = "investigations:incident_list", "evidence:item_list"
FOUND = "attribution:finding_list"
GATES: dict[str, Callable[[Case, User], list[Point]]] = {
    Stage.SCENE: before_scene,
    Stage.EXAMINATION: before_examination,
    Stage.ANALYSIS: before_analysis,
    Stage.REVIEW: before_review,
    Stage.CONCLUDED: before_conclusion,
}


def examinations(case: Case, reader: User) -> list[Point]:
    """What laboratories still owe."""
    rows = LabExam.objects.visible_to(reader).filter(case=case).unfinished()
    words = gettext_lazy("Examinations without a verified result")
    return [loose("examinations", words, rows, "evidence:labexam_list")]


def custody(case: Case, reader: User) -> list[Point]:
    """What is on its way, and what does not fit together."""
    exhibits = Item.objects.visible_to(reader).filter(case=case)
    offered, doubtful = exhibits.filter(offered_to__isnull=False), exhibits.filter(open_gaps__gt=0)
    return [
        loose("on-the-way", gettext_lazy("Exhibits handed over and not received"), offered, KEPT),
        loose("gaps", gettext_lazy("Exhibits with gaps in their custody"), doubtful),
    ]


def must(code: str, words: Words, route: str, *, holds: bool) -> Point:
    """What has to hold."""
    return Point(code, words, 0 if holds else 1, bars=True, route=route)


def loose(code: str, words: Words, rows: QuerySet[Any], route: str = "") -> Point:
    """What should be done, and may be left with a reason."""
    return Point(code, words, rows.count(), route=route)


@transaction.atomic
def move_case(case: Case, stage: str, *, by: User, reason: str, version: int | None = None) -> Case:
    """Move a case through the gate of its next stage, or back to an earlier one.

    `version` is that of the case which whoever moves it has read, where that is known.
    """
    case = locked_to_move(case, by, version)
    order = list(Stage)
    here, there = order.index(Stage(case.stage)), order.index(Stage(stage))
    if there > here + 1:
        following = order[here + 1].label
        raise Refused(_("One stage at a time: next is “%(next)s”.") % {"next": following})
    points = gate_to(Stage(stage), case, by) if there > here else []
    require_open(case, points)
    return set_case_stage(case, Stage(stage), by=by, reason=reason, left_open=left_open(points))


@transaction.atomic
def conclude_case(
    case: Case, *, by: User, outcome: str, reason: str, version: int | None = None
) -> Case:
    """End a case with what it came to; only a finding that stands released attributes anything."""
    case = locked_to_move(case, by, version)
    attributed = is_concluded(case)
    if attributed and outcome != CaseOutcome.ATTRIBUTED:
        raise Refused(_("A finding stands released: withdraw it first, or conclude with it."))
    if outcome == CaseOutcome.ATTRIBUTED and not attributed:
        raise Refused(_("No finding stands released: nothing is attributed yet."))
    points = gate_to(Stage.CONCLUDED, case, by)
    require_open(case, points)
    return close_case(
        case, by=by, outcome=CaseOutcome(outcome), reason=reason, left_open=left_open(points)
    )


def locked_to_move(case: Case, by: User, version: int | None) -> Case:
    """The case as it is now, nobody else's until it has moved, if `by` manages it."""
    case = Case.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    case.require(by, Duty.MANAGE)
    if version is not None:
        require_fresh(case, version)
    return case


def require_open(case: Case, points: list[Point]) -> None:
    """Refuse to pass while something holds the gate shut, with where each thing is done.

    Raises `Barred`, which holds every ground at once.
    """
    shut = [point for point in points if point.bars and point.left]
    if shut:
        reasons = [Reason(str(point.words), point.door(case)) for point in shut]
        raise Barred(_("Not yet. First this has to hold:"), reasons)


def left_open(points: list[Point]) -> list[str]:
    """What was open all the same, and how often, for the ledger."""
    return [f"{point.code}: {point.left}" for point in points if point.left and not point.bars]
