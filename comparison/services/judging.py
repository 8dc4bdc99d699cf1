"""Judge links: an examiner concludes in fixed words, with a reason, on what was shown."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comparison.methods.words import NEGATIVE, POSITIVE
from comparison.models import AlertCause, Judgement, Link, LinkState
from core.changes import require_fresh
from core.errors import Refused
from core.scope import system_scope
from investigations.models import Duty
from ledger.services import record


@transaction.atomic
def judge_link(
    link: Link,
    *,
    by: User,
    conclusion: str,
    confidence: str,
    reason: str,
    explained: Mapping[str, str] | None = None,
    version: int,
) -> Judgement:
    """Conclude about a link; a second examiner judges without seeing the first's conclusion."""
    link = lock_link(link, by)
    require_fresh(link, version)
    explained = {name: text.strip() for name, text in (explained or {}).items() if text.strip()}
    require_judgeable(link, conclusion, reason, explained)
    judgement = Judgement(
        link=link,
        case_id=link.case_id,
        examiner=by,
        conclusion=conclusion,
        confidence=confidence,
        reason=reason.strip(),
        explained=explained,
        explanation=link.explanation,
        fingerprint=link.fingerprint,
    )
    judgement.full_clean()
    judgement.save(force_insert=True)
    latest = latest_conclusions(link)
    link.state, link.examiners = state_after(latest), len(latest)
    link.save(update_fields=["state", "examiners", "updated_at"])
    told = {"judgement": str(judgement.pk), "said_sha256": digest_of(said_in(judgement))}
    for log in link.chains:
        record(by, "comparison.link_judged", link, log=log, **told)
    return judgement


@transaction.atomic
def resolve_alarm(link: Link, *, by: User, cause: str, reason: str, version: int) -> Link:
    """Say what an alarm turned out to be; only then may the pair be judged."""
    link = lock_link(link, by)
    require_fresh(link, version)
    if not link.is_blocked:
        raise Refused(_("There is no alarm to look into."))
    if cause not in AlertCause.values or not reason.strip():
        raise Refused(_("Say what the alarm turned out to be, and how that is known."))
    link.alert_cause, link.alert_reason, link.alert_resolved_by = cause, reason.strip(), by
    link.version += 1
    link.save()
    said = tellable(link, {"cause": cause, "reason": link.alert_reason})
    for log in link.chains:
        record(by, "comparison.alarm_resolved", link, log=log, **said)
    return link


def tellable(link: Link, said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What either case's chain is told: the words, or across cases only their SHA-256.

    Whoever reads the ledger of one case may know nothing of the other; the digest still proves
    what was written.
    """
    return said if link.case_id == link.other_case_id else {"said_sha256": digest_of(said)}


def said_in(judgement: Judgement) -> dict[str, Any]:
    """A judgement as its digest covers it."""
    told = ("conclusion", "confidence", "reason", "explained")
    return {name: getattr(judgement, name) for name in told}


def digest_of(said: Mapping[str, Any]) -> str:
    """Proves what was written without telling it.

    A conclusion is told to no ledger: the second examiner reads it too, and judges blind.
    """
    plain = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return sha256(plain.encode()).hexdigest()


def lock_link(link: Link, by: User) -> Link:
    """The link as it is now, for an examiner of both cases, until the transaction ends."""
    link = Link.objects.locked_for(by, link)
    require_examiner(link, by)
    return link


def require_examiner(link: Link, user: User) -> None:
    """Raise PermissionDenied unless `user` may examine and compare in both cases."""
    for case in {link.case, link.other_case}:
        case.require(user, Duty.EXAMINE)


def may_judge(link: Link, user: User) -> bool:
    """Whether `user` may examine and compare in both cases."""
    cases = {link.case, link.other_case}
    return all(Duty.EXAMINE in case.duties(user) for case in cases)


def require_judgeable(
    link: Link, conclusion: str, reason: str, explained: Mapping[str, str]
) -> None:
    """The rules of comparison: no conclusion over an alarm, none without reasons."""
    if link.state == LinkState.SUPERSEDED:
        raise Refused(_("The facts behind this comparison have changed: it is superseded."))
    if link.is_blocked:
        raise Refused(_("Look into the alarm first: it may be one object recorded twice."))
    if not reason.strip():
        raise Refused(_("Give the reason for your conclusion."))
    missing = [name for name in link.unexplained if name not in explained]
    if conclusion in POSITIVE and missing:
        raise Refused(_("One unexplained difference is enough to refuse this: explain each first."))


def latest_conclusions(link: Link) -> list[str]:
    """Each examiner's last word about the facts as they stand."""
    with system_scope("a link stands where all its examiners put it, whoever may know how"):
        judgements = list(Judgement.objects.of_what_is_seen_now(link).order_by("id"))
    return list({one.examiner_id: one.conclusion for one in judgements}.values())


def state_after(latest: list[str]) -> str:
    """Where a link stands when these are the examiners' last words."""
    said_yes = any(conclusion in POSITIVE for conclusion in latest)
    said_no = any(conclusion in NEGATIVE for conclusion in latest)
    if said_yes and said_no:
        return LinkState.DISPUTED
    if said_yes:
        return LinkState.CONFIRMED
    return LinkState.REJECTED if said_no else LinkState.PROPOSED
