"""The numbers of the method: proposed by one administrator, adopted by another, never changed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from comparison import services
from comparison.forms import ParameterForm
from comparison.methods.parameters import PARAMETERS
from comparison.models import ParameterSet
from core.errors import Refused
from ledger.models import Entry


@pytest.fixture
def second_admin(admin):
    return User.objects.create_superuser("second", "a-long-password-indeed", agency=admin.agency)


@pytest.fixture
def proposed(admin):
    return services.propose_parameters("2027-1", by=admin, reason="A study", part_differs=0.2)


def test_what_is_proposed_is_not_in_force_until_a_second_administrator_adopts_it(
    proposed, admin, second_admin
):
    assert services.current_parameters() == PARAMETERS
    with pytest.raises(Refused, match="Nobody adopts"):
        services.adopt_parameters(proposed, by=admin)

    services.adopt_parameters(proposed, by=second_admin)
    current = services.current_parameters()
    assert (current.version, current.part_differs) == ("2027-1", 0.2)
    acts = Entry.objects.filter(act__startswith="comparison.parameters").order_by("position")
    assert [(line.act, line.actor_id) for line in acts] == [
        ("comparison.parameters_proposed", admin.pk),
        ("comparison.parameters_adopted", second_admin.pk),
    ]


def test_the_database_itself_keeps_one_person_from_doing_both(proposed, admin):
    with pytest.raises(IntegrityError), transaction.atomic():
        ParameterSet.objects.filter(pk=proposed.pk).update(
            state="adopted", decided_by=admin, decided_at=proposed.created_at
        )


def test_only_administrators_propose_decide_and_refuse(proposed, amal):
    with pytest.raises(PermissionDenied):
        services.propose_parameters("mine", by=amal, reason="x", part_differs=0.2)
    with pytest.raises(PermissionDenied):
        services.adopt_parameters(proposed, by=amal)
    with pytest.raises(PermissionDenied):
        services.refuse_parameters(proposed, by=amal, reason="x")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"part_differs": 7}, "part_differs must be a number from 0.0001 to 1."),
        ({"minimum_recoveries": 99.5}, "must be a whole number from 30"),
        ({"batch_scale": "many"}, "batch_scale must be a number"),
        ({"groups": []}, "make no sense"),
        ({"scale_bounds": [2, 1, 3, 4, 5, 6]}, "must rise"),
        ({"scale_bounds": [3, 10, 100, 1000, 10000, 1000000]}, "another name"),
        ({"of_my_own": 1}, "make no sense"),
        ({}, "Change something"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(admin, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        services.propose_parameters("wrong", by=admin, reason="x", **changes)
    assert not ParameterSet.objects.exists()


def test_a_proposal_needs_a_reason_and_falls_with_its_ground(proposed, admin, second_admin):
    with pytest.raises(Refused):
        services.propose_parameters("no-reason", by=admin, reason=" ", part_differs=0.3)
    other = services.propose_parameters("2027-2", by=admin, reason="Other", lot_differs=0.9)
    services.adopt_parameters(proposed, by=second_admin)

    with pytest.raises(Refused, match="meanwhile"):
        services.adopt_parameters(other, by=second_admin)


def test_a_refusal_has_a_reason_and_is_final(proposed, second_admin):
    with pytest.raises(Refused):
        services.refuse_parameters(proposed, by=second_admin, reason=" ")
    refused = services.refuse_parameters(proposed, by=second_admin, reason="No source")

    assert (refused.state, refused.decision_reason) == ("refused", "No source")
    with pytest.raises(Refused, match="already"):
        services.adopt_parameters(proposed, by=second_admin)


def test_whoever_proposed_may_take_it_back(proposed, admin):
    assert services.refuse_parameters(proposed, by=admin, reason="A slip").state == "withdrawn"


def test_another_verbal_scale_is_another_version_with_a_name_of_its_own(admin, second_admin):
    bounds = [2, 10, 100, 1000, 20000, 1000000]
    scaled = services.propose_parameters(
        "s", by=admin, reason="Agreed", scale_bounds=bounds, scale_version="ours-2027"
    )
    services.adopt_parameters(scaled, by=second_admin)
    assert services.current_parameters().scale.bounds[4] == 20_000
    with pytest.raises(Refused, match="another name"):
        services.propose_parameters(
            "t", by=admin, reason="x", scale_bounds=[3, *bounds[1:]], scale_version="ours-2027"
        )


def test_two_administrators_change_a_number_in_the_administration(client, admin, second_admin):
    address = reverse("admin:comparison_parameterset_add")
    client.force_login(admin)
    assert "0.0001 – 1" in client.get(address).content.decode()
    form = ParameterForm()
    typed = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    typed |= {"name": "2027-1", "reason": "A study", "groups": form["groups"].value()}
    wrong = client.post(address, typed | {"part_differs": "7"})
    assert wrong.status_code == 200
    assert not ParameterSet.objects.exists()
    assert client.post(address, typed | {"part_differs": "0.2"}).status_code == 302

    proposed = ParameterSet.objects.get()
    listing = reverse("admin:comparison_parameterset_changelist")
    adopt = {"action": "adopt", "_selected_action": [str(proposed.pk)]}
    told = client.post(listing, adopt, follow=True).content.decode()
    assert "Nobody adopts what they proposed themselves" in told
    client.force_login(second_admin)
    client.post(listing, adopt)
    assert services.current_parameters().part_differs == 0.2
    page = client.get(reverse("admin:comparison_parameterset_change", args=[proposed.pk]))
    assert "A study" in page.content.decode()
