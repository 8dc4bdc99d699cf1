"""Which component models occur in which incidents, as people see it."""

import csv
import io

import pytest
from django.urls import reverse

from ledger.models import Entry
from tests.comparison.conftest import GYROSCOPE, SERVO

PAGE, EXPORT = reverse("comparison:commonality"), reverse("comparison:commonality_export")


@pytest.fixture
def found(component_of, strike, harbour):
    """Two gyroscopes of one model, however it is written, and servos of one incident."""
    component_of(strike, "gyroscope-imu", **GYROSCOPE)
    component_of(harbour, "gyroscope-imu", **GYROSCOPE | {"part_number": "v10 a"})
    for _each in range(3):
        component_of(strike, "servo-actuator", **SERVO)
    component_of(strike, "servo-actuator")


def matrix_seen(client, **query):
    return client.get(PAGE, query).context["matrix"]


def rows_of(matrix):
    return {row.name: row.cells for row in matrix.rows}


def test_models_are_counted_by_incident_however_they_are_written(
    client, lena, strike, harbour, found
):
    client.force_login(lena)
    matrix = matrix_seen(client)
    order = [incident.pk for incident in matrix.incidents]
    cells = rows_of(matrix)
    assert list(cells) == ["V10-A", "SG-90"], "the widest spread comes first"
    assert cells["V10-A"] == [1, 1]
    assert cells["SG-90"][order.index(strike.pk)] == 3
    assert matrix.unnamed == 1


def test_the_page_says_what_is_left_out_and_claims_nothing(client, lena, found):
    client.force_login(lena)
    text = client.get(PAGE).content.decode()
    assert "1 component without part number or model is left out." in text
    assert "need not share a supplier" in text
    assert "match" not in text.lower()


def test_the_table_is_narrowed(client, lena, night_raid, harbour, found):
    client.force_login(lena)
    assert list(rows_of(matrix_seen(client, category="servo-actuator"))) == ["SG-90"]
    assert list(rows_of(matrix_seen(client, theatre=str(harbour.theatre_id)))) == ["v10 a"]
    assert len(rows_of(matrix_seen(client, case=str(night_raid.pk)))) == 2
    assert len(rows_of(matrix_seen(client, case="nonsense"))) == 2


def test_what_another_team_found_is_in_no_count(client, lena, soraya, seizure, component_of, found):
    component_of(seizure, "gyroscope-imu", by=soraya, **GYROSCOPE)
    client.force_login(lena)
    matrix = matrix_seen(client)
    assert seizure not in matrix.incidents
    assert rows_of(matrix)["V10-A"] == [1, 1]
    client.force_login(soraya)
    assert sum(rows_of(matrix_seen(client))["V10-A"]) == 3


def test_the_components_behind_the_counts_are_taken_away_with_their_marking(
    client, lena, night_raid, found
):
    client.force_login(lena)
    answer = client.post(EXPORT)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][0].startswith("# TLP:")
    assert len(rows) == 2 + 5, "its marking, its heads, and the five that bear a name"
    entry = Entry.objects.get(act="comparison.models_exported", log=night_raid.pk)
    assert '"rows":5' in entry.body.replace(" ", "")


def test_the_table_costs_the_same_whatever_its_rows(
    client, lena, strike, component_of, found, django_assert_max_num_queries
):
    for number in range(5):
        component_of(strike, "servo-actuator", **SERVO | {"part_number": f"P-{number}"})
    client.force_login(lena)
    client.get(PAGE)
    with django_assert_max_num_queries(14):
        client.get(PAGE)
