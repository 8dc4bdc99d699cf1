"""How people prove who they are: second factors, sessions, single sign-on, changed passwords."""

from collections.abc import Iterable

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import User, person_known_as
from accounts.services.account import require_administrator
from core import jobs
from core.identity import uuid7
from ledger.services import record

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def lacks_second_factor(user: User) -> bool:
    """True for a person whose agency requires a second factor, and who has none yet."""
    if user.agency is None or not user.agency.requires_second_factor:
        return False
    return not Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


@transaction.atomic
def note_factors_changed(
    user: User, *, by: User, added: Iterable[str], removed: Iterable[str]
) -> None:
    """Leave a line for each second factor that a person set up or gave up."""
    for kind in added:
        record(by, "accounts.factor_added", user, kind=kind)
    for kind in removed:
        record(by, "accounts.factor_removed", user, kind=kind)


@transaction.atomic
def remove_factors(user: User, *, by: User) -> None:
    """Take away all second factors of a person who lost them, and end their sessions."""
    require_administrator(by)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(UserSession.objects.filter(user=user))
    record(by, "accounts.factors_removed", user)


@transaction.atomic
def note_password_changed(user: User, *, by: User) -> None:
    """Leave a line that a person chose another password."""
    record(by, "accounts.password_changed", user)


@transaction.atomic
def note_single_sign_on_linked(user: User, *, by: User) -> None:
    """Leave a line that the agency's own sign-in opens this account from now on."""
    record(by, "accounts.single_sign_on_linked", user)


@transaction.atomic
def ask_for_reset(email: str) -> None:
    """Have a link for a new password sent, if anybody has this address.

    An unknown address costs the same: a message that is owed to nobody.
    """
    user = person_known_as(email)
    known = user is not None and user.email.lower() == email.lower()
    jobs.ask("accounts.send_reset", user.pk if user and known else uuid7())


@transaction.atomic
def send_reset(user: User) -> None:
    """Send the link; it ends with the first use, with the next sign-in, and after an hour."""
    if not user.is_active or not user.has_usable_password():
        return
    key = PasswordResetTokenGenerator().make_token(user)
    place = {"uidb36": user_pk_to_url_str(user), "key": key}
    link = settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=place)
    with translation.override(user.language):
        words = render_to_string("emails/password_reset.txt", {"link": link})
        send_mail(gettext("A new password for Vestige"), words, None, [user.email])
    record(None, "accounts.reset_sent", user)


def note_session_use(user: User, *, key: str, address: str, device: str) -> None:
    """Remember from where a session was last used; a reading, not a deed, so it leaves no line."""
    UserSession.objects.update_or_create(
        session_key=key,
        defaults={
            "user": user,
            "ip": address,
            "user_agent": device[:200],
            "last_seen_at": timezone.now(),
        },
    )


@transaction.atomic
def revoke_session(session: UserSession, *, by: User) -> None:
    """Sign one's own other device out; its next request finds nobody signed in."""
    end_sessions(UserSession.objects.filter(pk=session.pk, user=by))
    record(by, "accounts.session_revoked", by)


@transaction.atomic
def revoke_other_sessions(*, by: User, keep: str) -> int:
    """Sign every device out but the one with the session `keep`; how many there were."""
    others = UserSession.objects.filter(user=by).exclude(session_key=keep)
    count = end_sessions(others)
    record(by, "accounts.sessions_revoked", by, count=count)
    return count


def end_sessions(sessions: Iterable[UserSession]) -> int:
    """Delete the sessions themselves and what was remembered of them."""
    keys = [session.session_key for session in sessions]
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return len(keys)
