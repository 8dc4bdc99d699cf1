"""Who knocks at every door: one person for each role, and those to whom it must stay shut."""

from dataclasses import dataclass

from django.test import Client

from accounts.models import Agency, User
from accounts.services import issue_token
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

OUTSIDERS = ("omar", "hala", "admin")
"""A colleague of the same agency, one whose membership has ended, and the administrator."""

SHUT_OUT = ("nobody", "mazen")
"""A visitor who has not signed in, and an analyst whose account was closed while signed in."""


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
    names = [*MEMBERS, "omar", "hala", "mazen", "mira"]
    people = {name: person(name, display_name=name.title(), agency=mission) for name in names}
    people["nadia"] = person("nadia", agency=partner, may_open_cases=True)
    people["admin"] = User.objects.create_superuser("admin", password="let-me-in-please")
    for name in ("soraya", "admin"):
        people[name].may_open_cases = True
        people[name].save()
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
    return team


def personas(people: dict[str, User]) -> dict[str, Persona]:
    """Those who knock, each signed in where they can be."""
    found = {"nobody": Persona("nobody", frozenset({"anyone"}), visitor(), visitor("vst_0_0"))}
    for name in [*MEMBERS, *OUTSIDERS, "nadia", "mazen"]:
        tags = {"anyone", "signed in", name, *MEMBERS.get(name, ())}
        found[name] = signed_in(people[name], {"anyone"} if name in SHUT_OUT else tags)
    return found


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
