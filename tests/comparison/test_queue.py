"""The queue: the next pair follows the list it was opened from, and a series is judged at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comparison import services
from comparison.models import Judgement, Link
from core.errors import Refused
from ledger.models import Entry
from tests.comparison.conftest import GYROSCOPE, SERVO
from tests.comparison.test_judgements import judge

LIST, SERIES = "comparison:link_list", "comparison:series_judge"
ALIKE = {
    "conclusion": "same-make-and-model",
    "confidence": "high",
    "reason": "One batch of servos; nothing tells them apart.",
}


@pytest.fixture
def servos(component_of, strike, harbour, reference) -> list[Link]:
    """Six pairs of servos: one differs in its wiring, one is the same servo by its number."""
    facts = [{}, {"wiring": "red"}, {"serial_number": "SN-1"}]
    for incident, wiring in ((strike, "red"), (harbour, "blue")):
        for more in facts:
            own = {**more, **({"wiring": wiring} if "wiring" in more else {})}
            services.propose_links(component_of(incident, "servo-actuator", **SERVO, **own))
    links = list(Link.objects.order_by("-rank", "-id"))
    assert any(link.is_blocked for link in links)
    assert any(link.unexplained for link in links)
    return links


def seen(links):
    return {link.pk: link.version for link in links}


def test_a_series_is_judged_pair_by_pair_and_what_needs_a_look_is_left(servos, lena):
    done = services.judge_links(seen(servos), by=lena, **ALIKE)

    left = {link.pk: why for link, why in done.left}
    for link in servos:
        assert (link.pk in left) is bool(link.is_blocked or link.unexplained), link
    assert any("alarm" in why for why in left.values())
    assert any("difference" in why for why in left.values())
    assert len(done.judged) + len(left) == len(servos)
    assert len(done.judged) > 1
    lines = Entry.objects.filter(act="comparison.link_judged", actor=lena)
    assert {line.subject_id for line in lines} == {one.link_id for one in done.judged}
    assert lines.count() == len(done.judged)
    for link in Link.objects.filter(pk__in=[one.link_id for one in done.judged]):
        assert (link.state, link.examiners) == ("proposed", 1)


def test_the_second_examiners_series_is_blind_and_decides(servos, lena, mateo):
    judged = services.judge_links(seen(servos), by=lena, **ALIKE).judged
    assert not Judgement.objects.visible_to(mateo).exists()
    services.judge_links(seen(servos), by=mateo, **ALIKE)
    keys = [one.link_id for one in judged]
    states = Link.objects.filter(pk__in=keys).values_list("state", flat=True)
    assert set(states) == {"confirmed"}
    assert not Judgement.objects.filter(is_informed=True).exists()


def test_a_series_gives_no_second_thoughts_and_overlooks_no_change(servos, lena):
    services.judge_links(seen(servos), by=lena, **ALIKE)
    again = services.judge_links(seen(servos), by=lena, **ALIKE)
    assert not again.judged
    assert any("already" in why for _link, why in again.left)
    (stale,) = services.judge_links({servos[0].pk: 99}, by=lena, **ALIKE).left
    assert "changed" in stale[1]


def test_a_series_is_bounded_and_needs_its_words(servos, lena, monkeypatch):
    for versions, words in (
        ({}, {}),
        (seen(servos), {"reason": " "}),
        (seen(servos), {"conclusion": "consistent-with"}),
    ):
        if versions and words:
            assert not services.judge_links(versions, by=lena, **{**ALIKE, **words}).judged
        else:
            with pytest.raises(Refused):
                services.judge_links(versions, by=lena, **ALIKE)
    with pytest.raises(Refused, match="its own page"):
        one_item = {**ALIKE, "conclusion": "identical-item"}
        services.judge_links(seen(servos), by=lena, **one_item)
    monkeypatch.setattr("comparison.services.series.MOST_AT_ONCE", 2)
    with pytest.raises(Refused, match="At most 2"):
        services.judge_links(seen(servos), by=lena, **ALIKE)


def test_a_series_in_the_browser_judges_exactly_what_was_looked_at(client, servos, lena, strike):
    client.force_login(lena)
    there = reverse(SERIES) + f"?category=servo-actuator&incident={strike.ref.lower()}"
    page = client.get(there)
    told = page.context["form"].initial["seen"]
    assert "will be left" in page.content.decode()

    changed = client.post(there, {**ALIKE, "seen": "0" * 64})
    assert changed.status_code == 409
    assert not Judgement.objects.exists()
    done = client.post(there, {**ALIKE, "seen": told})
    assert done.status_code == 200
    assert "Left for a judgement of their own" in done.content.decode()
    assert Judgement.objects.filter(examiner=lena).count() > 1


def test_a_series_costs_the_same_whatever_its_length(servos, lena, mateo):
    few, many = servos[:2], servos
    costs = []
    for examiner, links in ((lena, few), (mateo, many)):
        with CaptureQueriesContext(connection) as asked:
            services.judge_links(seen(links), by=examiner, **ALIKE)
        costs.append(len(asked))
    assert costs[1] <= costs[0] + 6


def test_only_examiners_judge_a_series(client, servos, amal):
    client.force_login(amal)
    assert client.get(reverse(SERIES)).status_code == 403


@pytest.fixture
def three(link, component_of, strike) -> list[Link]:
    """Three pairs of gyroscopes, the strongest first."""
    for serial in ("SN-004500", "SN-005900"):
        facts = GYROSCOPE | {"serial_number": serial}
        services.propose_links(component_of(strike, "gyroscope-imu", **facts))
    links = list(Link.objects.order_by("-rank", "-id"))
    assert len(links) == 3
    return links


@pytest.mark.parametrize("sort", ["-rank", "rank", "-proposed_at", "proposed_at"])
def test_next_and_previous_follow_the_order_of_the_list(client, three, lena, sort):
    client.force_login(lena)
    listed = [row.pk for row in client.get(reverse(LIST), {"sort": sort}).context["page"].rows]
    page = client.get(reverse("comparison:link_detail", args=[listed[1]]), {"sort": sort})
    assert page.context["following"].pk == listed[2]
    assert page.context["previous"].pk == listed[0]
    assert f"sort={sort}" in page.content.decode()


def test_next_follows_the_filter_and_comes_round_to_what_was_skipped(client, three, lena):
    client.force_login(lena)
    last = client.get(reverse("comparison:link_detail", args=[three[2].pk]))
    assert last.context["following"] == three[0]
    narrowed = client.get(
        reverse("comparison:link_detail", args=[three[0].pk]), {"category": "servo-actuator"}
    )
    assert narrowed.context["following"] is None


def test_one_goes_on_where_one_left(client, three, lena):
    client.force_login(lena)
    there = reverse("comparison:link_judge", args=[three[1].pk]) + "?sort=rank"
    typed = {"version": 1, "conclusion": "inconclusive", "confidence": "low", "reason": "x"}
    client.post(there, typed)
    resumed = client.get(reverse("comparison:queue_resume"))
    assert str(three[0].pk) in resumed.url
    assert "sort=rank" in resumed.url


def test_without_a_session_one_goes_on_behind_the_last_judgement(client, three, lena):
    judge(three[0], lena, "inconclusive")
    client.force_login(lena)
    assert str(three[1].pk) in client.get(reverse("comparison:queue_resume")).url


@pytest.mark.parametrize(
    ("key", "word"), [("y", "same-"), ("u", "inconclusive"), ("n", "excluded")]
)
def test_a_key_in_the_queue_opens_the_pair_with_its_verdict_chosen(client, link, lena, key, word):
    client.force_login(lena)
    page = client.get(reverse("comparison:link_detail", args=[link.pk]), {"verdict": key})
    assert page.context["form"]["conclusion"].value().startswith(word)


def test_a_judgement_is_taken_back_in_the_browser(client, link, lena, mateo):
    judgement = judge(link, lena)
    client.force_login(lena)
    assert "Undo this judgement" in client.get(reverse(LIST)).content.decode()
    there = reverse("comparison:judgement_withdraw", args=[judgement.pk])
    judge(link, mateo)
    refused = client.post(there)
    assert refused.status_code == 422
    assert "A colleague has judged this pair too" in refused.content.decode()


def test_the_page_costs_few_questions(client, link, lena, mateo):
    for examiner in (lena, mateo):
        judge(link, examiner)
    client.force_login(lena)
    there = reverse("comparison:link_detail", args=[link.pk])
    client.get(there)
    with CaptureQueriesContext(connection) as asked:
        client.get(there)
    assert len(asked) <= 20, [one["sql"][:90] for one in asked]


def test_the_waterfall_ends_at_the_total(link):
    bars = services.bars_of(services.lines_of(link))
    *steps, total = bars
    assert sum(float(bar.log10) for bar in steps) == pytest.approx(link.log10_ratio, abs=0.02)
    assert float(total.log10) == pytest.approx(link.log10_ratio, abs=0.01)
    assert all(0 <= bar.start <= bar.start + bar.width <= 100.1 for bar in bars)
    assert total.is_total


def test_examiners_are_told_once_that_comparisons_await_them_and_nothing_of_them(
    client, lena, mateo, amal, link
):
    from investigations.models import Notice

    for examiner in (lena, mateo):
        notice = Notice.objects.visible_to(examiner).unseen().get()
        assert notice.kind == "comparisons-await"
        assert notice.request is None
    assert not Notice.objects.visible_to(amal).exists()
    client.force_login(mateo)
    page = client.get(reverse("investigations:request_list")).content.decode()
    assert "Comparisons await your judgement" in page
    assert "Aerotek" not in page
    client.post(reverse("investigations:notices_seen"))
    judge(link, lena)
    assert Notice.objects.visible_to(mateo).unseen().count() == 1
    assert Notice.objects.visible_to(lena).unseen().count() == 1  # that of the proposal
