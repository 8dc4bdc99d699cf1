"""Who a source is: writing it down, opening it for one purpose, and erasing it for good."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from core import security_log
from core.changes import require_fresh
from core.errors import Refused
from core.scope import system_scope
from core.sealing import Unopenable
from investigations.models import (
    Case,
    CaseKey,
    Duty,
    Particulars,
    Purpose,
    Request,
    RequestKind,
    Source,
    SourceIdentity,
)
from investigations.services.case_key import present_key, seal_under, text_of
from investigations.services.request import approve, ask, require_kind
from ledger.models import FormerState
from ledger.services import record

STAYS_OPEN = timedelta(hours=1)
"""For how long a second person's yes lets the one who asked look, each look being written down."""


@transaction.atomic
@sensitive_variables()
def write_identity(source: Source, particulars: Particulars, *, by: User, version: int) -> Source:
    """Write down who a source is; of what is known already, fields left empty stay as they are."""
    source = Source.objects.locked_for(by, source)
    source.require(by, Duty.PROTECT)
    require_fresh(source, version)
    if not particulars.filled():
        raise Refused(_("Fill in at least one field."))
    if particulars.is_named_in(source.remarks):
        raise Refused(_("The remarks on the source name the person: take the name out of them."))
    with system_scope("an identity is sealed"):
        Case.objects.select_for_update(no_key=True).get(pk=source.case_id)
        identity = SourceIdentity.objects.filter(source=source).select_related("key").first()
        known = read(identity) if identity else Particulars()
        identity = identity or SourceIdentity(case=source.case, source=source)
        seal_under(present_key(source.case), identity, known.amended(particulars).written())
    source.identity_at = timezone.now()
    source.version += 1
    source.save(update_fields=["identity_at", "version", "updated_at"])
    fields = particulars.filled()
    record(by, "investigations.identity_written", source, ref=source.pseudonym, fields=fields)
    return source


@transaction.atomic
@sensitive_variables()
def open_identity(source: Source, *, by: User, purpose: str, reason: str) -> Particulars:
    """Show who a source is to one person for one purpose, and write down that it was shown.

    Where it takes a second person, only whoever asked may look, within an hour of the yes.
    """
    source = Source.objects.locked_for(by, source)
    require_may_open(source, by, reason)
    yes = approval_of(source, by)
    if source.needs_second_person and yes is None:
        raise Refused(_("A second person must agree first: ask for it."))
    with system_scope("an identity is opened"):
        identity = SourceIdentity.objects.select_related("key").get(source=source)
        particulars = read(identity)
    if yes and yes.asked["purpose"] != purpose:
        raise Refused(_("The second person agreed to another purpose."))
    require_unnamed(particulars, reason, source)
    record(
        by,
        "investigations.identity_opened",
        source,
        ref=source.pseudonym,
        purpose=str(Purpose(purpose)),
        reason=reason.strip(),
        request=str(yes.pk) if yes else "",
    )
    return particulars


@sensitive_variables()
def read(identity: SourceIdentity) -> Particulars:
    """The particulars that a row holds; one that was tampered with is refused."""
    try:
        return Particulars.read(text_of(identity))
    except Unopenable:
        security_log.note("identity.unopenable", source=identity.source_id)
        raise Refused(
            _("It cannot be opened: it was changed outside of Vestige, or its key is gone.")
        ) from None


def require_unnamed(particulars: Particulars, reason: str, source: Source) -> None:
    """Refuse a reason in which the name stands; each such try is noted, for it may be a guess."""
    if particulars.is_named_in(reason):
        security_log.note("identity.named", source=source.pk)
        raise Refused(_("The reason names the person: take the name out of it."))


@sensitive_variables()
def known_of(source: Source) -> Particulars:
    """What is written down, for the program itself to compare; nothing where it does not open."""
    with system_scope("what is typed about a source must not name it"):
        identity = SourceIdentity.objects.select_related("key").filter(source=source).first()
        try:
            return read(identity) if identity else Particulars()
        except Refused:
            return Particulars()


def require_may_open(source: Source, by: User, reason: str) -> None:
    """The duty, an identity to open, and a reason."""
    source.require(by, Duty.PROTECT)
    if not source.has_identity:
        raise Refused(_("It is not written down who this is."))
    if not reason.strip():
        raise Refused(_("Say why."))


def approval_of(source: Source, by: User) -> Request | None:
    """The yes by which `by` may open this identity now, if there is one."""
    given = (
        Request.objects.visible_to(by)
        .about(source)
        .filter(
            kind=RequestKind.OPEN_IDENTITY,
            state=Request.State.APPROVED,
            asked_by=by,
            decided_at__gt=timezone.now() - STAYS_OPEN,
        )
    )
    return given.order_by("-decided_at").first()


@transaction.atomic
def ask_to_open(source: Source, *, by: User, purpose: str, reason: str) -> Request:
    """Ask a second person to agree that one opens an identity."""
    source = Source.objects.locked_for(by, source)
    require_may_open(source, by, reason)
    require_unnamed(known_of(source), reason, source)
    asked = {"purpose": str(Purpose(purpose))}
    return ask(
        RequestKind.OPEN_IDENTITY, source, by=by, reason=reason, ref=source.pseudonym, asked=asked
    )


@transaction.atomic
def let_open(request: Request, *, by: User) -> Source:
    """The second person's yes: whoever asked may look for an hour; this one sees nothing by it."""
    request = approve(request, by=by)
    require_kind(request, RequestKind.OPEN_IDENTITY)
    source = Source.objects.locked_for(by, Source(pk=request.subject_id))
    record(by, "investigations.identity_let_open", source, ref=source.pseudonym)
    return source


@transaction.atomic
def ask_to_erase(source: Source, *, by: User, reason: str) -> Request:
    """Ask a second person to agree that nobody shall ever again learn who this is."""
    source = Source.objects.locked_for(by, source)
    source.require(by, Duty.MANAGE)
    if not source.has_identity:
        raise Refused(_("It is not written down who this is."))
    require_unnamed(known_of(source), reason, source)
    return ask(RequestKind.ERASE_IDENTITY, source, by=by, reason=reason, ref=source.pseudonym)


@transaction.atomic
def ask_to_erase_all(case: Case, *, by: User, reason: str) -> Request:
    """Ask a second person to agree that all identities of a case, and their key, are destroyed."""
    case.require(by, Duty.MANAGE)
    return ask(RequestKind.ERASE_IDENTITY, case, by=by, reason=reason, ref=case.ref)


@transaction.atomic
def erase_identity(request: Request, *, by: User) -> Case | Source:
    """The second person agrees: the sealed row goes, or with a whole case its key as well.

    Without the key no copy of a row can be opened again. What the ledger says stays.
    """
    request = approve(request, by=by)
    require_kind(request, RequestKind.ERASE_IDENTITY)
    case = Case.objects.visible_to(by).get(pk=request.case_id)
    whole = request.subject_kind == Case._meta.label_lower
    with system_scope("identities are erased, those too that the second person does not see"):
        Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        gone = Source.objects.filter(case=case, identity_at__isnull=False)
        gone = gone if whole else gone.filter(pk=request.subject_id)
        sources = list(gone.select_for_update(no_key=True))
        if not sources and not whole:
            raise Refused(_("It is not written down who this is."))
        forget(sources)
        if whole:
            CaseKey.objects.filter(case=case).delete()
    subject: Case | Source = case if whole else sources[0]
    record(
        by,
        "investigations.identities_erased",
        subject,
        count=len(sources),
        keys="destroyed" if whole else "kept",
        request=str(request.pk),
    )
    return subject


def forget(sources: list[Source]) -> None:
    """Drop the sealed rows of these sources, and what was once said of them and is said no more."""
    SourceIdentity.objects.filter(source__in=sources).delete()
    FormerState.objects.about(Source, {source.pk for source in sources}).delete()
    for source in sources:
        source.identity_at = None
        source.version += 1
        source.save(update_fields=["identity_at", "version", "updated_at"])
