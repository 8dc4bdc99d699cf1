"""Admitting people and agencies, giving passwords, and choosing how pages look."""

import secrets
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, Compartment, User
from core.errors import Refused
from ledger.services import record

CLEARED_FOR = ("clearance", "compartments")
PREFERENCES = {"language", "theme", "density", "time_zone", "keyboard"}


@transaction.atomic
def admit_first_administrator(*, username: str, password: str) -> User:
    """Create the one account of an empty installation: it manages people and may open cases."""
    if User.objects.exists():
        raise Refused(_("People are registered already; ask one of the administrators."))
    user = User.objects.create_superuser(
        username, password=password, display_name="Administrator", may_open_cases=True
    )
    record(None, "accounts.first_administrator_admitted", user)
    return user


@transaction.atomic
def found_agency(by: User | None, **fields: Any) -> Agency:
    """Enter an agency."""
    require_administrator(by)
    agency = Agency.objects.create(**fields)
    record(by, "accounts.agency_founded", agency, name=agency.name)
    return agency


@transaction.atomic
def admit_user(by: User | None, *, username: str, **fields: Any) -> User:
    """Enter a person without a password; `set_password` gives them one."""
    require_administrator(by)
    user = User(username=username, **fields)
    user.set_unusable_password()
    user.save()
    record(by, "accounts.user_admitted", user, username=username)
    return user


@transaction.atomic
def give_random_password(user: User, *, by: User | None) -> str:
    """Set a new random password and return it, to be shown once."""
    require_administrator(by)
    password = random_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by, "accounts.password_given", user)
    return password


@transaction.atomic
def note_password_set(user: User, *, by: User) -> None:
    """Leave a line that an administrator set somebody's password by hand."""
    require_administrator(by)
    record(by, "accounts.password_given", user)


@transaction.atomic
def choose_preferences(user: User, **preferences: Any) -> User:
    """Change how the product looks to `user`."""
    unknown = set(preferences) - PREFERENCES
    if unknown:
        raise Refused(_("There is no such preference."))
    for name, value in preferences.items():
        setattr(user, name, value)
    user.save(update_fields=list(preferences))
    record(user, "accounts.preferences_chosen", user, chosen=sorted(preferences))
    return user


def random_password() -> str:
    """A password of 96 random bits, in groups that can be read out and typed."""
    return "-".join(secrets.token_hex(3) for _part in range(4))


def require_administrator(by: User | None) -> None:
    """Only administrators, and the program itself (None), manage accounts."""
    if by is not None and not by.is_superuser:
        raise PermissionDenied


@transaction.atomic
def keep_account_edit(row: Agency | Compartment | User, *, by: User, fields: list[str]) -> None:
    """Save what an administrator edited, naming the fields changed and what one is cleared for."""
    require_administrator(by)
    told: dict[str, Any] = {}
    if isinstance(row, User):
        require_another_for_more(row, by=by)
        told = {name: getattr(row, name) for name in CLEARED_FOR if name in fields}
    row.full_clean(exclude=["password"])
    row.save()
    record(by, "accounts.account_edited", row, fields=sorted(fields), **told)


def require_another_for_more(row: User, *, by: User) -> None:
    """Nobody gives themselves more: what opens more to an administrator another one must give."""
    if row.pk != by.pk:
        return
    before = User.objects.get(pk=row.pk)
    more = (
        row.clearance > before.clearance
        or not set(row.compartments) <= set(before.compartments)
        or row.agency_id != before.agency_id
        or (row.is_superuser and not before.is_superuser)
        or (row.is_staff and not before.is_staff)
        or (row.may_open_cases and not before.may_open_cases)
    )
    if more:
        raise Refused(
            _("Nobody gives themselves more rights: another administrator has to do this.")
        )
