"""Admits the people of the exercise and enters what the catalogue of their world holds."""

from accounts.models import Agency, User
from accounts.services import admit_user, found_agency
from catalogue.models import Theatre
from catalogue.services import enter_maker, enter_theatre
from comparison.services import adopt_reference_set
from investigations.models import Role
from workspace.exercise.story import exhibits, story


def admit_cast(by: User) -> None:
    """Agencies and people, none with a password yet."""
    for facts in story()["agency"].values():
        if not Agency.objects.filter(short_name=facts["short_name"]).exists():
            found_agency(by, **facts)
    for person in story()["person"]:
        if User.objects.filter(username=person["username"]).exists():
            continue
        facts = {name: value for name, value in person.items() if name not in ("roles", "agency")}
        agency = story()["agency"][person["agency"]]["short_name"]
        admit_user(by, agency=Agency.objects.get(short_name=agency), **facts)


def members() -> list[tuple[User, list[str]]]:
    """Everyone of the cast with their roles in the case."""
    people = {person["username"]: person["roles"] for person in story()["person"]}
    users = User.objects.filter(username__in=people).order_by("date_joined", "id")
    return [(user, people[user.username]) for user in users]


def cast_list() -> list[tuple[str, str]]:
    """User names, and the roles in words."""
    return [
        (user.username, ", ".join(str(Role(role).label) for role in roles))
        for user, roles in members()
    ]


def enter_world(by: User) -> None:
    """Theatres, makers and the invented reference counts."""
    for facts in story()["theatre"].values():
        if not Theatre.objects.filter(name=facts["name"]).exists():
            enter_theatre(facts["name"], by=by, native_name=facts["native_name"])
    for group in exhibits().values():
        for maker in sorted({row["maker"] for row in group.values() if "maker" in row}):
            enter_maker(maker, by=by)
    reference = story()["reference"]
    adopt_reference_set(
        reference["name"],
        by=by,
        source=reference["source"],
        as_of=reference["as_of"],
        counts=[tuple(row) for row in reference["counts"]],
    )
