"""The history of a record: what each deed changed, what stood there before, and for whom."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from attribution import services as attribution
from core.markings import Handling
from core.scope import asking_as
from evidence import services as evidence
from evidence.models import Item
from investigations import services
from investigations.services.label import mark_more_strictly
from ledger.models import FormerState
from ledger.services import record
from tests.attribution.conftest import supposed


def history_of(client, user, kind, row, **asked):
    client.force_login(user)
    return client.get(reverse("workspace:history", args=[kind, row.pk]), asked)


@pytest.fixture
def reworded(gyro, amal):
    """The gyroscope, described anew by Amal."""
    facts = {"description": "Vertical gyroscope, two gimbals", "condition": "damaged"}
    return evidence.amend_item(gyro, by=amal, version=gyro.version, **facts)


def test_what_a_record_said_before_a_deed_is_kept_beside_its_line(reworded):
    former = FormerState.objects.of(reworded).last()
    assert former.entry.act == "evidence.item_amended"
    assert former.said["description"] == "Vertical gyroscope in a cast housing"
    assert former.changed["description"] == "Vertical gyroscope, two gimbals"
    assert set(former.changed) == {"description", "condition"}
    assert "label" not in former.said


def test_custody_has_a_history_of_its_own(gyro, amal, lena):
    evidence.hand_over(gyro, to=lena, by=amal)
    assert not FormerState.objects.of(gyro).exists()


def test_a_deed_that_changes_nothing_keeps_nothing(gyro, amal):
    before = FormerState.objects.count()
    evidence.amend_item(gyro, by=amal, version=gyro.version, description=gyro.description)
    assert FormerState.objects.count() == before


def test_the_page_tells_each_change_and_the_record_at_any_moment(client, reworded, amal):
    page = history_of(client, amal, "evidence.item", reworded)
    told = page.content.decode()
    assert "Vertical gyroscope in a cast housing" in told and "two gimbals" in told
    assert [step.entry.act for step in page.context["steps"]][-1] == "evidence.item_logged"
    step = page.context["steps"][0]
    earlier = history_of(client, amal, "evidence.item", reworded, at=step.before_at)
    facts = {fact.label: fact.after for fact in earlier.context["told"]}
    assert facts["Short description"] == "Vertical gyroscope in a cast housing"
    assert facts["Incident"] == str(reworded.incident), "references are told by name"
    now = history_of(client, amal, "evidence.item", reworded, at="2199-01-01T00:00")
    facts = {fact.label: fact.after for fact in now.context["told"]}
    assert facts["Short description"] == "Vertical gyroscope, two gimbals"
    long_ago = history_of(client, amal, "evidence.item", reworded, at="1999-01-01T00:00")
    assert "It was not entered yet." in long_ago.content.decode()
    assert history_of(client, amal, "evidence.item", reworded, at="soon").status_code == 422


@pytest.mark.parametrize("kind", ["case", "incident", "site", "actor", "hypothesis"])
def test_each_of_the_main_records_has_its_past(client, night_raid, strike, soraya, kind):
    def amended(what):
        if what == "case":
            return services.amend_case(night_raid, by=soraya, version=1, title="Reworded")
        if what == "incident":
            return services.amend_incident(strike, by=soraya, version=1, title="Reworded")
        if what == "site":
            site = services.enter_site(strike, by=soraya, name="Crater", kind="impact")
            return services.amend_site(site, by=soraya, version=1, name="Reworded")
        if what == "actor":
            actor = attribution.enter_actor(night_raid, by=soraya, name="Cormorants", kind="cell")
            return attribution.amend_actor(actor, by=soraya, version=1, name="Reworded")
        row = supposed(night_raid, soraya, "It was made by Kestrel.", level=3)
        return attribution.amend_hypothesis(row, by=soraya, version=1, statement="Reworded")

    row = amended(kind)
    page = history_of(client, soraya, row._meta.label_lower, row)
    assert "<ins><bdi>Reworded</bdi></ins>" in page.content.decode()


def test_the_past_is_seen_exactly_by_those_who_see_the_record(client, reworded, soraya, amal, omar):
    assert history_of(client, omar, "evidence.item", reworded).status_code == 404
    soraya.clearance = 3
    soraya.save()
    mark_more_strictly(reworded, Handling(clearance=2), by=soraya, reason="A source is named.")
    assert history_of(client, amal, "evidence.item", reworded).status_code == 404
    assert history_of(client, soraya, "evidence.item", reworded).status_code == 200


def test_no_question_of_a_person_reaches_the_kept_states(reworded, amal):
    with asking_as(amal):
        assert not FormerState.objects.exists()
        assert Item.objects.visible_to(amal).exists()


def test_the_past_of_a_sensitive_place_is_for_those_who_enter_evidence(client, strike, amal, rami):
    site = services.enter_site(
        strike, by=amal, name="Safe house", kind="storage-cache", latitude="33.3", longitude="44.4"
    )
    services.amend_site(site, by=amal, version=1, sensitive=True)
    assert history_of(client, amal, "investigations.site", site).status_code == 200
    assert history_of(client, rami, "investigations.site", site).status_code == 403


def test_a_kept_state_is_neither_changed_nor_removed(reworded):
    for deed in (lambda rows: rows.update(said={}), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed(FormerState.objects.all())


def test_changes_from_before_states_were_kept_are_told_as_the_ledger_has_them(client, strike, amal):
    told = {"title": ["Drone over the hill", strike.title]}
    line = record(amal, "investigations.incident_amended", strike, changes=told)
    page = history_of(client, amal, "investigations.incident", strike)
    (step,) = [step for step in page.context["steps"] if step.entry.pk == line.pk]
    assert (step.changes[0].label, step.changes[0].before) == ("Title", "Drone over the hill")
    assert step.before_at == "", "as a whole it is not kept"
