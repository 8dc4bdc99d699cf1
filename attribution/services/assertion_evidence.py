"""What an assertion rests on: claims, exhibits and confirmed comparisons, as they stand now."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Assertion, AssertionEvidence, Claim
from attribution.models.assertion_evidence import THINGS
from attribution.models.assertion_words import OF_THINGS
from comparison.models import Link
from core.errors import Refused
from core.markings import Handling
from core.scope import system_scope
from evidence.models import Item
from investigations.services.label import take_on

Evidence = Claim | Item | Link


def require_evidence(assertion: Assertion, evidence: Sequence[Evidence], by: User) -> None:
    """Something is cited, all of it of this case and standing, and more than likeness of parts."""
    kept = kept_unseen(assertion, by)
    if not evidence and not kept:
        raise Refused(_("Cite at least one claim, exhibit or confirmed comparison."))
    for thing in evidence:
        require_citable(assertion, thing, by)
    only_links = all(isinstance(thing, Link) for thing in evidence) and not any(
        row.link_id is None for row in kept
    )
    if only_links and assertion.dimension not in OF_THINGS:
        raise Refused(
            _("Comparisons show where things were made, not who used them: cite other evidence.")
        )


def require_citable(assertion: Assertion, thing: Evidence, by: User) -> None:
    """Of the assertion's own case; a claim that stands, a comparison that two have confirmed."""
    if isinstance(thing, Link):
        links = Link.objects.visible_to(by).told_to(by).of_case(assertion.case)
        if not links.filter(pk=thing.pk).established().exists():
            raise Refused(
                _(
                    "Cite only comparisons of this case that two examiners have confirmed, each"
                    " blind to the other, and that give at least moderate support."
                )
            )
    elif thing.case_id != assertion.case_id:
        raise Refused(_("Cite only evidence of the same case."))
    elif isinstance(thing, Claim) and thing.is_set_aside:
        raise Refused(_("%(ref)s was set aside: it supports nothing.") % {"ref": thing.ref})


def cite_anew(assertion: Assertion, evidence: Iterable[Evidence], by: User) -> list[str]:
    """Cite exactly these, as they stand now; what `by` cannot see stays cited as it was."""
    kept = [row.pk for row in kept_unseen(assertion, by)]
    with system_scope("what an assertion rests on is one list, whoever may read all of it"):
        assertion.evidence.exclude(pk__in=kept).delete()
    told = []
    for thing in {one.pk: one for one in evidence}.values():
        row = AssertionEvidence(
            case=assertion.case, assertion=assertion, version_cited=thing.version
        )
        setattr(row, field_for(thing), thing)
        row.as_cited = row.words
        row.full_clean()
        row.save(force_insert=True)
        take_on(assertion, handling_cited(thing))
        told.append(f"{field_for(thing)}:{thing.pk}")
    return sorted(told)


def kept_unseen(assertion: Assertion, by: User) -> list[AssertionEvidence]:
    """What is cited already that this person could not have named: comparisons across cases."""
    if assertion._state.adding:
        return []
    with system_scope("what an assertion rests on is one list, whoever may read all of it"):
        rows = {getattr(row, f"{thing}_id"): row for row, thing in of_each(assertion)}
    for model in (Claim, Item, Link):
        seen: Iterable[UUID] = (
            model.objects.visible_to(by).filter(pk__in=rows).values_list("pk", flat=True)
        )
        for key in seen:
            del rows[key]
    return list(rows.values())


def of_each(assertion: Assertion) -> Iterable[tuple[AssertionEvidence, str]]:
    """Every citation with the column that it fills."""
    for row in assertion.evidence.all():
        yield from ((row, thing) for thing in THINGS if getattr(row, f"{thing}_id"))


def handling_cited(thing: Evidence) -> Handling:
    """What an assertion takes on; a comparison across cases brings the other case's own."""
    crosses = isinstance(thing, Link) and thing.case_id != thing.other_case_id
    return thing.handling if crosses else thing.own_handling


def field_for(thing: Evidence) -> str:
    """The column that holds a thing of this sort."""
    if isinstance(thing, Link):
        return "link"
    return "item" if isinstance(thing, Item) else "claim"
