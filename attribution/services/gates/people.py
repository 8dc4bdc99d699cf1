"""Gates for people and firms: protected witnesses, and companies that are to be named."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from attribution.models import Actor, Statement
from attribution.models.named import spellings_of
from attribution.models.naming import stands_in
from attribution.models.vocabulary import Audience
from attribution.services.gates.gate import Examined, Gate
from attribution.services.gates.standing import page_of
from catalogue.folding import fold_maker
from core import security_log
from core.clock import in_words
from evidence.models import Component, RightOfReply, right_of_reply_offered
from investigations.models import Source
from investigations.models.source import GUARDED, ConsentScope
from investigations.services.identity import known_of

CONSENT_NEEDED = {
    Audience.TEAM: ConsentScope.INTERNAL,
    Audience.PARTNERS: ConsentScope.PARTNER,
    Audience.PROSECUTION: ConsentScope.COURT,
    Audience.PUBLIC: ConsentScope.PUBLIC,
}
"""How far a person must have consented before what they said goes to whom."""


def of_witnesses(examined: Examined) -> Iterator[Gate]:
    """Cited words of people who are, or shall be, protected and who did not consent to that reader.

    Looked at are the sources of cited reports, and the speakers of statements whose recording is
    a cited exhibit. No identity is opened for it, and none is needed.
    """
    for citation in examined.citations:
        report = citation.source_report
        if report and report.source and report.source.protection in GUARDED:
            yield from of_consent(
                str(report),
                report.source.consent_scopes,
                reverse("investigations:source_detail", args=[report.source.pk]),
            )
    recorded = Statement.objects.filter(
        recording__in=examined.items, source__protection__in=GUARDED
    )
    for statement in recorded.select_related("source", "recording").order_by("id"):
        there = reverse("attribution:statement_detail", args=[statement.pk])
        yield from of_consent(str(statement.recording), statement.scopes, there)


def of_consent(cited: str, scopes: list[str], there: str) -> Iterator[Gate]:
    """The gate of one cited thing, towards all whom its speaker did not consent to."""
    closed = {str(one) for one, scope in CONSENT_NEEDED.items() if scope not in scopes}
    if closed:
        words = _(
            "“%(cited)s” holds the words of a protected person, who has not consented that they"
            " are shared so far. Take it out, or ask for consent."
        ) % {"cited": cited}
        yield Gate("witness", words, there, frozenset(closed))


@sensitive_variables()
def of_protected_names(examined: Examined) -> Iterator[Gate]:
    """One gate when the whole name of a protected person of this case stands in the text.

    Who a person is lies sealed, so that the program compares in its own memory and tells neither
    whose name it is nor where it stands. Because whoever may write in a draft could guess names
    with it, this is asked only by the deed of releasing, which no author does, and each hit is
    noted. A name that is spelt otherwise, or only in part, is not found: reviewers still read.
    """
    guarded = Source.objects.filter(
        case=examined.finding.case, protection__in=GUARDED, identity_at__isnull=False
    )
    for source in guarded:
        known = known_of(source)
        if stands_in(examined.texts, [known.name, known.native_name]):
            security_log.note("identity.named", source=source.pk)
            words = _("The text names a person who is protected: have the name taken out of it.")
            yield Gate("witness", words, page_of(examined.finding, "claim"))
            return


def of_companies(examined: Examined) -> Iterator[Gate]:
    """Each company that is named, as the subject or in the text, and had no chance to answer.

    Looked for are the case's actors that are companies, and the makers of cited components.
    """
    known: set[str] = set()
    for names in companies_named(examined):
        folded = {fold_maker(name) for name in names}
        if folded & known or any(
            right_of_reply_offered(examined.finding.case, name) for name in names
        ):
            continue
        known |= folded
        yield of_company(examined, names)


def companies_named(examined: Examined) -> Iterator[list[str]]:
    """The names of each company that the finding speaks of, the principal one first."""
    case, subject = examined.finding.case, examined.finding.subject_id
    firms = Actor.objects.filter(case=case, kind=Actor.Kind.COMPANY).order_by("name")
    for actor, spellings in spellings_of(firms).items():
        if actor.pk == subject or stands_in(examined.prose, spellings):
            yield [name for name in spellings if fold_maker(name)]
    parts = Component.objects.filter(item__in=examined.items).select_related("maker")
    for maker in sorted({part.maker_text for part in parts}):
        if fold_maker(maker) and stands_in(examined.prose, [maker]):
            yield [maker]


def of_company(examined: Examined, names: list[str]) -> Gate:
    """The gate of one company: nothing was offered, or its time to answer still runs."""
    case = examined.finding.case
    offers = RightOfReply.objects.filter(case=case).pending().order_by("due")
    pending = next((one for name in names for one in offers.to_company(name)), None)
    if pending:
        words = _("%(company)s may still answer, until %(day)s.") % {
            "company": names[0],
            "day": in_words(pending.due),
        }
        return Gate("reply", words, reverse("evidence:rightofreply_detail", args=[pending.pk]))
    words = _("%(company)s is named and was not offered to answer.") % {"company": names[0]}
    return Gate("reply", words, reverse("evidence:rightofreply_create", args=[case.pk]))
