"""The keys under which a case's identities are sealed: made, found again, and changed."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from core import security_log
from core.errors import Refused
from core.scope import system_scope
from core.sealing import Keeper, Unopenable, new_key, seal, unseal
from investigations.models import Case, CaseKey, SourceIdentity
from investigations.services.numbering import next_numbers
from ledger.services import record


def keepers() -> Sequence[Keeper]:
    """The present keeper, then former ones."""
    found: Sequence[Keeper] = settings.IDENTITY_KEEPERS
    if not found:
        raise Refused(_("No key of identities was given to this process."))
    return found


def keeper_of(key: CaseKey) -> Keeper:
    """Whoever sealed this key and can open it."""
    for keeper in keepers():
        if keeper.name == key.wrapped_by:
            return keeper
    security_log.note("identity.keeper_missing", keeper=key.wrapped_by)
    raise Unopenable


@sensitive_variables()
def opened(key: CaseKey) -> bytes:
    """The key itself."""
    return keeper_of(key).unwrap(bytes(key.wrapped), about=key.about)


@sensitive_variables()
def new_case_key(case: Case) -> CaseKey:
    """A random key for this case, sealed by the present keeper."""
    keeper = keepers()[0]
    key = CaseKey(case=case, number=next_numbers(case, "identity key")[0], wrapped_by=keeper.name)
    key.wrapped = keeper.wrap(new_key(), about=key.about)
    key.save(force_insert=True)
    record(None, "investigations.case_key_made", key, number=key.number, keeper=keeper.name)
    return key


def present_key(case: Case) -> CaseKey:
    """The key that is sealed with now; the first identity of a case makes it.

    The caller has locked the case, so that no rotation comes between.
    """
    return CaseKey.objects.filter(case=case).order_by("-number").first() or new_case_key(case)


@sensitive_variables()
def seal_under(key: CaseKey, identity: SourceIdentity, text: bytes) -> None:
    """Write the text into the row, sealed for this source of this case."""
    identity.key = key
    identity.sealed = seal(text, key=opened(key), about=identity.about)
    identity.save()


@sensitive_variables()
def text_of(identity: SourceIdentity) -> bytes:
    """What is sealed in the row, or Unopenable when a bit of it or its place was changed."""
    return unseal(bytes(identity.sealed), key=opened(identity.key), about=identity.about)


@transaction.atomic
@sensitive_variables()
def rotate_case_key(case: Case) -> int:
    """Seal every identity of the case under a new key and forget the old ones; says how many.

    One transaction: killed in the middle, the case is as it was.
    """
    with system_scope("a case's identities are sealed under a new key"):
        case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        old = list(CaseKey.objects.filter(case=case))
        new, count = new_case_key(case), 0
        for identity in SourceIdentity.objects.filter(case=case).select_related("key"):
            seal_under(new, identity, text_of(identity))
            count += 1
        CaseKey.objects.filter(pk__in=[key.pk for key in old]).delete()
        record(None, "investigations.case_key_rotated", new, number=new.number, identities=count)
    return count


@transaction.atomic
@sensitive_variables()
def rewrap_case_key(key: CaseKey) -> CaseKey:
    """Have the present keeper seal a case's key that a former one sealed; idle if it has."""
    with system_scope("a case's key is sealed by another keeper"):
        Case.objects.select_for_update(no_key=True).get(pk=key.case_id)
        key = CaseKey.objects.select_for_update(no_key=True).get(pk=key.pk)
        present = keepers()[0]
        if key.wrapped_by == present.name:
            return key
        before = key.wrapped_by
        key.wrapped = present.wrap(opened(key), about=key.about)
        key.wrapped_by = present.name
        key.save(update_fields=["wrapped", "wrapped_by"])
        record(
            None,
            "investigations.case_key_rewrapped",
            key,
            number=key.number,
            before=before,
            after=present.name,
        )
    return key


def cases_with_keys_before(moment: datetime) -> list[Case]:
    """Cases whose newest key was made before `moment`: what a rotation begun then still owes."""
    with system_scope("all cases are given new keys"):
        newer = CaseKey.objects.filter(created_at__gte=moment).values("case")
        older = CaseKey.objects.filter(created_at__lt=moment).values("case")
        return list(Case.objects.filter(pk__in=older).exclude(pk__in=newer).order_by("pk"))


def keys_of_former_keepers() -> list[CaseKey]:
    """Keys that the present keeper has not sealed yet."""
    with system_scope("all keys are sealed by another keeper"):
        return list(CaseKey.objects.exclude(wrapped_by=keepers()[0].name).order_by("pk"))
