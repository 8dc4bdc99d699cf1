"""A label spreads to all that is drawn from a thing, and hides it from whoever is not cleared."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from attribution import services
from attribution.models import Citation, Finding
from comparison import services as comparison
from comparison.models import Link, Reading
from core.errors import Refused
from core.markings import Handling
from evidence import services as evidence
from evidence.models import Item
from investigations.models import CaseRecord
from investigations.services.label import ask_to_lower, lower_label, mark_more_strictly
from tests.attribution.conftest import WRITTEN, hand_in_and_approve
from tests.comparison.conftest import component_of, gyros, link, mateo, reference

__all__ = ["component_of", "gyros", "link", "mateo", "reference"]
HARP = Handling(compartments=frozenset({"HARP"}))


@pytest.fixture
def cleared(soraya: User, lena: User, rami: User, dana: User) -> None:
    """All but Amal are in the compartment."""
    for user in (soraya, lena, rami, dana):
        user.compartments = ["HARP"]
        user.save()


@pytest.fixture
def drawn(gyros, link, making, amal, lena, mateo) -> dict[str, CaseRecord]:
    """Everything that rests on the first gyroscope, made while it was open to all."""
    component = gyros[0]
    photo = evidence.receive_file(
        component.case, by=amal, chunks=[b"plate"], name="plate.txt", item=component.item
    )
    marking = evidence.record_marking(
        component, by=amal, kind="logo", state="present-legible", as_seen="KESTREL", photo=photo
    )
    judgement, _second = (
        comparison.judge_link(
            link,
            by=examiner,
            version=link.version,
            conclusion="same-production-run",
            confidence="high",
            reason="Serials 8 apart.",
        )
        for examiner in (lena, mateo)
    )
    link.refresh_from_db()
    words = {**WRITTEN, "statement": "Both were made by Aerotek."}
    finding = services.draft_finding(making, by=amal, **words)
    citation = services.cite(finding, link, by=amal, stance="supports")
    services.submit_finding(finding, by=amal)
    return {
        "component": component,
        "photo": photo,
        "marking": marking,
        "reading": Reading.objects.get(component=component),
        "link": link,
        "judgement": judgement,
        "citation": citation,
        "finding": finding,
        "submission": finding.submissions.get(),
    }


def test_all_that_is_drawn_from_an_exhibit_follows_its_label(drawn, gyros, cleared, soraya):
    mark_more_strictly(gyros[0].item, HARP, by=soraya, reason="It names a source.")
    for name, row in drawn.items():
        row.refresh_from_db()
        assert "HARP" in row.handling.compartments, name
    other = Item.objects.get(pk=gyros[1].item_id)
    assert not other.handling.compartments


def test_what_is_drawn_from_it_later_is_born_with_its_label(gyros, cleared, soraya, making):
    item = mark_more_strictly(gyros[0].item, HARP, by=soraya, reason="It names a source.")
    component = evidence.describe_component(item, by=soraya, category=item.kind)
    photo = evidence.receive_file(item.case, by=soraya, chunks=[b"p"], name="p", item=item)
    marking = evidence.record_marking(component, by=soraya, kind="logo", state="not-examined")
    finding = services.draft_finding(making, by=soraya, **WRITTEN | {"level": 3})
    assert not finding.handling.compartments
    citation = services.cite(finding, item, by=soraya, stance="supports")
    finding.refresh_from_db()
    for row in (component, photo, marking, citation, finding):
        assert row.own_handling.compartments == {"HARP"}, row
    view = {"text": "The plate may be older.", "likelihood": "unlikely"}
    heir = services.record_dissent(finding, by=soraya, **view)
    assert heir.own_handling.compartments == {"HARP"}


def test_a_marking_keeps_the_comparison_made_of_it(gyros, reference, cleared, soraya):
    marking = evidence.record_marking(
        gyros[0], by=soraya, kind="lot", state="present-legible", as_seen="LOT-9"
    )
    mark_more_strictly(marking, HARP, by=soraya, reason="It names a source.")
    for component in gyros:
        comparison.propose_links(component)
    assert Link.objects.get().own_handling.compartments == {"HARP"}
    gyros[0].refresh_from_db()
    assert not gyros[0].handling.compartments


def test_a_part_stays_as_strict_as_its_other_sources_when_one_is_lowered(
    drawn, gyros, cleared, soraya, dana
):
    for component in gyros:
        mark_more_strictly(component.item, HARP, by=soraya, reason="They name a source.")
    asked = ask_to_lower(
        gyros[0].item,
        Handling(),
        by=soraya,
        reason="He agreed.",
    )
    lower_label(asked, by=dana)
    for name in ("component", "marking", "photo"):
        drawn[name].refresh_from_db()
        assert not drawn[name].handling.compartments, name
    for name in ("link", "judgement", "citation", "finding"):
        drawn[name].refresh_from_db()
        assert drawn[name].handling.compartments == {"HARP"}, name


PAGES = {
    "evidence:item_detail": "item",
    "evidence:component_edit": "component",
    "evidence:marking_edit": "marking",
    "evidence:file_detail": "photo",
    "evidence:file_state": "photo",
    "comparison:link_detail": "link",
    "attribution:finding_detail": "finding",
    "api:items-detail": "item",
    "api:components-detail": "component",
    "api:files-detail": "photo",
    "api:comparisons-detail": "link",
    "api:findings-detail": "finding",
}
LISTS = [
    *("evidence:item_list", "comparison:link_list", "attribution:finding_list"),
    *("api:items-list", "api:components-list", "api:files-list", "api:comparisons-list"),
    *("api:findings-list", "evidence:intake_list"),
]


def test_who_is_not_cleared_finds_nothing_of_it(
    client: Client, drawn, gyros, cleared, soraya, amal
):
    item = mark_more_strictly(gyros[0].item, HARP, by=soraya, reason="It names a source.")
    rows = {**drawn, "item": item}
    secrets = {str(row.pk) for row in rows.values()} | {item.exhibit_no, "SN-004120", "KESTREL"}
    for user, expected in ((soraya, 200), (amal, 404)):
        client.force_login(user)
        for route, name in PAGES.items():
            answer = client.get(reverse(route, args=[rows[name].pk]))
            assert answer.status_code == expected, (user, route)
    for route in LISTS:
        text = client.get(reverse(route)).content.decode()
        assert not {secret for secret in secrets if secret in text}, route
    beside = client.get(reverse("evidence:item_detail", args=[gyros[1].item_id])).content.decode()
    assert item.exhibit_no not in beside, "the neighbours of an exhibit"


def test_the_banner_and_the_rest_row_say_how_it_is_handled(client, drawn, gyros, cleared, soraya):
    mark_more_strictly(gyros[0].item, HARP, by=soraya, reason="It names a source.")
    client.force_login(soraya)
    for route in ("evidence:item_list", "comparison:link_list", "attribution:finding_list"):
        assert b"HARP" in client.get(reverse(route), {"tab": "confirmed"}).content, route
    row = client.get(reverse("api:comparisons-detail", args=[drawn["link"].pk])).json()
    assert row["handling"]["compartments"] == ["HARP"]
    assert row["handling"]["tlp"] == "amber"


def test_nothing_goes_out_more_freely_than_it_is_handled(technical, amal, rami, dana):
    finding = hand_in_and_approve(technical, author=amal, reviewer=rami)
    with pytest.raises(Refused, match="TLP:AMBER"):
        services.release_finding(finding, by=dana, audience="public", tlp="green")
    assert not Finding.objects.released().exists()
    assert not finding.releases.exists()


def test_a_successor_is_born_with_what_its_citations_bear(released, gyros, cleared, soraya):
    item = mark_more_strictly(gyros[0].item, HARP, by=soraya, reason="It names a source.")
    Citation.objects.create(case=released.case, finding=released, stance="supports", item=item)
    successor = services.supersede_finding(released, by=soraya)
    assert successor.citations.get(item=item).own_handling.compartments == {"HARP"}
