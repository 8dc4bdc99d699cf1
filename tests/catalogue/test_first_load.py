"""The first load, into a database that nothing or only a colleague's work is in."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from catalogue import services
from catalogue.models import DataLoad

pytestmark = pytest.mark.django_db


def test_the_first_load_counts_what_it_did():
    said = StringIO()
    call_command("load_catalogue", stdout=said)

    assert "weapon_models.json: 859 read = 855 created" in said.getvalue()
    assert said.getvalue().splitlines()[-1].endswith("rows created, 0 changed")


def test_a_model_that_a_colleague_entered_first_is_kept(admin: User):
    mine = services.enter_weapon_model("samad 3", by=admin, powerplant="seen by me")
    services.load_catalogue()

    mine.refresh_from_db()
    assert mine.powerplant == "seen by me"
    assert DataLoad.objects.get(file="weapon_models.json").rows_kept == 1
