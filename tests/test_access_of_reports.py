"""What is printed and fetched beyond the walk: labels, reports, and names of actors in them."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from attribution.models import Finding
from core.errors import Refused
from core.identity import uuid7
from investigations.models import Membership, Role
from reports.content.dossier import target_section
from reports.content.reading import Reading
from reports.models import Report
from reports.services import request_bundle, request_report
from reports.services.dossier import require_printable
from tests.access.scene import browser_of, world
from tests.access.walking import UUID, knock, path_to
from tests.access.world import World
from tests.access_table import SHEET
from tests.test_access_beyond_the_walk import ABOVE_ALL, called, labelled

__all__ = ["world"]

pytestmark = pytest.mark.django_db

LABELS, SHEET_OF_LABELS = "api:labels-list", "reports:labels"
FETCHED = "api:reports-download"
ASKED_FOR: dict[str, Callable[..., object]] = {
    "report": request_report,
    "bundle": partial(request_bundle, up_to="red"),
}


def test_the_label_of_another_agencys_place_is_printed_like_that_of_none(world: World):
    soraya, answers = browser_of(world, "soraya"), []
    for key in (world.things["room"].pk, world.foreign["room"].pk, uuid7()):
        body = {**SHEET, "places": [str(key)]}
        answer = knock(world, soraya, "post", LABELS, body=body)
        answers.append((answer.status, UUID.sub("…", answer.why)))
    assert answers[0] == (200, "")
    assert answers[1] == answers[2]
    assert answers[1][0] == 422


def test_a_place_of_another_agency_is_not_named_where_labels_are_chosen(world: World):
    soraya = browser_of(world, "soraya")
    ours, theirs, none = (
        knock(world, soraya, "get", SHEET_OF_LABELS, query={"place": key}).shape
        for key in (world.things["room"].pk, world.foreign["room"].pk, uuid7())
    )
    assert theirs == none
    assert ours != none


@pytest.mark.parametrize("what", ASKED_FOR)
def test_an_exhibit_that_is_hidden_is_not_named_among_what_must_stay(world: World, what: str):
    item, soraya = world.things["caveat"].item, called("soraya")
    with transaction.atomic():
        with pytest.raises(Refused, match=item.exhibit_no):
            ASKED_FOR[what](item.case, by=soraya, language="en")
        with labelled(item, ABOVE_ALL):
            assert ASKED_FOR[what](item.case, by=soraya, language="en")
        transaction.set_rollback(True)


def test_no_dossier_is_printed_on_the_strength_of_a_finding_that_is_hidden(world: World):
    measure, paula = world.things["measure"], called("paula")
    later = world.things["approved"]
    names = {"subject": world.things["actor"], "released_at": timezone.now()}
    with transaction.atomic():
        rows = Finding.objects.filter(case=measure.case)
        rows.filter(pk=measure.finding.pk).update(status="superseded", **names)
        rows.filter(pk=later.pk).update(status="released", **names)
        require_printable(measure, paula)
        with labelled(later, ABOVE_ALL), pytest.raises(Refused):
            require_printable(measure, paula)
        transaction.set_rollback(True)


def test_a_report_that_was_promised_to_one_of_the_team_is_fetched_by_the_team_alone(world: World):
    report, lena = world.things["report"], browser_of(world, "lena")
    place = Membership.objects.filter(case=report.case, user=called("lena"))
    with transaction.atomic():
        promised = lena.post(path_to(FETCHED, report)).json()["url"]
        before = lena.get(promised).status_code
        place.update(roles=[Role.EMERGENCY], until=timezone.now() + timedelta(hours=1))
        after = lena.get(promised).status_code
        transaction.set_rollback(True)
    assert (before, after) == (200, 403)


def test_a_report_that_shows_another_case_is_for_readers_of_both(world: World):
    report, lena = world.things["report"], called("lena")
    theirs, seen = world.foreign["case"], []
    with transaction.atomic():
        report.other_cases.add(theirs)
        place = Membership(case=theirs, user=lena)
        for role in (Role.AUDITOR, Role.PARTNER, Role.EXAMINER):
            place.roles = [role]
            place.save()
            seen.append(Report.objects.visible_to(lena).filter(pk=report.pk).exists())
        transaction.set_rollback(True)
    assert seen == [False, False, True]


def test_a_further_name_that_is_hidden_is_not_printed_in_a_dossier(world: World):
    name, reader = world.things["actor_name"], called("paula")

    def printed() -> str:
        report = Report(case=world.things["case"], requested_by=reader, language="en")
        return str(target_section(Reading(report), name.actor))

    assert name.text in printed()
    with labelled(name, ABOVE_ALL):
        assert name.text not in printed()
