"""Run as a program on a running installation: five people on two cases, and what befalls them."""

import json
import sys
from dataclasses import replace

import django

django.setup()

from accounts.models import Agency, User  # noqa: E402
from accounts.services import issue_token  # noqa: E402
from catalogue.models import ComponentCategory  # noqa: E402
from core.scope import system_scope  # noqa: E402
from evidence import services as evidence  # noqa: E402
from evidence.models import Item  # noqa: E402
from investigations import services as investigations  # noqa: E402
from investigations.models import Case, Role  # noqa: E402

CLEARED = 4


def someone(name: str) -> User:
    return User.objects.get(username=name)


def harbour() -> Case:
    return Case.objects.get(lead__username="omar")


def people() -> dict[str, object]:
    """Soraya leads one case and Omar another; Amal and Rami work on both, Lena on the first."""
    agency, soraya = Agency.objects.get(short_name="JIM"), someone("soraya")
    soraya.clearance = CLEARED
    soraya.save()
    raid = Case.objects.get(lead=soraya)
    for name in ("amal", "lena", "rami", "omar"):
        User.objects.create_user(name, agency=agency, may_open_cases=name == "omar")
    omar = someone("omar")
    quay = investigations.open_case(
        omar, title="Harbour", public_title="Incident", mandate="Mandate, article 4"
    )
    for case, lead, name, role in (
        (raid, soraya, "amal", Role.ANALYST),
        (raid, soraya, "lena", Role.EXAMINER),
        (raid, soraya, "rami", Role.REVIEWER),
        (quay, omar, "amal", Role.ANALYST),
        (quay, omar, "rami", Role.REVIEWER),
    ):
        investigations.admit_member(case, someone(name), roles=[role], by=lead)
    attack = investigations.enter_incident(quay, by=omar, title="Attack on the harbour")
    kind = ComponentCategory.objects.get(code="gyroscope-imu")
    evidence.log_item(quay, by=omar, incident=attack, kind=kind, description="Gyroscope")
    keys = {}
    for name in ("soraya", "amal", "lena", "rami", "omar"):
        user = someone(name)
        keys[name] = issue_token(user, by=user, name="copy", days=1)[1]
    return {"keys": keys, "raid": str(raid.pk), "quay": str(quay.pk)}


def revoke() -> dict[str, object]:
    """Omar takes Amal off his case."""
    place = harbour().memberships.current().get(user=someone("amal"))
    investigations.end_membership(place, by=someone("omar"))
    return {}


def admit() -> dict[str, object]:
    """Omar takes Lena onto it."""
    investigations.admit_member(
        harbour(), someone("lena"), roles=[Role.EXAMINER], by=someone("omar")
    )
    return {}


def hide() -> dict[str, object]:
    """Soraya marks the first exhibit of her case beyond everybody else."""
    soraya = someone("soraya")
    item = Item.objects.filter(case__lead=soraya).order_by("pk").first()
    assert item is not None
    stricter = replace(item.own_handling, clearance=CLEARED - 1)
    investigations.mark_more_strictly(item, stricter, by=soraya, reason="A source is named on it.")
    return {"item": str(item.pk)}


DEEDS = {"people": people, "revoke": revoke, "admit": admit, "hide": hide}

if __name__ == "__main__":
    with system_scope("a soak test arranges what befalls people"):
        sys.stdout.write(json.dumps(DEEDS[sys.argv[1]]()))
