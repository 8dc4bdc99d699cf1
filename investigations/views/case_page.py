"""What the page of one case shows, whichever door was used to reach it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.http import SignedInRequest
from accounts.models import User
from core.context import address
from core.listing import cut
from investigations.forms import MemberForm, NoteForm, StatusForm, TaskForm
from investigations.http import crumbs_to, marking_of, stages_of
from investigations.models import Case, Duty, Incident, Note, Task

PAGE = "investigations/case_detail.html"
INCIDENTS_SHOWN, TASKS_SHOWN, NOTES_SHOWN = 8, 30, 20

WORK: list[tuple[str | Promise, str, str]] = [
    (_("Evidence"), "evidence:item_list", "box"),
    (_("Examinations"), "evidence:labexam_list", "microscope"),
    (_("Tracing"), "evidence:tracerequest_list", "route"),
    (_("Right of reply"), "evidence:rightofreply_list", "message-square"),
    (_("Loans and exports"), "evidence:loan_list", "truck"),
    (_("Comparisons"), "comparison:link_list", "git-compare"),
    (_("Hypotheses"), "attribution:hypothesis_list", "scale"),
    (_("Findings"), "attribution:finding_list", "gavel"),
    (_("Ledger"), "workspace:ledger", "scroll-text"),
]
"""Where else the work on a case goes on: by address only, for those rooms lie above."""


def case_page(request: SignedInRequest, case: Case, **refused: BaseForm) -> dict[str, Any]:
    """Everything on the page of a case; `refused` are the forms that were sent back."""
    duties, whole = case.duties(request.user), case.is_read_whole_by(request.user)
    newest, are_more = newest_incidents(case, request.user)
    panels = {
        **task_panel(request, case, None, **refused),
        **note_panel(request, case, None, **refused),
    }
    return {
        **panels,
        **(team_panel(request, case, **refused) if whole else {}),
        "case": case,
        "title": case.title if whole else case.public_title,
        "whole": whole,
        "marking": marking_of([case], newest, panels["tasks"], panels["notes"]),
        "crumbs": crumbs_to(None, (case.ref, "")),
        "stages": stages_of(case),
        "stage_url": address("attribution:case_stage", case.pk) if whole else "",
        "concluded": case.is_concluded,
        "incidents": newest,
        "more_incidents": are_more,
        "work": ways_on(case, duties) if whole else ways_of_a_partner(case),
        "own_end": own_end(case, request.user),
        "status_form": refused.get("status_form") or StatusForm(initial={"status": case.status}),
        "may_manage": Duty.MANAGE in duties,
        "may_log": Duty.LOG_EVIDENCE in duties,
        "may_report": Duty.REPORT in duties,
    }


def own_end(case: Case, user: User) -> datetime | None:
    """When this person's own place on the case ends, if a day was set."""
    place = case.memberships.current().filter(user=user, until__isnull=False).first()
    return place.until if place and not place.is_in_emergency else None


def newest_incidents(case: Case, user: User) -> tuple[list[Incident], bool]:
    """As many as the page shows, and whether there are more."""
    rows = Incident.objects.visible_to(user).filter(case=case).select_related("case", "theatre")
    return cut(rows.order_by("-id"), INCIDENTS_SHOWN)


def ways_on(case: Case, duties: Collection[Duty]) -> list[dict[str, Any]]:
    """The rooms in which the work on this case goes on, those that exist."""
    kept_apart = (_("Values kept apart"), address("investigations:value_list", case.pk), "lock")
    guarded = [kept_apart] if Duty.PROTECT in duties else []
    mine = [
        attention_to(case),
        (_("Intake of files"), address("evidence:intake", case.pk), "inbox"),
        (_("Tables brought in"), address("exchange:table_list", case.pk), "upload"),
        (_("Sources"), address("investigations:source_list", case.pk), "users"),
        help_for(case),
        *guarded,
        (_("Claims"), address("attribution:claim_list", case.pk), "message-square"),
        (_("Actors and assertions"), address("attribution:actor_matrix", case.pk), "users"),
        *[(label, asked(route, case), sign) for label, route, sign in WORK],
        (_("Accountability"), address("attribution:accountability", case.pk), "stamp"),
        (_("Reports"), address("reports:case_reports", case.pk), "file-text"),
        (_("Activity"), address("workspace:case_activity", case.pk), "history"),
    ]
    return [{"label": label, "url": url, "sign": sign} for label, url, sign in mine if url]


def ways_of_a_partner(case: Case) -> list[dict[str, Any]]:
    """Where a partner brings something in, and finds it again beside what is shared with them."""
    theirs = [
        attention_to(case),
        (_("Intake of files"), address("evidence:intake", case.pk), "inbox"),
        (_("Evidence"), asked("evidence:item_list", case), "box"),
        help_for(case),
    ]
    return [{"label": label, "url": url, "sign": sign} for label, url, sign in theirs if url]


def help_for(case: Case) -> tuple[str | Promise, str, str]:
    """Where it stands what others were asked for, offered and gave."""
    return _("Assistance"), address("investigations:assistance", case.pk), "hand-helping"


def attention_to(case: Case) -> tuple[str | Promise, str, str]:
    """Where it stands what is open in custody, and what is overdue."""
    return _("Needs attention"), address("evidence:case_attention", case.pk), "triangle-alert"


def asked(route: str, case: Case) -> str:
    """A list's address, narrowed to this case."""
    there = address(route)
    return f"{there}?case={case.pk}" if there else ""


def task_panel(
    request: SignedInRequest, case: Case, incident: Incident | None, **refused: BaseForm
) -> dict[str, Any]:
    """What is still to be done, in the whole case or for one of its incidents."""
    rows = Task.objects.visible_to(request.user).filter(case=case)
    if incident:
        rows = rows.filter(incident=incident)
    return {
        "tasks": list(rows.select_related("case", "owner", "incident")[:TASKS_SHOWN]),
        "may_work": bool(case.duties(request.user) - {Duty.CONTRIBUTE}),
        "task_form": refused.get("task_form") or TaskForm(case=case),
        "task_there": there_of("investigations:task_set", case, incident),
    }


def note_panel(
    request: SignedInRequest, case: Case, incident: Incident | None, **refused: BaseForm
) -> dict[str, Any]:
    """What was remarked, newest first, on the whole case or on one of its incidents."""
    rows = Note.objects.visible_to(request.user).filter(case=case)
    if incident:
        rows = rows.filter(incident=incident)
    return {
        "notes": list(rows.select_related("case", "author", "incident")[:NOTES_SHOWN]),
        "may_note": bool(case.duties(request.user)),
        "note_form": refused.get("note_form") or NoteForm(),
        "note_there": there_of("investigations:note_write", case, incident),
    }


def team_panel(request: SignedInRequest, case: Case, **refused: BaseForm) -> dict[str, Any]:
    """Who works on the case."""
    return {
        "team": case.memberships.current().select_related("user", "user__agency"),
        "member_form": refused.get("member_form") or MemberForm(by=request.user),
        "end_form": refused.get("end_form"),
    }


def there_of(route: str, case: Case, incident: Incident | None) -> str:
    """Where a form of a panel is sent: the incident rides along in the address."""
    there = reverse(route, args=[case.pk])
    return f"{there}?incident={incident.pk}" if incident else there
