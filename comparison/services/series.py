"""Judge a whole series in one go: many like pairs of one seizure, each on its own merits."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from comparison.models import Conclusion, Judgement, Link
from comparison.services.judging import (
    Said,
    judgement_of,
    require_examiner,
    require_judgeable,
    told_of,
)
from comparison.services.standing import judgements_that_count, settle
from comparison.services.waiting import tell_examiners
from core.changes import require_sound
from core.errors import Refused
from ledger.services import record_many

MOST_AT_ONCE = 500
"""So many pairs in one call; a longer series takes several."""
Reasons = list[tuple[Link, str]]
"""Links that were left, each with the sentence that says why."""


@dataclass
class Series:
    """What came of a series: the judgements given, and the links left, each with the reason."""

    judged: list[Judgement] = field(default_factory=list)
    left: Reasons = field(default_factory=list)


@transaction.atomic
def judge_links(
    versions: Mapping[UUID, int], *, by: User, conclusion: str, confidence: str, reason: str,
    alternatives: str = "",
) -> Series:  # fmt: skip
    """Conclude the same, for one reason, of each of these links as it was seen: {link: version}.

    Nothing is explained away in bulk: pairs with an alarm or an unexplained difference, pairs that
    changed and pairs this person has judged or may not judge are left, and told with the reason.
    """
    if not versions:
        raise Refused(_("Choose at least one comparison."))
    if conclusion == Conclusion.IDENTICAL_ITEM:
        raise Refused(_("That two are one item is said of each pair on its own page."))
    if len(versions) > MOST_AT_ONCE:
        raise Refused(_("At most %(most)s comparisons at once.") % {"most": MOST_AT_ONCE})
    said = Said(conclusion, confidence, reason.strip(), alternatives.strip())
    links = locked(versions, by)
    earlier = judgements_that_count(links)
    series = Series()
    for link in links:
        if why := why_left(link, said, earlier[link.pk], by, versions[link.pk]):
            series.left.append((link, why))
        else:
            series.judged.append(judgement_of(link, said, earlier[link.pk], by))
    keep(series.judged, earlier, by)
    return series


def keep(judged: list[Judgement], earlier: Mapping[UUID, list[Judgement]], by: User) -> None:
    """Write the judgements, put each link where its examiners put it, and a line for each."""
    for judgement in judged:
        require_sound(judgement)
        judgement.inherit_label()
        settle(judgement.link, [*earlier.get(judgement.link_id, []), judgement])
        judgement.link.updated_at = timezone.now()
    Judgement.objects.bulk_create(judged)
    links = [judgement.link for judgement in judged]
    Link.objects.visible_to(by).bulk_update(links, ["state", "examiners", "updated_at"])
    chains: dict[UUID, list[tuple[Link, dict[str, Any]]]] = defaultdict(list)
    for judgement in judged:
        for log in judgement.link.chains:
            chains[log].append((judgement.link, told_of(judgement)))
    for log, lines in sorted(chains.items()):
        record_many(by, "comparison.link_judged", lines, log=log)
    tell_examiners(links, besides={by.pk})


def locked(keys: Iterable[UUID], by: User) -> list[Link]:
    """These links, nobody else's until the deed is done; one out of sight or reach refuses all."""
    keys = list(keys)
    rows = Link.objects.visible_to(by).filter(pk__in=keys).order_by("pk")
    links = list(rows.select_for_update(of=("self",), no_key=True).with_lists())
    if len(links) != len(keys):
        raise PermissionDenied(_("This is not, or no longer, yours to see."))
    for link in {(link.case_id, link.other_case_id): link for link in links}.values():
        require_examiner(link, by)
    return links


def why_left(link: Link, said: Said, earlier: list[Judgement], by: User, version: int) -> str:
    """Why a link is left out of a series; empty where nothing stands against it."""
    if link.version != version:
        return _("It has changed since you looked.")
    if any(one.examiner_id == by.pk for one in earlier):
        return _("You have judged it already: a second thought is given on its own page.")
    if link.unexplained:
        return _("It holds a difference to explain: that is done on its own page.")
    try:
        require_judgeable(link, said, earlier, by)
    except Refused as refusal:
        return str(refusal)
    return ""


def left_of(
    versions: Mapping[UUID, int], *, by: User, conclusion: str, confidence: str, reason: str,
    alternatives: str = "",
) -> Reasons:  # fmt: skip
    """What a series that has been judged left, looked at anew: for whoever asks a second time."""
    said = Said(conclusion, confidence, reason.strip(), alternatives.strip())
    seen = Link.objects.visible_to(by).filter(pk__in=list(versions)).order_by("pk")
    links = list(seen.exclude(pk__in=seen.judged_by(by).values("pk")).with_lists())
    earlier = judgements_that_count(links)
    reasons = [
        (link, why_left(link, said, earlier[link.pk], by, versions[link.pk])) for link in links
    ]
    return [(link, why) for link, why in reasons if why]


def digest_of_series(versions: Mapping[UUID, int]) -> str:
    """Names a set of links as it was seen, so that none slips in between looking and judging."""
    told = "".join(f"{key}:{version};" for key, version in sorted(versions.items()))
    return sha256(told.encode()).hexdigest()
