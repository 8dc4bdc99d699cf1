"""Opens the case of the exercise and enters its three incidents."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from catalogue.models import Theatre
from investigations import services
from investigations.models import Case, Incident
from workspace.exercise.cast import members
from workspace.exercise.story import exhibits, story

APART = {"theatre", "casualties", "sources", "site", "latitude", "longitude"}


@transaction.atomic
def open_the_case(lead: User) -> Case:
    """The case with its team; one opened by an earlier, interrupted run is taken up again."""
    facts = story()["case"]
    case = Case.objects.visible_to(lead).filter(title=facts["title"]).first()
    if case is None:
        case = services.open_case(lead, **facts)
        for user, roles in members():
            if user != lead:
                services.admit_member(case, user, roles=roles, by=lead)
    return case


@transaction.atomic
def enter_scene(case: Case, key: str, *, by: User) -> Incident:
    """One incident with its harm, its graded sources and its site."""
    told = story()["incident"][key]
    incident = Incident.objects.filter(case=case, title=told["title"]).first()
    if incident is not None:
        return incident
    incident = services.enter_incident(case, by=by, **facts_of(told))
    for harm, group, least, most in told["casualties"]:
        services.count_casualties(
            incident, by=by, harm=harm, group=group, at_least=least, at_most=most
        )
    for citation, reliability, credibility, party in told["sources"]:
        services.cite_source(
            incident,
            by=by,
            citation=citation,
            reliability=reliability,
            credibility=credibility,
            party_to_conflict=party,
        )
    name, kind, safe = told["site"]
    point = {part: facts_of(told)[part] for part in ("latitude", "longitude", "place_precision")}
    services.enter_site(incident, by=by, name=name, kind=kind, safe_status=safe, **point)
    return incident


def facts_of(told: dict[str, Any]) -> Any:
    """What the story says of an incident, in the types of the investigations room."""
    theatre = story()["theatre"][told["theatre"]]["name"]
    return {
        **{name: value for name, value in told.items() if name not in APART},
        "theatre": Theatre.objects.get(name=theatre),
        "latitude": Decimal(told["latitude"]),
        "longitude": Decimal(told["longitude"]),
    }


@transaction.atomic
def set_tasks(case: Case, *, lead: User, analyst: User) -> None:
    """What is still to be done, and a first note."""
    if case.task_rows.exists():
        return
    services.set_task(case, by=lead, title="Ask the maker about the consignees of lot 2408")
    services.set_task(case, by=lead, title="Transcribe the packing list of the dhow", owner=analyst)
    number = sum(len(group) for group in exhibits().values())
    services.write_note(
        case,
        by=analyst,
        text=f"All {number} exhibits are logged. The gyroscopes A-07 and B-07 look alike: "
        "same casting, serials eight apart. Compare before the meeting.",
    )
