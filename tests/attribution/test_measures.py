"""Measures: only on what was released, step by step, and nothing of it is ever changed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from attribution import services
from attribution.models import Finding, FollowUp, Measure, MeasureStep
from core.errors import Refused, Stale
from core.markings import Handling
from core.scope import asking_as
from core.zones import today as due_today
from investigations import services as investigations
from investigations.models import Notice, Role
from investigations.services.label import mark_more_strictly
from ledger.models import Entry
from tests.attribution.conftest import hand_in_and_approve
from tests.conftest import person

LISTED = {"kind": "sanctions-designation", "authority": "Council of the Union"}


@pytest.fixture
def paula(night_raid, soraya):
    """The prosecutor."""
    user = person("paula", display_name="Paula Reyes")
    investigations.admit_member(night_raid, user, roles=[Role.PROSECUTOR], by=soraya)
    return user


@pytest.fixture
def measure(blamed, brigade, amal):
    """The designation of the brigade, announced and no more."""
    return announce(blamed, by=amal, target=brigade)


def announce(finding, *, by, step="announced", day=None, **facts):
    first = {"kind": step, "day": day or timezone.localdate(), "legal_ref": "Decision 2026/14"}
    return services.record_measure(finding, by=by, first=first, **{**LISTED, **facts})


def told(measure, reader):
    """The measure as `reader` is shown it, with its steps and follow-ups."""
    return services.followed(Measure.objects.visible_to(reader).with_lists(), reader).get(
        pk=measure.pk
    )


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def watch(measure, *, by, owner, due):
    return services.set_follow_up(
        measure, by=by, trigger="renewal", task="See whether it is renewed", owner=owner, due=due
    )


def test_a_measure_rests_on_the_very_version_that_was_released(measure, blamed, amal):
    shown = told(measure, amal)
    assert (shown.ref, shown.finding, shown.rests_on_what_stands) == ("ME-0001", blamed, True)
    assert shown.release.submission == blamed.submissions.get()
    assert (shown.state, shown.is_symbolic) == ("announced", True)


@pytest.mark.parametrize("how_far", ["draft", "in-review", "approved", "withdrawn"])
def test_no_measure_rests_on_what_is_not_released(technical, amal, rami, dana, how_far):
    if how_far == "in-review":
        services.submit_finding(technical, by=amal)
    if how_far in ("approved", "withdrawn"):
        hand_in_and_approve(technical, author=amal, reviewer=rami)
    if how_far == "withdrawn":
        services.release_finding(technical, by=dana, audience="partners", tlp="amber")
        services.withdraw_finding(technical, by=dana, reason="The serial was cloned.")
    technical.refresh_from_db()
    with pytest.raises(Refused, match="does not stand released"):
        announce(technical, by=amal)
    assert not Measure.objects.exists()


def test_nobody_is_named_beside_a_finding_that_is_not_about_them(
    night_raid, released, blamed, brigade, amal
):
    with pytest.raises(Refused, match="names nobody"):
        announce(released, by=amal, target=brigade)
    other = services.enter_actor(night_raid, by=amal, name="Heron Cell", kind="cell")
    with pytest.raises(Refused, match="about somebody else"):
        announce(blamed, by=amal, target=other)
    assert announce(released, by=amal).target is None


def test_analysts_lead_and_prosecutor_enter_measures_and_nobody_else(
    blamed, amal, paula, soraya, lena, dana, omar
):
    for somebody in (amal, paula, soraya):
        announce(blamed, by=somebody)
    for somebody in (lena, dana, omar):
        with pytest.raises(PermissionDenied):
            announce(blamed, by=somebody)
    assert Measure.objects.visible_to(lena).count() == 3
    assert not Measure.objects.visible_to(omar).exists()


def test_steps_follow_one_another_and_the_newest_day_says_where_it_stands(measure, amal):
    services.take_step(measure, by=amal, kind="in-force", legal_ref="Official journal L 14")
    services.take_step(measure, by=amal, kind="proposed", day=ago(3), words="Told late.")
    services.take_step(measure, by=amal, kind="contested", url="https://court.example/case/4")
    shown = told(measure, amal)
    assert (shown.state, shown.is_carried_out) == ("contested", True)
    assert [step.seq for step in shown.steps.all()] == [1, 2, 3, 4]


def test_a_wrong_step_is_corrected_by_one_that_names_it(measure, amal):
    wrong = services.take_step(measure, by=amal, kind="in-force")
    with pytest.raises(ValidationError, match="Say why it was wrong"):
        services.take_step(measure, by=amal, kind="adopted", corrects=wrong)
    right = services.take_step(
        measure, by=amal, kind="adopted", corrects=wrong, words="Adopted, not yet in force."
    )
    shown = told(measure, amal)
    assert (shown.state, shown.is_carried_out) == ("adopted", False)
    with pytest.raises(Refused, match="corrected already"):
        services.take_step(measure, by=amal, kind="lifted", corrects=wrong, words="Again.")
    services.take_step(measure, by=amal, kind="not-so", corrects=right, words="Another list.")
    assert told(measure, amal).state == "announced"


def test_what_a_step_must_say(measure, blamed, amal):
    with pytest.raises(Refused, match="lies ahead"):
        services.take_step(measure, by=amal, kind="adopted", day=ago(-2))
    with pytest.raises(ValidationError, match="which step did not happen"):
        services.take_step(measure, by=amal, kind="not-so")
    first = MeasureStep.objects.get(measure=measure)
    with pytest.raises(Refused, match="withdraw the measure instead"):
        services.take_step(measure, by=amal, kind="not-so", corrects=first, words="Mistaken.")
    other = announce(blamed, by=amal)
    with pytest.raises(Refused, match="another measure"):
        services.take_step(other, by=amal, kind="adopted", corrects=first, words="Mistaken.")


def test_the_database_lets_nobody_change_a_step(measure, amal):
    asked = "UPDATE attribution_measurestep SET kind = 'lifted'"
    with (
        asking_as(amal),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(asked)


def test_a_superseded_finding_shows_on_the_measure_that_rests_on_it(
    released, amal, rami, dana, night_raid
):
    measure = announce(released, by=amal)
    successor = services.supersede_finding(released, by=amal)
    hand_in_and_approve(successor, author=amal, reviewer=rami)
    services.release_finding(successor, by=dana, audience="partners", tlp="amber")
    shown = told(measure, amal)
    assert (shown.rests_on_what_stands, shown.finding.status) == (False, "superseded")
    services.take_step(measure, by=amal, kind="lifted", words="Listed anew on F-02.")
    old, new = (Finding.objects.get(ref=ref) for ref in ("F-01", "F-02"))
    assert [one.finding for one in services.account_of(night_raid, amal)] == [new, old]
    with pytest.raises(Refused, match="does not stand released"):
        announce(old, by=amal)


def test_a_measure_is_amended_once_and_withdrawn_with_a_reason(measure, amal):
    services.amend_measure(measure, by=amal, version=1, programme="Regime 3")
    with pytest.raises(Stale):
        services.amend_measure(measure, by=amal, version=1, programme="Regime 4")
    with pytest.raises(Refused, match="Say why"):
        services.withdraw_measure(measure, by=amal, reason=" ")
    services.withdraw_measure(measure, by=amal, reason="Another group was listed.")
    with pytest.raises(Refused, match="was withdrawn"):
        services.take_step(measure, by=amal, kind="adopted")
    assert told(measure, amal).withdrawn_reason == "Another group was listed."


def test_the_ledger_tells_the_deeds_and_no_names(measure, blamed, amal):
    services.take_step(measure, by=amal, kind="adopted", words="The Cormorants were told.")
    lines = list(Entry.objects.about(measure).order_by("position"))
    assert [line.act for line in lines] == [
        "attribution.measure_recorded",
        "attribution.measure_step_taken",
    ]
    assert lines[0].facts["sha256"] == blamed.submissions.get().sha256
    assert not [line for line in lines if "Cormorant" in line.body or "Council" in line.body]


def test_a_measure_is_as_closed_as_the_finding_it_rests_on(measure, blamed, amal, farid):
    amal.compartments = ["LANTERN"]
    amal.save()
    closed = Handling(compartments=frozenset({"LANTERN"}))
    mark_more_strictly(blamed, closed, by=amal, reason="It names a source.")
    assert not Measure.objects.visible_to(farid).exists()
    assert not MeasureStep.objects.visible_to(farid).exists()
    assert Measure.objects.visible_to(amal).exists()


def test_words_alone_are_told_as_words_and_silence_as_overdue(blamed, brigade, night_raid, amal):
    announce(blamed, by=amal, day=ago(91), target=brigade)
    statement = announce(blamed, by=amal, day=ago(91), kind="public-attribution")
    services.take_step(statement, by=amal, kind="carried-out", words="It was read out.")
    (outcome,) = services.account_of(night_raid, amal)
    assert outcome.is_symbolic, "a statement that was made is still words"
    assert [one.days_silent for one in outcome.measures] == [91, None]
    assert [one.measure.ref for one in outcome.overdue] == ["ME-0001"]
    (later,) = services.account_of(night_raid, amal, silent_after=180)
    assert later.overdue == []
    frozen = later.measures[0].measure
    services.take_step(frozen, by=amal, kind="in-force")
    (after,) = services.account_of(night_raid, amal)
    assert (after.is_symbolic, after.overdue, len(after.carried_out)) == (False, [], 1)


def test_a_first_step_before_the_release_is_told(blamed, amal):
    early, today = announce(blamed, by=amal, day=date(2024, 1, 31)), announce(blamed, by=amal)
    assert told(early, amal).began_before_release
    assert not told(today, amal).began_before_release


def test_a_follow_up_is_closed_with_what_came_of_it(measure, amal, rami, lena):
    follow_up = watch(measure, by=amal, owner=rami, due=due_today() + timedelta(days=30))
    assert (follow_up.ref, follow_up.state) == ("FU-0001", "open")
    with pytest.raises(PermissionDenied):
        services.close_follow_up(follow_up, by=lena, outcome="Renewed.")
    with pytest.raises(Refused, match="what came of it"):
        services.close_follow_up(follow_up, by=rami, outcome=" ")
    closed = services.close_follow_up(follow_up, by=rami, outcome="Renewed until 2028.")
    assert (closed.closed_by, closed.state) == (rami, "done")
    with pytest.raises(Refused, match="is closed"):
        services.amend_follow_up(closed, by=amal, version=closed.version, task="Ask again")


def test_a_follow_up_is_given_to_somebody_of_the_case(measure, amal, omar):
    with pytest.raises(Refused, match="works on this case"):
        watch(measure, by=amal, owner=omar, due=due_today())


def test_reminders_come_once_for_each_day_on_which_it_is_due(measure, amal, rami, soraya):
    follow_up = watch(measure, by=amal, owner=rami, due=due_today() + timedelta(days=30))
    assert services.remind_of_follow_ups() == 0
    soon = due_today() + timedelta(days=3)
    services.amend_follow_up(follow_up, by=amal, version=1, due=soon)
    assert [services.remind_of_follow_ups() for _again in range(3)] == [1, 0, 0]
    notice = Notice.objects.get(kind="follow-up-due")
    assert (notice.to, notice.about) == (rami, f"FU-0001 · {soon.isoformat()}")
    assert str(follow_up.pk) in notice.door
    investigations.put_notices_away(by=rami)
    assert services.remind_of_follow_ups() == 0
    services.amend_follow_up(follow_up, by=amal, version=2, due=due_today() + timedelta(days=5))
    assert [services.remind_of_follow_ups() for _again in range(2)] == [1, 0]
    FollowUp.objects.filter(pk=follow_up.pk).update(due=due_today() - timedelta(days=1))
    assert [services.remind_of_follow_ups() for _again in range(2)] == [2, 0]
    late = Notice.objects.filter(kind="follow-up-overdue")
    assert set(late.values_list("to", flat=True)) == {rami.pk, soraya.pk}


def test_what_is_closed_or_withdrawn_reminds_nobody(measure, amal, rami, night_raid):
    follow_up = watch(measure, by=amal, owner=rami, due=due_today() - timedelta(days=1))
    (outcome,) = services.account_of(night_raid, amal)
    assert [one.ref for one in outcome.measures[0].overdue_follow_ups] == ["FU-0001"]
    services.close_follow_up(follow_up, by=rami, outcome="Renewed.")
    assert services.remind_of_follow_ups() == 0
    watch(measure, by=amal, owner=rami, due=due_today())
    services.withdraw_measure(measure, by=amal, reason="Another group was listed.")
    assert services.remind_of_follow_ups() == 0
