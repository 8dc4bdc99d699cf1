"""Judge links: an examiner concludes in fixed words, with a reason, on what was shown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from comparison.methods.words import POSITIVE, goes_too_far
from comparison.models import AlertCause, Conclusion, Judgement, Link, LinkState
from comparison.services.standing import judgements_that_count, settle
from comparison.services.waiting import tell_examiners
from core.changes import require_fresh
from core.errors import Refused
from investigations.models import Duty, Membership
from investigations.models.membership import DUTIES
from ledger.commitments import commitment
from ledger.services import record

SAID = ("conclusion", "confidence", "reason", "alternatives", "explained")
"""What a judgement says, and what the ledger commits to."""


@dataclass(frozen=True)
class Said:
    """What an examiner concludes: fixed words, how sure, why, and what else may be the source.

    `explained` gives the reason of each difference, by feature.
    """

    conclusion: str
    confidence: str
    reason: str
    alternatives: str = ""
    explained: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def typed(cls, words: Mapping[str, str], explained: Mapping[str, str] | None) -> "Said":
        """As it was typed, without the blanks around it."""
        kept = {name: text.strip() for name, text in (explained or {}).items() if text.strip()}
        return cls(**{name: text.strip() for name, text in words.items()}, explained=kept)


@transaction.atomic
def judge_link(
    link: Link,
    *,
    by: User,
    version: int,
    explained: Mapping[str, str] | None = None,
    **words: str,
) -> Judgement:
    """Conclude about a link in `words`: conclusion, confidence, reason and, where other sources
    are possible, alternatives. A second examiner judges without seeing the first's conclusion.
    """
    link = lock_link(link, by)
    require_fresh(link, version)
    said = Said.typed(words, explained)
    earlier = judgements_that_count([link])[link.pk]
    require_judgeable(link, said, earlier, by)
    judgement = judgement_of(link, said, earlier, by)
    judgement.full_clean()
    judgement.save(force_insert=True)
    settle(link, [*earlier, judgement])
    link.save(update_fields=["state", "examiners", "updated_at"])
    for log in link.chains:
        record(by, "comparison.link_judged", link, log=log, **told_of(judgement))
    tell_examiners([link], besides={one.examiner_id for one in [*earlier, judgement]})
    return judgement


def judgement_of(link: Link, said: Said, earlier: Sequence[Judgement], by: User) -> Judgement:
    """The row, frozen with what was shown, and whether the others' words were known."""
    examiners = {one.examiner_id for one in earlier}
    return Judgement(
        link=link,
        case_id=link.case_id,
        examiner=by,
        explanation=link.explanation,
        fingerprint=link.fingerprint,
        is_informed=by.pk in examiners and len(examiners) > 1,
        **{name: getattr(said, name) for name in SAID},
    )


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


def told_of(judgement: Judgement) -> dict[str, Any]:
    """What the ledger is told of a judgement: that it was given, and a commitment to its words.

    The second examiner reads the ledger too, and judges blind. The words of a series are one and
    the same: a mere digest would tell of every pair what was said of the first that one knows.
    """
    said = commitment(plain(said_in(judgement)), bytes(judgement.blind))
    return {"judgement": str(judgement.pk), "said_committed": said}


def said_in(judgement: Judgement) -> dict[str, Any]:
    """A judgement as the ledger commits to it."""
    return {name: getattr(judgement, name) for name in SAID}


def plain(said: Mapping[str, Any]) -> bytes:
    """What was written, in one canonical form."""
    return json.dumps(said, sort_keys=True, ensure_ascii=False).encode()


def digest_of(said: Mapping[str, Any]) -> str:
    """Proves what was written without telling it."""
    return sha256(plain(said)).hexdigest()


def lock_link(link: Link, by: User) -> Link:
    """The link as it is now, for an examiner of both cases, until the transaction ends."""
    link = Link.objects.locked_for(by, link)
    require_examiner(link, by)
    return link


def require_examiner(link: Link, user: User) -> None:
    """Raise PermissionDenied unless `user` may examine and compare in both cases."""
    for case in {link.case, link.other_case}:
        case.require(user, Duty.EXAMINE)


def examines_anywhere(user: User) -> bool:
    """Whether `user` examines and compares in any case at all."""
    roles = [role for role, duties in DUTIES.items() if Duty.EXAMINE in duties]
    return Membership.objects.current().filter(user=user, roles__overlap=roles).exists()


def may_judge(link: Link, user: User) -> bool:
    """Whether `user` may examine and compare in both cases."""
    cases = {link.case, link.other_case}
    return all(Duty.EXAMINE in case.duties(user) for case in cases)


def require_judgeable(link: Link, said: Said, earlier: Sequence[Judgement], examiner: User) -> None:
    """The rules of comparison: no conclusion over an alarm, none without reasons."""
    if link.state == LinkState.SUPERSEDED:
        raise Refused(_("The facts behind this comparison have changed: it is superseded."))
    if link.is_blocked:
        raise Refused(_("Look into the alarm first: it may be one object recorded twice."))
    if not link.awaits_another and examiner.pk not in {one.examiner_id for one in earlier}:
        raise Refused(_("Enough examiners have judged this pair: it awaits no further judgement."))
    require_sound_words(link, said)


def require_sound_words(link: Link, said: Said) -> None:
    """A reason always; differences explained, and no word that says more than what was recorded."""
    if not said.reason:
        raise Refused(_("Give the reason for your conclusion."))
    if said.conclusion == Conclusion.CONSISTENT and not said.alternatives:
        raise Refused(_("“Consistent with” names the other possible sources: write them down."))
    missing = [name for name in link.unexplained if name not in said.explained]
    if said.conclusion in POSITIVE and missing:
        raise Refused(_("One unexplained difference is enough to refuse this: explain each first."))
    level = link.explanation.get("level_if_explained" if link.unexplained else "level")
    if level and goes_too_far(said.conclusion, level):
        allowed = {"level": Conclusion(level).label}
        raise Refused(
            _("What is recorded allows at most: %(level)s. Record what shows more first.") % allowed
        )
