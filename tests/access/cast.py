"""Who knocks at every door: one person for each role, and those to whom it must stay shut."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import Agency, ApiToken, User
from accounts.services import issue_token, revoke_token
from core.identity import uuid7
from investigations import services as investigations
from investigations.models import Case, Membership, Role
from tests.conftest import person

MEMBERS = {
    "soraya": [Role.LEAD],
    "amal": [Role.ANALYST],
    "farid": [Role.ANALYST],
    "idris": [Role.CUSTODIAN],
    "lena": [Role.EXAMINER],
    "rami": [Role.REVIEWER],
    "dana": [Role.RELEASING_AUTHORITY],
    "paula": [Role.PROSECUTOR],
}
"""Amal wrote the drafts that Farid, an analyst like her, did not."""

GUESTS = {"petra": Role.PARTNER, "odile": Role.AUDITOR, "ella": Role.EMERGENCY}
"""Who is shown what is shared with their agency, the ledger alone, and all for some hours."""

SHUT_BY_LABEL = ("ursula", "kamal")
"""Analysts who read the case but none of its records: one not cleared, one in no compartment."""

KEYS = ("bound", "expired", "revoked")
"""Keys of Amal's: for another case, run out, taken back."""

OUTSIDERS = ("omar", "hala", "admin")
"""A colleague of the same agency, one whose membership has ended, and the administrator."""

SHUT_OUT = ("nobody", "mazen")
"""A visitor who has not signed in, and an analyst whose account was closed while signed in."""


SECRET: dict[str, Any] = {"clearance": 3, "compartments": ["SOURCE"]}
"""How every record of the case is labelled; the cast is cleared for it, but for two."""


@dataclass(frozen=True)
class Persona:
    """One who knocks: by browser with a session, by program with a key."""

    name: str
    tags: frozenset[str]
    browser: Client
    program: Client

    def __str__(self) -> str:
        roles = sorted(self.tags & set(Role.values))
        return f"{self.name} ({', '.join(roles) or 'no role'})"


def admit_people() -> dict[str, User]:
    """Everybody there is, before any case is opened."""
    mission = Agency.objects.create(name="Joint Investigation Mission", short_name="JIM")
    partner = Agency.objects.create(name="Coast Guard", short_name="CG", kind="partner")
    names = [*MEMBERS, *SHUT_BY_LABEL, "odile", "ella", "omar", "hala", "mazen", "mira"]
    people = {name: person(name, display_name=name.title(), agency=mission) for name in names}
    people["petra"] = person("petra", display_name="Petra", agency=partner)
    people["nadia"] = person("nadia", agency=partner, may_open_cases=True)
    people["admin"] = User.objects.create_superuser("admin", password="let-me-in-please")
    for name in ("soraya", "admin"):
        people[name].may_open_cases = True
    for name, user in people.items():
        user.clearance = 0 if name == "ursula" else SECRET["clearance"]
        user.compartments = [] if name == "kamal" else SECRET["compartments"]
        user.save()
    return people


def gather_team(case: Case, people: dict[str, User]) -> dict[str, Membership]:
    """Every role, and Hala, who leaves again."""
    lead = people["soraya"]
    roles = {**MEMBERS, "mira": [Role.RELEASING_AUTHORITY], "hala": [Role.LEAD]}
    team = {
        name: investigations.admit_member(case, people[name], roles=each, by=lead)
        for name, each in {**roles, "mazen": [Role.ANALYST]}.items()
    }
    investigations.end_membership(team["hala"], by=lead)
    for name in SHUT_BY_LABEL:
        investigations.admit_member(case, people[name], roles=[Role.ANALYST], by=lead)
    for name in ("petra", "odile"):
        investigations.admit_member(case, people[name], roles=[GUESTS[name]], by=lead)
    soon = timezone.now() + timedelta(hours=12)  # longer than anybody knocks
    Membership.objects.create(case=case, user=people["ella"], roles=[GUESTS["ella"]], until=soon)
    return team


def personas(people: dict[str, User]) -> dict[str, Persona]:
    """Those who knock, each signed in where they can be."""
    found = {"nobody": Persona("nobody", frozenset({"anyone"}), visitor(), visitor("vst_0_0"))}
    for name in [*MEMBERS, *OUTSIDERS, "nadia", "mazen"]:
        tags = {"anyone", "signed in", name, *MEMBERS.get(name, ())}
        found[name] = signed_in(people[name], {"anyone"} if name in SHUT_OUT else tags)
    for name, role in GUESTS.items():
        found[name] = signed_in(people[name], {"anyone", "signed in", name, role})
    for name in SHUT_BY_LABEL:
        found[name] = signed_in(people[name], {"anyone", "signed in", name, Role.ANALYST})
    return found | keys_of(people["amal"])


def keys_of(user: User) -> dict[str, Persona]:
    """Keys that open less than their owner does, or nothing any more."""
    keys = {}
    for name in KEYS:
        cases = [uuid7()] if name == "bound" else []
        token, key = issue_token(user, by=user, name=name, days=30, case_ids=cases)
        if name == "expired":
            ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())
        if name == "revoked":
            revoke_token(token, by=user)
        tags = {"anyone", "signed in", name} if name == "bound" else {"anyone"}
        keys[name] = Persona(name, frozenset(tags), visitor(key), visitor(key))
    return keys


def signed_in(user: User, tags: set[str]) -> Persona:
    """The same person twice: in a browser, and as a program with a key of their own."""
    browser = visitor()
    browser.force_login(user)
    _token, key = issue_token(user, by=user, name="sync", days=30)
    return Persona(user.username, frozenset(map(str, tags)), browser, visitor(key))


def visitor(key: str = "") -> Client:
    """One who has not signed in, with or without an API key to show."""
    shown = {"Authorization": f"Bearer {key}"} if key else {}
    return Client(raise_request_exception=False, headers=shown)
