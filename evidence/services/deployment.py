"""Deployments under an agreement: who came, when, with whom as host, and what they touched."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.changes import apply_changes, require_fresh
from core.errors import Refused
from core.kept import note_list
from evidence.models import Deployment, Item
from investigations.models import AssistanceOffer, Duty, Site
from investigations.services import next_numbers
from investigations.services.label import rest_on
from ledger.services import record


class DeploymentFacts(TypedDict, total=False):
    """Who came, when, and who is their host."""

    team: str
    persons: list[str]
    arrives_on: date
    leaves_on: date | None
    liaison: User
    remarks: str


@transaction.atomic
def enter_deployment(
    offer: AssistanceOffer,
    *,
    by: User,
    sites: Sequence[Site] = (),
    exhibits: Sequence[Item] = (),
    **facts: Unpack[DeploymentFacts],
) -> Deployment:
    """Write down a team that came, or comes, under an agreement."""
    offer = lock_agreement(offer, by)
    deployment = Deployment(case=offer.case, offer=offer, **facts)
    require_told(deployment, sites, exhibits, by)
    deployment.full_clean(exclude=["ref"])
    deployment.ref = f"DP-{next_numbers(offer.case, 'deployment')[0]:04d}"
    deployment.save(force_insert=True)
    deployment.sites.add(*sites)
    deployment.exhibits.add(*exhibits)
    rest_on(deployment, [*sites, *exhibits])
    record(
        by,
        "evidence.deployment_entered",
        deployment,
        ref=deployment.ref,
        offer=offer.ref,
        arrives=str(deployment.arrives_on),
        persons=len(deployment.persons),
        **touched(sites, exhibits),
    )
    return deployment


@transaction.atomic
def amend_deployment(
    deployment: Deployment,
    *,
    by: User,
    version: int,
    sites: Sequence[Site] | None = None,
    exhibits: Sequence[Item] | None = None,
    **facts: Unpack[DeploymentFacts],
) -> Deployment:
    """Say it otherwise: what was touched is named as the work goes on."""
    deployment = Deployment.objects.locked_for(by, deployment)
    deployment.case.require(by, Duty.LOG_EVIDENCE)
    require_fresh(deployment, version)
    entered = list(deployment.sites.visible_to(by) if sites is None else sites)
    handled = list(deployment.exhibits.visible_to(by) if exhibits is None else exhibits)
    changes = apply_changes(deployment, facts)
    require_told(deployment, entered, handled, by)
    if not choose_anew(deployment, by, entered, handled) and not changes:
        return deployment
    if not changes:
        deployment.version += 1
    deployment.full_clean(exclude=["ref"])
    deployment.save()
    rest_on(deployment, [*entered, *handled])
    record(
        by,
        "evidence.deployment_amended",
        deployment,
        ref=deployment.ref,
        fields=sorted(changes),
        **touched(entered, handled),
    )
    return deployment


def choose_anew(
    deployment: Deployment, by: User, sites: Sequence[Site], exhibits: Sequence[Item]
) -> bool:
    """Let it name these sites and exhibits, of those that `by` sees; whether that is a change."""
    before_sites = set(deployment.sites.visible_to(by))
    before_items = set(deployment.exhibits.visible_to(by))
    if (before_sites, before_items) == (set(sites), set(exhibits)):
        return False
    deployment.sites.remove(*(before_sites - set(sites)))
    deployment.sites.add(*sites)
    deployment.exhibits.remove(*(before_items - set(exhibits)))
    deployment.exhibits.add(*exhibits)
    note_list(deployment, "sites", before_sites, sites)
    note_list(deployment, "exhibits", before_items, exhibits)
    return True


def touched(sites: Sequence[Site], exhibits: Sequence[Item]) -> dict[str, Any]:
    """What they had access to, as the ledger names it."""
    return {
        "sites": sorted(str(site.pk) for site in sites),
        "exhibits": sorted(item.exhibit_no for item in exhibits),
    }


def require_told(
    deployment: Deployment, sites: Sequence[Site], exhibits: Sequence[Item], by: User
) -> None:
    """A host of the case's own team, people by name, and sites and exhibits of this very case."""
    deployment.persons = [name.strip() for name in deployment.persons or [] if name.strip()]
    if not deployment.persons:
        raise Refused(_("Name at least one person."))
    if not deployment.case.duties(deployment.liaison) - {Duty.CONTRIBUTE}:
        raise Refused(_("The host liaison is one of the case's own team."))
    for rows, chosen in ((Site, sites), (Item, exhibits)):
        seen = rows.objects.visible_to(by).filter(case=deployment.case)
        if seen.filter(pk__in=[row.pk for row in chosen]).count() != len({*chosen}):
            raise Refused(_("Choose sites and exhibits of this case."))


def lock_agreement(offer: AssistanceOffer, by: User) -> AssistanceOffer:
    """The agreement, locked, if there is one and `by` works with evidence of its case."""
    offer = AssistanceOffer.objects.locked_for(by, offer)
    offer.case.require(by, Duty.LOG_EVIDENCE)
    if not offer.is_agreed:
        raise Refused(_("Nothing is agreed on yet: the lead decides on the offer first."))
    return offer
