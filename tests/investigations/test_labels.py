"""Labels: who reads what, how it becomes stricter, and that less takes two people."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Agency, Compartment
from core.errors import Refused
from core.markings import Handling
from core.scope import asking_as
from evidence import services as evidence
from evidence.models import Component, Item
from investigations import services
from investigations.models import Case, Incident, Note, Request, Role
from investigations.models.label import Label
from investigations.models.request import DECIDERS, DOORS, RequestKind
from ledger.models import Entry
from tests.conftest import person

pytestmark = pytest.mark.django_db
WITNESS = Handling(compartments=frozenset({"WITNESS"}))
SECRET = Handling(clearance=3)
WHY = "It names a witness."


@pytest.fixture
def cleared(soraya):
    """The lead is cleared, and in the compartment; nobody else of the team is."""
    Compartment.objects.create(code="WITNESS", name="Protected witnesses")
    soraya.clearance, soraya.compartments = 4, ["WITNESS"]
    soraya.save()
    return soraya


@pytest.fixture
def part(gyro, amal):
    """A component of the gyroscope."""
    return evidence.describe_component(
        gyro, by=amal, category=gyro.kind, transcription="single-read", maker_status="marked"
    )


def mark(subject, handling, by):
    return services.mark_more_strictly(subject, handling, by=by, reason=WHY)


def seen_by(user, model):
    with asking_as(user):
        return set(model.objects.visible_to(user))


def page_of(subject):
    return reverse("investigations:handling", args=[subject._meta.label_lower, subject.pk])


def typed(subject, handling=None, **other):
    handling = handling or subject.handling
    return {
        "tlp": handling.tlp,
        "pap": handling.pap,
        "clearance": handling.clearance,
        "compartments": sorted(handling.compartments),
        "releasable_to": sorted(map(str, handling.releasable_to)),
        "originators": sorted(map(str, handling.originators)),
        "reason": WHY,
        **other,
    }


def test_a_component_of_a_labelled_exhibit_is_labelled(cleared, gyro, part, amal):
    mark(gyro, WITNESS, cleared)
    part.refresh_from_db()
    assert part.own_handling == WITNESS
    later = evidence.describe_component(
        Item.objects.get(pk=gyro.pk),
        by=cleared,
        category=gyro.kind,
        transcription="single-read",
        maker_status="marked",
    )
    assert later.own_handling == WITNESS
    assert seen_by(amal, Component) == set()
    assert seen_by(cleared, Component) == {part, later}


def test_raising_takes_effect_on_the_next_request(client, cleared, gyro, amal):
    client.force_login(amal)
    there = reverse("evidence:item_detail", args=[gyro.pk])
    assert client.get(there).status_code == 200
    mark(gyro, SECRET, cleared)
    assert client.get(there).status_code == 404
    assert gyro.exhibit_no not in client.get(reverse("evidence:item_list")).content.decode()


def test_clearance_compartment_and_agency_must_all_fit(cleared, night_raid, strike, amal, mission):
    other = Agency.objects.create(name="Coast Guard", short_name="CG")
    for handling, reads in [
        (Handling(clearance=1), False),
        (Handling(compartments=frozenset({"WITNESS"})), False),
        (Handling(releasable_to=frozenset({other.pk})), False),
        (Handling(releasable_to=frozenset({other.pk, mission.pk})), True),
        (Handling(tlp="red", pap="red"), True),
    ]:
        Incident.objects.filter(pk=strike.pk).update(label=Label.for_handling(handling))
        assert (strike in seen_by(amal, Incident)) is reads, handling


def test_nobody_marks_what_they_could_then_no_longer_read(gyro, amal):
    with pytest.raises(Refused, match="no longer read it yourself"):
        mark(gyro, SECRET, amal)


def test_a_change_that_is_less_strict_in_any_respect_is_not_done_at_once(cleared, gyro):
    gyro = mark(gyro, WITNESS, cleared)
    with pytest.raises(Refused, match="second person"):
        mark(gyro, SECRET, cleared)


def test_every_change_stands_in_the_ledger_with_before_after_and_reason(cleared, gyro):
    mark(gyro, WITNESS, cleared)
    facts = Entry.objects.filter(act="investigations.label_raised").get().facts
    assert facts["before"]["compartments"] == []
    assert facts["after"]["compartments"] == ["WITNESS"]
    assert facts["reason"] == WHY


def test_lowering_needs_the_originators_people(cleared, gyro, dana):
    """The partner keeps control: without one of its people two of ours are not enough."""
    coast = Agency.objects.create(name="Coast Guard", short_name="CG", kind="partner")
    gyro = mark(gyro, Handling(tlp="red", originators=frozenset({coast.pk})), cleared)
    asked = services.ask_to_lower(gyro, Handling(), by=cleared, reason="Not theirs")
    with pytest.raises(Refused, match="keeps control"):
        services.lower_label(asked, by=dana)
    theirs = person("tarek", agency=coast)
    services.admit_member(gyro.case, theirs, roles=[Role.ANALYST], by=cleared)
    assert services.lower_label(asked, by=theirs).own_handling == Handling()


def test_a_part_is_not_lowered_beneath_what_it_is_part_of(cleared, gyro, part):
    mark(gyro, WITNESS, cleared)
    part.refresh_from_db()
    with pytest.raises(Refused, match="drawn from"):
        services.ask_to_lower(part, Handling(), by=cleared, reason="Only a part")


def test_the_edit_form_and_patch_leave_the_handling_alone(client, as_program, soraya, night_raid):
    client.force_login(soraya)
    form = client.get(reverse("investigations:case_edit", args=[night_raid.pk])).context["form"]
    assert not {"tlp", "pap"} & set(form.fields)
    assert "tlp" in client.get(reverse("investigations:case_create")).context["form"].fields
    there = reverse("api:cases-detail", args=[night_raid.pk])
    version = {"HTTP_IF_MATCH": f'"{night_raid.version}"'}
    changed = as_program(soraya).patch(there, {"tlp": "clear"}, format="json", **version)
    assert changed.status_code == 422
    with pytest.raises(Refused):
        services.amend_case(night_raid, by=soraya, version=night_raid.version, tlp="clear")


def test_the_page_says_what_holds_and_where_it_comes_from(client, cleared, gyro, part):
    mark(gyro, WITNESS, cleared)
    client.force_login(cleared)
    page = client.get(page_of(part))
    titles = [(ground.title, ground.what) for ground in page.context["grounds"]]
    assert titles == [
        ("Its case", gyro.case.ref),
        ("Exhibit", gyro.exhibit_no),
        ("Its own label", ""),
    ]
    assert "WITNESS" in page.content.decode()


def test_the_consequences_are_shown_before_anything_is_done(client, cleared, gyro, amal, lena):
    client.force_login(cleared)
    page = client.post(page_of(gyro), typed(gyro, SECRET, reason=""))
    assert page.status_code == 200
    change = page.context["change"]
    assert (change["stricter"], change["lose"], change["keep_count"]) == (True, [amal, lena], 1)
    text = page.content.decode()
    assert "2 of the team could no longer read it" in text and "Handle it so from now on" in text
    assert Item.objects.get(pk=gyro.pk).label is None


def test_stricter_is_done_at_once(client, cleared, gyro):
    client.force_login(cleared)
    answer = client.post(page_of(gyro), typed(gyro, SECRET, deed="mark"))
    assert answer.status_code == 302
    assert Item.objects.get(pk=gyro.pk).own_handling == SECRET


def test_less_strict_turns_into_asking_a_second_person(client, cleared, gyro):
    gyro = mark(gyro, SECRET, cleared)
    client.force_login(cleared)
    page = client.post(page_of(gyro), typed(gyro, Handling()))
    assert "Ask a second person" in page.content.decode()
    assert client.post(page_of(gyro), typed(gyro, Handling(), deed="mark")).status_code == 422
    answer = client.post(page_of(gyro), typed(gyro, Handling(), deed="ask"))
    assert answer.headers["Location"].startswith("/requests/")
    assert Item.objects.get(pk=gyro.pk).own_handling == SECRET
    assert Request.objects.get().asked["handling"]["clearance"] == 0


def test_a_reason_is_asked_for_and_everything_typed_is_kept(client, cleared, gyro):
    client.force_login(cleared)
    page = client.post(page_of(gyro), typed(gyro, SECRET, deed="mark", reason=" "))
    assert page.status_code == 422
    assert "reason" in page.context["form"].errors
    assert page.context["form"]["clearance"].value() == "3"


def test_nobody_adds_a_compartment_they_are_not_in(client, amal, gyro):
    Compartment.objects.create(code="SOURCE", name="Sources")
    client.force_login(amal)
    page = client.get(page_of(gyro))
    assert "SOURCE" not in page.content.decode()
    assert client.post(page_of(gyro), typed(gyro, compartments=["SOURCE"])).status_code == 422


def test_a_reviewer_sees_how_it_is_handled_and_may_not_say_otherwise(client, rami, gyro):
    client.force_login(rami)
    assert not client.get(page_of(gyro)).context["may_mark"]
    assert client.post(page_of(gyro), typed(gyro, deed="mark")).status_code == 403


@pytest.mark.parametrize("kind", ["accounts.user", "ledger.entry", "investigations.request", "x.y"])
def test_only_cases_and_their_records_have_such_a_page(client, soraya, night_raid, kind):
    client.force_login(soraya)
    there = reverse("investigations:handling", args=[kind, night_raid.pk])
    assert client.get(there).status_code == 404


def test_to_outsiders_the_page_does_not_exist(client, omar, gyro, night_raid):
    client.force_login(omar)
    assert (
        client.get(page_of(gyro)).status_code == client.get(page_of(night_raid)).status_code == 404
    )
    assert client.post(page_of(gyro), typed(gyro, deed="mark")).status_code == 404


def test_programs_mark_and_ask_on_the_same_terms(as_program, cleared, amal, gyro):
    there = reverse("api:handling-detail", args=["evidence.item", gyro.pk])
    lead = as_program(cleared)
    marked = lead.post(f"{there}mark/", {"clearance": 3, "reason": WHY}, format="json")
    assert (marked.status_code, marked.json()["clearance"]) == (200, 3)
    assert as_program(amal).get(there).status_code == 404
    refused = lead.post(f"{there}mark/", {"clearance": 0, "reason": WHY}, format="json")
    assert refused.status_code == 422
    asked = lead.post(f"{there}lower/", {"clearance": 0, "reason": WHY}, format="json")
    assert (asked.status_code, asked.json()["kind"]) == (201, "lower-label")


def test_every_kind_of_request_has_its_deciders_and_its_door():
    assert set(DECIDERS) == set(DOORS) == set(RequestKind.values)


def test_a_note_is_marked_like_anything_else(client, cleared, night_raid, amal):
    note = services.write_note(night_raid, by=amal, text="The witness is afraid.")
    client.force_login(cleared)
    assert client.post(page_of(note), typed(note, WITNESS, deed="mark")).status_code == 302
    assert seen_by(amal, Note) == set()


def test_a_whole_case_is_marked_by_its_lead_alone(cleared, night_raid, amal):
    with pytest.raises(PermissionDenied):
        mark(night_raid, Handling(tlp="red", pap="red"), amal)
    mark(night_raid, Handling(tlp="red", pap="red", clearance=2), cleared)
    assert seen_by(amal, Case) == set() != seen_by(cleared, Case)
