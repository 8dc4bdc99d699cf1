"""A partner agency, its person on the case, and what is shown to it."""

import pytest

from accounts.models import Agency
from core.markings import Handling
from investigations import services
from investigations.models import Label, Role
from tests.conftest import person


@pytest.fixture
def bureau(db):
    return Agency.objects.create(name="Federal Bureau", short_name="FB", kind="partner")


@pytest.fixture
def frida(night_raid, soraya, bureau):
    user = person("frida", display_name="Frida Lund", agency=bureau)
    services.admit_member(night_raid, user, roles=[Role.PARTNER], by=soraya)
    return user


@pytest.fixture
def shared(strike, bureau):
    """The attack, as it is shown to the bureau."""
    label = Label.for_handling(Handling(shared_with=frozenset({bureau.pk})))
    type(strike).objects.filter(pk=strike.pk).update(label=label)
    return strike
