"""Colleagues named in a note as @username: told of it, if they may read it."""

import re
from collections.abc import Iterable

from django.db.models import QuerySet
from django.db.models.functions import Lower

from accounts.models import User
from investigations.models import Case, Note, Notice
from investigations.services.notice import tell_once

NAMED = re.compile(r"(?<![\w@./+-])@([\w.@+-]{1,150})")
"""A user name is letters, digits and @.+-_ ; an e-mail address in the text names nobody."""

TRAILING = ".@+-"
"""What may end a user name, and may end a sentence as well."""


def tell_mentioned(note: Note, *, by: User) -> list[User]:
    """Leave a notice with each of the team who is named in the note and may read it."""
    named = members_named(note.case, names_in(note.text)).exclude(pk=by.pk)
    people = [person for person in named if may_read(person, note)]
    tell_once(
        [person.pk for person in people],
        Notice.Kind.MENTIONED,
        case=note.case_id,
        label=note.label_id,
        subject=note,
        ref="",
    )
    return people


def names_in(text: str) -> set[str]:
    """The user names that a text may mean, in lower case: with and without a trailing full stop."""
    found = {name.lower() for name in NAMED.findall(text)}
    either = found | {name.rstrip(TRAILING) for name in found}
    return {name for name in either if name.strip(TRAILING)}


def members_named(case: Case, names: Iterable[str]) -> QuerySet[User]:
    """Those of the team who are called so; nobody else is looked for."""
    places = case.memberships.current()
    return (
        User.objects.filter(is_active=True, memberships__in=places)
        .annotate(called=Lower("username"))
        .filter(called__in=sorted(names))
        .distinct()
        .order_by("username")
    )


def may_read(person: User, note: Note) -> bool:
    """Whether the note is shown to them: labels and partners are minded."""
    return Note.objects.visible_to(person).filter(pk=note.pk).exists()
