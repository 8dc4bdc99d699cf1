"""No suspect's name slips into a report by a side door, before a finding about them is released."""

import pytest

from attribution import services as attribution
from comparison import services as comparison
from evidence import services as evidence
from investigations import services as investigations
from reports.content.reading import Reading
from reports.models import Report
from tests.comparison.conftest import GYROSCOPE
from tests.reports.conftest import made, picture, text_of


@pytest.fixture
def reading(night_raid, brigade, amal) -> Reading:
    """A report of the case as Amal reads it, a suspect entered and no finding released."""
    return Reading(Report(case=night_raid, requested_by=amal, language="en"))


@pytest.mark.parametrize(
    "text",
    [
        "Cormorant Brigade",
        "the CORMORANT BRIGADE's van",
        "IMG_cormorant_brigade_01.jpg",
        "Cormorant-Brigade.pdf",
        "cormorant.brigade",
        "the  Cormorant\nBrigade",
        "لواء الغاق",
        "لواء_الغاق.png",
    ],
)
def test_a_name_is_withheld_however_it_is_written(reading, text):
    assert "name withheld" in reading.neutral(text)


@pytest.mark.parametrize("text", ["Cormorants nest here", "a brigade", "", "Brigade of Cormorant"])
def test_other_words_stand(reading, text):
    kept = reading.neutral(text)
    assert kept == text or "The Cormorants" in text


def test_accents_written_in_two_ways_are_one_name(night_raid, amal):
    attribution.enter_actor(night_raid, by=amal, name="Épée", kind="cell")
    reading = Reading(Report(case=night_raid, requested_by=amal, language="en"))
    assert "name withheld" in reading.neutral("the E\u0301pe\u0301e cell")


def test_names_of_files_and_remarks_on_exhibits_name_nobody(night_raid, gyro, brigade, amal):
    for name, bytes_of_it in [
        ("Cormorant_Brigade_launcher.jpg", picture("olive")),
        ("Cormorant Brigade orders.txt", [b"plain words"]),
    ]:
        file = evidence.receive_file(night_raid, by=amal, chunks=bytes_of_it, name=name, item=gyro)
        evidence.examine_file(file)
    evidence.amend_item(
        gyro, by=amal, version=1, recovered_by="a Cormorant Brigade deserter",
        no_in_situ_reason="Cormorant Brigade fire",
    )  # fmt: skip
    evidence.store_item(gyro, by=amal, place="Shelf for the Cormorant Brigade")

    text = text_of(made(night_raid, amal))
    assert "name withheld" in text
    assert "ormorant" not in text, [text[at - 80 : at + 40] for at in [text.index("ormorant")]]


def test_a_case_compared_with_keeps_its_suspects_too(
    night_raid, strike, other_case, soraya, component_of, reference
):
    attribution.enter_actor(other_case, by=soraya, name="Heron Cell", kind="cell")
    seizure = investigations.enter_incident(other_case, by=soraya, title="Heron Cell dhow boarded")
    ends = (strike, {}), (seizure, {"serial_number": "SN-004128"})
    for incident, serial in ends:
        component = component_of(incident, "gyroscope-imu", by=soraya, **GYROSCOPE | serial)
        comparison.propose_links(component)

    text = text_of(made(night_raid, soraya))
    assert "dhow boarded" in text
    assert "Heron" not in text
