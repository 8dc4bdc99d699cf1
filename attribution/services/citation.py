"""Citing evidence in a finding, for it or against it."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Citation, Finding
from attribution.services.finding import lock_for_writing
from comparison.models import Link
from core.errors import Refused
from core.markings import Handling
from core.scope import system_scope
from evidence.models import Item
from investigations.models import SourceReport
from investigations.services.label import take_on
from ledger.services import record

Citable = Item | SourceReport | Link


@transaction.atomic
def cite(finding: Finding, thing: Citable, *, by: User, stance: str, remark: str = "") -> Citation:
    """Cite an exhibit, report or confirmed comparison of the same case, once, with one stance."""
    finding = lock_for_writing(finding, by)
    require_citable(thing, finding, by)
    citation = Citation(case=finding.case, finding=finding, stance=stance, remark=remark)
    setattr(citation, field_for(thing), thing)
    citation.full_clean()
    citation.save(force_insert=True)
    take_on(finding, handling_cited(thing, finding))
    finding.authors.add(by)
    record(
        by,
        "attribution.evidence_cited",
        finding,
        thing=str(thing.pk),
        kind=field_for(thing),
        stance=stance,
    )
    return citation


@transaction.atomic
def remove_citation(citation: Citation, *, by: User) -> Finding:
    """Take a citation out of a finding that has not been handed in; the ledger remembers it."""
    finding = lock_for_writing(citation.finding, by)
    record(
        by,
        "attribution.citation_removed",
        finding,
        thing=str(citation.cited.pk if citation.cited else ""),
        stance=citation.stance,
    )
    citation.delete()
    finding.authors.add(by)
    return finding


def handling_cited(thing: Citable, finding: Finding) -> Handling:
    """What a finding takes on with a citation; one across cases brings the other case's own."""
    crosses = isinstance(thing, Link) and thing.case_id != thing.other_case_id
    return thing.handling if crosses else thing.own_handling


def require_citable(thing: Citable, finding: Finding, by: User) -> None:
    """Evidence of the finding's own case; a comparison with one end there, once confirmed."""
    if not isinstance(thing, Link):
        if thing.case_id != finding.case_id:
            raise Refused(_("Cite only evidence of the same case."))
        return
    links = Link.objects.visible_to(by).told_to(by).of_case(finding.case)
    if not links.filter(pk=thing.pk).established().exists():
        raise Refused(
            _(
                "Cite only comparisons of this case that two examiners have confirmed, each blind "
                "to the other, and that give at least moderate support."
            )
        )


def require_links_stand(finding: Finding) -> None:
    """Refuse while a cited comparison is no longer what two examiners confirmed."""
    with system_scope("a finding rests on every comparison it cites, whoever may see both ends"):
        cited = finding.citations.filter(link__isnull=False)
        fallen = cited.exclude(link__in=Link.objects.established()).exists()
    if fallen:
        raise Refused(
            _("A comparison cited here no longer stands: have it judged again, or remove it.")
        )


def field_for(thing: Citable) -> str:
    """The column that holds a thing of this sort."""
    if isinstance(thing, Link):
        return "link"
    return "item" if isinstance(thing, Item) else "source_report"
