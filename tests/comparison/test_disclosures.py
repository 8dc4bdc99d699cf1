"""From a hit to a comparison that can be read: asked, answered, and kept in both ledgers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency
from comparison import services
from comparison.models import Disclosure, Hit
from core.errors import Refused, Stale
from core.markings import Handling
from core.scope import asking_as
from evidence import services as evidence
from evidence.models import Component, Item
from investigations import services as investigations
from investigations.models import Case, Notice, Request, Role
from ledger.models import Entry
from tests.comparison.across import (
    boarding,
    coast_guard,
    dhow,
    hit,
    nadia,
    ours,
    theirs,
    viktor,
)
from tests.conftest import person
from tests.evidence.photographs import photograph

__all__ = ["boarding", "coast_guard", "dhow", "hit", "nadia", "ours", "theirs", "viktor"]
WHY = "Both castings look alike."


@pytest.fixture
def pictured(theirs: Component, nadia):
    """Two photographs of the other agency's part."""
    files = []
    for side in (1700, 1600):
        file = evidence.receive_file(
            theirs.case, by=nadia, chunks=[photograph(side)], name="a.jpg", item=theirs.item
        )
        evidence.examine_file(file)
        files.append(file)
    return files


@pytest.fixture
def asked(hit: Hit, lena, pictured) -> Disclosure:
    """Lena has asked."""
    return services.ask_for_disclosure(hit, by=lena, reason=WHY)


def digest_for(asked: Disclosure) -> str:
    return services.sha256_of(services.offered(asked.request))


def share(asked: Disclosure, by, **facts) -> Disclosure:
    services.share(asked.request, by=by, sha256=digest_for(asked), **facts)
    asked.refresh_from_db()
    return asked


def test_the_owning_lead_is_told_who_asks_and_why(asked, nadia, viktor, client):
    notice = Notice.objects.visible_to(nadia).get()
    assert notice.request == asked.request
    assert Request.objects.visible_to(nadia).awaiting(nadia).get() == asked.request
    client.force_login(nadia)
    there = client.get(reverse("investigations:request_detail", args=[asked.request_id]))
    text = client.get(there["Location"]).content.decode()
    for told in ("Lena Vogt", "JIM", WHY, "trong support", "1 within 30 days", "Share this"):
        assert told in text
    client.force_login(viktor)
    assert "Share this" not in client.get(there["Location"]).content.decode()


def test_the_lead_learns_nothing_else_of_the_asking_case(
    asked, night_raid, strike, ours, nadia, client
):
    client.force_login(nadia)
    page = client.get(reverse("comparison:disclosure_review", args=[asked.request_id]))
    for secret in (
        *(night_raid.ref, night_raid.title, night_raid.public_title, strike.title),
        *("Amal", "Iraq", "SN-004120", str(ours.pk), str(night_raid.pk), str(asked.pk)),
    ):
        assert secret not in page.content.decode(), secret


def test_the_lead_sees_exactly_what_would_be_shared(asked, nadia, theirs, client):
    client.force_login(nadia)
    text = client.get(
        reverse("comparison:disclosure_review", args=[asked.request_id])
    ).content.decode()
    for told in (theirs.item.exhibit_no, "SN-004128", "V10-A", "Yemen", "TLP:AMBER"):
        assert told in text
    assert text.count('name="pictures"') == 2


def test_once_shared_the_comparison_can_be_read_and_nothing_else(
    asked, nadia, lena, dhow, theirs, boarding, client
):
    share(asked, nadia)
    client.force_login(lena)
    page = client.get(reverse("comparison:disclosure_detail", args=[asked.pk]))
    text = page.content.decode()
    for told in ("SN-004120", "SN-004128", "6,399", "times more probable", "five ribs"):
        assert told in text
    for secret in (
        dhow.ref,
        dhow.title,
        dhow.public_title,
        boarding.title,
        "Nadia",
        str(theirs.pk),
    ):
        assert secret not in text, secret
    with asking_as(lena):
        assert not Case.objects.visible_to(lena).filter(pk=dhow.pk).exists()
        assert not Item.objects.visible_to(lena).filter(pk=theirs.item_id).exists()
        assert not Component.objects.visible_to(lena).filter(pk=theirs.pk).exists()


def test_the_left_column_is_always_the_reader_s_own(asked, nadia):
    share(asked, nadia)
    rows = {row["feature"]: row for row in asked.shared["comparison"]["explanation"]["rows"]}
    assert (rows["serial"]["left"], rows["serial"]["right"]) == ("SN-004120", "SN-004128")


def test_only_the_photographs_that_were_let_out_are_served(
    asked, nadia, lena, omar, client, pictured
):
    share(asked, nadia, pictures=[str(pictured[1].pk)])
    client.force_login(lena)
    first = client.get(reverse("comparison:shared_picture", args=[asked.pk, 0]))
    assert first.status_code == 200
    assert first["Content-Type"] in {"image/jpeg", "image/png", "image/webp"}
    assert client.get(reverse("comparison:shared_picture", args=[asked.pk, 1])).status_code == 404
    client.force_login(omar)
    assert client.get(reverse("comparison:shared_picture", args=[asked.pk, 0])).status_code == 404


def test_before_the_answer_nothing_is_served(asked, lena, client):
    client.force_login(lena)
    assert client.get(reverse("comparison:shared_picture", args=[asked.pk, 0])).status_code == 404
    text = client.get(reverse("comparison:disclosure_detail", args=[asked.pk])).content.decode()
    assert "SN-004128" not in text


def test_both_ledgers_hold_the_same_digest(asked, nadia, night_raid, dhow):
    share(asked, nadia)
    mine = Entry.objects.get(act="comparison.disclosure_accepted")
    yours = Entry.objects.get(act="comparison.disclosed")
    assert (mine.log, yours.log) == (night_raid.pk, dhow.pk)
    assert mine.facts == yours.facts == {"sha256": asked.sha256}
    assert asked.sha256 == services.sha256_of(asked.shared)
    assert Entry.objects.get(act="comparison.disclosure_asked").log == night_raid.pk
    assert Entry.objects.filter(act="investigations.request_made", log=dhow.pk).exists()


def test_a_refusal_is_read_with_its_reason_by_those_who_asked(
    asked, nadia, lena, night_raid, dhow, client
):
    services.refuse_to_share(asked.request, by=nadia, reason="The trial is next week.")
    client.force_login(lena)
    text = client.get(reverse("comparison:disclosure_detail", args=[asked.pk])).content.decode()
    assert "The trial is next week." in text
    assert "SN-004128" not in text
    logs = {entry.act: entry.log for entry in Entry.objects.filter(act__contains="refused")}
    assert logs["comparison.disclosure_refused"] == night_raid.pk
    assert logs["investigations.request_refused"] == dhow.pk


def test_after_a_refusal_the_same_is_not_asked_again_for_a_month(asked, hit, nadia, lena):
    services.refuse_to_share(asked.request, by=nadia, reason="Not now.")
    with pytest.raises(Refused, match="refused"):
        services.ask_for_disclosure(hit, by=lena, reason="Please")
    Disclosure.objects.update(decided_at=timezone.now() - timedelta(days=31))
    assert services.ask_for_disclosure(hit, by=lena, reason="Please").is_waiting


def test_one_question_waits_at_a_time_and_needs_a_reason(asked, hit, lena, soraya):
    with pytest.raises(Refused, match="waits"):
        services.ask_for_disclosure(hit, by=soraya, reason="Please")
    with pytest.raises(Refused, match="why"):
        services.ask_for_disclosure(hit, by=lena, reason=" ")


def test_a_yes_is_to_what_was_looked_at(asked, nadia, theirs):
    looked_at = digest_for(asked)
    evidence.amend_component(theirs, by=nadia, version=1, lot_code="L-7")
    with pytest.raises(Stale):
        services.share(asked.request, by=nadia, sha256=looked_at)
    asked.refresh_from_db()
    assert asked.is_waiting
    assert asked.request.is_waiting


def test_nobody_but_the_lead_answers(asked, viktor, soraya, lena):
    for somebody in (viktor, soraya, lena):
        with pytest.raises(PermissionDenied):
            services.share(asked.request, by=somebody, sha256=digest_for(asked))
        with pytest.raises(PermissionDenied):
            services.refuse_to_share(asked.request, by=somebody, reason="No")


def test_the_page_of_all_requests_does_not_answer_it(asked, nadia):
    with pytest.raises(Refused, match="page of its own"):
        investigations.refuse(asked.request, by=nadia, reason="No")


def test_what_is_marked_more_strictly_meanwhile_is_not_shared(asked, nadia, dhow):
    digest = digest_for(asked)
    investigations.mark_more_strictly(
        dhow, Handling(tlp="amber+strict", pap="amber"), by=nadia, reason="The judge's order"
    )
    with pytest.raises(Refused, match="may not be shared"):
        services.share(asked.request, by=nadia, sha256=digest)


def test_an_originator_keeps_control(hit, lena, nadia, theirs, dhow):
    navy = person("yusuf", display_name="Yusuf", agency=new_agency("Navy"))
    investigations.admit_member(dhow, navy, roles=[Role.ANALYST], by=nadia)
    control = frozenset({navy.agency_id})
    investigations.mark_more_strictly(
        theirs.item,
        Handling(tlp="amber", pap="amber", originators=control),
        by=nadia,
        reason="It is theirs",
    )
    asked = services.ask_for_disclosure(hit, by=lena, reason=WHY)
    with pytest.raises(Refused, match="keeps control"):
        share(asked, nadia)
    assert share(asked, navy).is_shared


def new_agency(name):
    return Agency.objects.create(name=name, short_name=name.upper())


def test_a_right_that_ends_closes_what_was_shared(
    asked, nadia, lena, soraya, night_raid, dhow, client
):
    share(asked, nadia)
    client.force_login(lena)
    there = reverse("comparison:disclosure_detail", args=[asked.pk])
    investigations.mark_more_strictly(
        dhow, Handling(tlp="red", pap="amber"), by=nadia, reason="The judge's order"
    )
    assert client.get(there).status_code == 404


def test_what_nobody_answers_lapses(asked, hit, lena, nadia):
    later = timezone.now() - timedelta(minutes=1)
    Disclosure.objects.update(lapses_at=later)
    Request.objects.update(lapses_at=later)
    asked.refresh_from_db()
    assert asked.has_lapsed
    with pytest.raises(Refused, match="lapsed"):
        share(asked, nadia)
    assert services.ask_for_disclosure(hit, by=lena, reason=WHY).is_waiting


def test_whoever_asked_is_told_at_home_until_they_have_seen_it(asked, nadia, lena, client):
    share(asked, nadia)
    client.force_login(lena)
    home = reverse("workspace:home")
    assert "Answers of other agencies" in client.get(home).content.decode()
    client.post(reverse("comparison:answers_seen"))
    assert "Answers of other agencies" not in client.get(home).content.decode()
