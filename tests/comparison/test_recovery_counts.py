"""The kept counts of recoveries equal those counted from nothing, whatever was done before."""

import random
from collections import defaultdict
from threading import Thread

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from comparison.methods.rarity import count_recoveries
from comparison.methods.retrieval import hashed, held_key
from comparison.models import Key, Reading, RecoveryCount
from comparison.services.counting import span_key
from comparison.services.reading import columns_of_facts, facts_in, read_component
from comparison.services.statistics import own_counts
from core.scope import system_scope
from evidence.models import Component, Item
from investigations import services as investigations

PARTS, FINISHES = ("V10-A", "V10-B", "SG-90", ""), ("five ribs", "cast", "")


@pytest.fixture
def incidents(strike, harbour, night_raid, amal):
    """Four recoveries of one case."""
    more = [investigations.enter_incident(night_raid, by=amal, title=f"Attack {n}") for n in "ab"]
    return [strike, harbour, *more]


def counted_from_nothing():
    """f and n of every category, the plain way: a recovery counts once, however many items."""
    sightings = defaultdict(list)
    for reading in Reading.objects.all():
        for value in ("", *reading.values):
            sightings[reading.category].append((reading.incident_id, value))
    return {
        hashed(held_key(category, value)): count_recoveries(seen, value)[0]
        for category, seen in sightings.items()
        for value in {value for _recovery, value in seen}
    }


def kept():
    held = RecoveryCount.objects.filter(recoveries__gt=0).exclude(value__startswith="serial-range")
    return dict(held.values_list("key", "recoveries"))


def change_something(chance, component_of, incidents):
    """One random step of a component's life: described, changed, moved, or gone."""
    facts = {
        "part_number": chance.choice(PARTS),
        "finish": chance.choice(FINISHES),
        "serial_number": f"SN-{chance.randrange(100):04d}",
    }
    there = list(Component.objects.all())
    step = chance.choice(["new", "new", "amend", "move"]) if there else "new"
    if step == "new":
        kind = chance.choice(["gyroscope-imu", "servo-actuator"])
        read_component(component_of(chance.choice(incidents), kind, **facts))
        return
    component = chance.choice(there)
    if step == "amend":
        Component.objects.filter(pk=component.pk).update(**facts)
    elif step == "move":
        home = chance.choice(incidents).pk
        Item.objects.filter(pk=component.item_id).update(incident=home)
    read_component(component)


@pytest.mark.parametrize("seed", range(4))
def test_counts_stay_true_through_whatever_happens(seed, component_of, incidents):
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _step in range(25):
        change_something(chance, component_of, incidents)
        assert kept() == counted_from_nothing()
    filed = {(key.hash, key.incident_id, key.reading_id) for key in Key.objects.all()}
    assert filed == {(k, r.incident_id, r.pk) for r in Reading.objects.all() for k in r.keys}


def test_the_own_recovery_does_not_count(component_of, incidents):
    readings = [
        read_component(component_of(one, "gyroscope-imu", part_number="V10-A"))
        for one in (*incidents, incidents[0])
    ]
    assert own_counts(readings[0]) == {"all": 3, "part": 3}
    unfiled = Reading(**columns_of_facts(facts_in(readings[0])))
    assert own_counts(unfiled) == {"all": 4, "part": 4}


def test_the_span_of_a_numbering_follows_its_serials(component_of, incidents):
    facts = {"part_number": "V10-A", "serial_number": "SN-0041"}
    first = read_component(component_of(incidents[0], "gyroscope-imu", **facts))
    last = read_component(
        component_of(incidents[1], "gyroscope-imu", **facts | {"serial_number": "SN-0060"})
    )
    key, _value = span_key(first.counter)
    assert RecoveryCount.objects.get(key=key).recoveries == 20
    Component.objects.filter(pk=last.component_id).update(serial_number="")
    read_component(last.component)
    assert RecoveryCount.objects.get(key=key).recoveries == 1


def test_drift_is_reported_and_mended(component_of, strike, capsys):
    read_component(component_of(strike, "gyroscope-imu", part_number="V10-A"))
    call_command("recount")
    assert "agree" in capsys.readouterr().out

    RecoveryCount.objects.filter(value="part=V10A").update(recoveries=7)
    Key.objects.filter(hash=hashed("part:V10A")).delete()
    with pytest.raises(CommandError, match="2"):
        call_command("recount")
    assert "part=V10A: 7 kept, 1 counted" in capsys.readouterr().out

    call_command("recount", "--rebuild")
    call_command("recount")
    assert kept() == counted_from_nothing()


@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_time_lose_no_count(component_of, incidents):
    facts = {"part_number": "V10-A", "finish": "five ribs", "maker_as_marked": "Aerotek"}
    components = [
        component_of(incidents[n % 4], "gyroscope-imu", **facts, lot_code=f"L{n % 3}")
        for n in range(16)
    ]
    troubles = []

    def work(mine):
        try:
            with system_scope("a test works beside another"):
                for component in mine:
                    with transaction.atomic():
                        read_component(component)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    workers = [Thread(target=work, args=(components[n::4],)) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert troubles == []
    assert kept() == counted_from_nothing()
