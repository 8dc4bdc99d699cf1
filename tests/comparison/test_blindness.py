"""The second examiner learns through no door how the first one judged."""

import pytest
from django.urls import reverse

from accounts.models import User
from attribution import services as attribution
from comparison import services
from comparison.models import Judgement, Link
from comparison.services.judging import digest_of, plain, said_in
from core.errors import Refused
from investigations import services as investigations
from investigations.models import Case, Incident, Role
from ledger.commitments import opens
from ledger.models import Entry
from tests.attribution.conftest import supposed
from tests.comparison.conftest import GYROSCOPE
from tests.conftest import person

SAID = "One casting flaw on both"


@pytest.fixture
def mateo(night_raid: Case, soraya: User) -> User:
    """The second examiner, who also analyses and reads the administration."""
    user = person("mateo", display_name="Mateo Ruiz", is_staff=True)
    roles = [Role.EXAMINER, Role.ANALYST]
    investigations.admit_member(night_raid, user, roles=roles, by=soraya)
    return user


def judge(link: Link, by: User, conclusion: str = "same-production-run") -> Judgement:
    """Conclude, saying why."""
    version = Link.objects.get(pk=link.pk).version
    return services.judge_link(
        link, by=by, conclusion=conclusion, confidence="high", reason=SAID, version=version
    )


@pytest.fixture
def judged(link: Link, lena: User) -> Link:
    """A link that the first examiner holds for one production run."""
    judge(link, lena)
    link.refresh_from_db()
    return link


def test_programs_are_told_that_it_is_open(judged, mateo, amal, as_program):
    program = as_program(mateo)
    there = f"/api/v1/comparisons/{judged.pk}/"
    assert program.get(there).json()["state"] == "proposed"
    assert program.get("/api/v1/comparisons/?state=confirmed").json()["results"] == []
    assert len(program.get("/api/v1/comparisons/?state=proposed").json()["results"]) == 1

    assert as_program(amal).get(there).json()["state"] == "proposed"
    judge(judged, mateo, "excluded")
    assert program.get(there).json()["state"] == "disputed"
    assert len(program.get("/api/v1/comparisons/?state=disputed").json()["results"]) == 1


def test_the_ledger_tells_that_it_was_judged_and_not_how(judged, mateo, client):
    line, given = Entry.objects.get(act="comparison.link_judged"), Judgement.objects.get()
    assert line.facts.keys() == {"judgement", "said_committed"}
    assert line.facts["judgement"] == str(given.pk)
    assert opens(line.facts["said_committed"], plain(said_in(given)), bytes(given.blind))
    client.force_login(mateo)
    for page in (
        reverse("workspace:home"),
        reverse("workspace:ledger"),
        reverse("workspace:ledger_entry", args=[line.pk]),
        reverse("comparison:link_list") + "?tab=to-judge",
    ):
        text = client.get(page).content.decode()
        assert SAID not in text
        assert "same-production-run" not in text


def test_the_administration_tells_nothing_either(judged, mateo, client, admin):
    client.force_login(mateo)
    for kind in ("judgement", "link"):
        listed = client.get(reverse(f"admin:comparison_{kind}_changelist"))
        assert listed.status_code == 200
        assert "0 " in listed.content.decode()
        assert SAID not in listed.content.decode()
    judge(judged, mateo)
    listed = client.get(reverse("admin:comparison_judgement_changelist")).content.decode()
    assert "Lena Vogt" in listed


def test_a_comparison_is_cited_only_once_two_have_confirmed_it(judged, mateo):
    hypothesis = supposed(judged.case, mateo, "Kestrel made both.", level=3)
    finding = attribution.draft_finding(hypothesis, by=mateo, statement="Kestrel made both.")
    with pytest.raises(Refused, match="two examiners"):
        attribution.cite(finding, judged, by=mateo, stance="supports")
    judge(judged, mateo)
    attribution.cite(finding, judged, by=mateo, stance="supports")


def test_across_cases_neither_ledger_tells_that_there_is_anything_alike(
    component_of, strike: Incident, seizure: Incident, soraya, reference
):
    services.propose_links(component_of(strike, "gyroscope-imu", **GYROSCOPE))
    other = GYROSCOPE | {"serial_number": "SN-004128"}
    services.propose_links(component_of(seizure, "gyroscope-imu", by=soraya, **other))
    assert Link.objects.count() == 1
    assert not Entry.objects.filter(subject_id=Link.objects.get().pk).exists()


def test_whoever_knows_the_words_of_a_series_cannot_try_them_on_another_pair(
    component_of, strike, harbour, reference, lena, mateo
):
    for incident, serials in ((strike, ("SN-004120",)), (harbour, ("SN-004128", "SN-004131"))):
        for serial in serials:
            facts = GYROSCOPE | {"serial_number": serial}
            services.propose_links(component_of(incident, "gyroscope-imu", **facts))
    words = {"conclusion": "same-production-run", "confidence": "high", "reason": "One series"}
    versions = {link.pk: link.version for link in Link.objects.all()}
    services.judge_links(versions, by=lena, **words)

    told = [line.facts["said_committed"] for line in Entry.objects.order_by("pk")
            if line.act == "comparison.link_judged"]  # fmt: skip
    assert len(told) == len(set(told)) == 2
    assert not {digest_of(said_in(one)) for one in Judgement.objects.all()}.intersection(told)
