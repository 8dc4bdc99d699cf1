"""What a finding cites is pinned to how it stood when the finding was handed in."""

import pytest
from django.urls import reverse

from attribution import services
from evidence import services as evidence
from investigations import services as investigations

CHANGED = "changed since it was handed in"


@pytest.fixture
def handed_in(technical, gyro, amal):
    """Handed in with an exhibit and a report."""
    services.cite(technical, gyro, by=amal, stance="supports")
    return services.submit_finding(technical, by=amal)


def shown(client, finding, reader):
    client.force_login(reader)
    return client.get(reverse("attribution:finding_detail", args=[finding.pk])).content.decode()


def test_each_is_pinned_by_version_and_digest(handed_in, gyro):
    gyro.refresh_from_db()
    cited = handed_in.citations.get(item=gyro)
    assert (cited.version_cited, len(cited.sha256_cited)) == (gyro.version, 64)
    assert handed_in.citations.get(item=None).version_cited is None
    pinned = handed_in.submissions.get().text["pinned"]
    assert f"item {gyro.pk} v{gyro.version} sha256:{cited.sha256_cited}" in pinned


def test_a_draft_pins_nothing(client, technical, amal):
    assert not technical.citations.get().is_pinned
    assert CHANGED not in shown(client, technical, amal)


def test_an_exhibit_described_anew_is_told_and_one_handed_over_is_not(
    client, handed_in, gyro, amal, lena
):
    evidence.hand_over(gyro, to=lena, by=amal)
    evidence.receive_item(gyro, by=lena)
    assert CHANGED not in shown(client, handed_in, amal)
    gyro.refresh_from_db()
    evidence.amend_item(gyro, by=amal, version=gyro.version, description="A servo after all")
    assert CHANGED in shown(client, handed_in, amal)


def test_a_file_that_comes_later_is_told(handed_in, night_raid, gyro, amal):
    evidence.receive_file(night_raid, by=amal, chunks=[b"words"], name="a.txt", item=gyro)
    changed = services.changed_since(handed_in.citations.with_sources())
    assert changed == {handed_in.citations.get(item=gyro).pk}


def test_a_report_that_is_graded_anew_is_told(handed_in, report, amal):
    investigations.amend_report(report, by=amal, version=1, reliability="D")
    changed = services.changed_since(handed_in.citations.with_sources())
    assert changed == {handed_in.citations.get(source_report=report).pk}


def test_handing_in_again_pins_anew(handed_in, gyro, amal, rami):
    services.review_finding(handed_in, by=rami, verdict="return", comment="More.")
    gyro.refresh_from_db()
    evidence.amend_item(gyro, by=amal, version=gyro.version, description="A servo after all")
    services.submit_finding(handed_in, by=amal)
    assert services.changed_since(handed_in.citations.with_sources()) == set()


def test_a_successor_begins_unpinned(released, amal):
    assert released.citations.get().is_pinned
    assert not services.supersede_finding(released, by=amal).citations.get().is_pinned
