"""Letters between agencies: one that asks for help, and one that accepts what was offered."""

from datetime import datetime

from accounts.models import Agency, User
from investigations.models import AssistanceOffer, ContributionRequest
from investigations.models.assistance_offer import TERMS
from investigations.models.assistance_words import Decision
from reports.content.correspondence import Written, answered_by, dated, letter_of
from reports.content.openings import ACCEPTANCE, ON_CONDITIONS, TO_A_PARTNER
from reports.content.phrases import _, absent, label
from reports.content.reading import Reading
from reports.models import Report
from reports.typesetting.blocks import Block, Row, Value, code, paragraph, table


def contribution_letter(asked: ContributionRequest, by: User, at: datetime) -> Written:
    """The letter that asks an agency to contribute, in the language that is active now."""
    reading = Reading(Report(case=asked.case, requested_by=by), for_others=True)
    letter = letter_of(
        reading,
        TO_A_PARTNER,
        asked.handling,
        at,
        sender=asked.asked_by,
        reference=asked.ref,
        due=asked.due,
    )
    letter["title"] = _("Request for assistance")
    letter["subtitle"] = _("Request for assistance in an investigation")
    letter["recipient"] = named(asked.agency)
    letter["references"] = [
        *dated(asked.created_at, asked.ref, ""),
        (_("Capability"), label(asked.get_capability_display())),
        *legal_basis(reading, asked),
        *answered_by(asked.due),
    ]
    letter["blocks"] = [paragraph(reading.neutral(asked.words))]
    return Written(letter, {}, [])


def acceptance_letter(offer: AssistanceOffer, by: User, at: datetime) -> Written:
    """The letter by which an offer is accepted, with its terms word for word and their digest."""
    reading = Reading(Report(case=offer.case, requested_by=by), for_others=True)
    conditional = offer.decision == Decision.CONDITIONAL
    letter = letter_of(
        reading,
        ON_CONDITIONS if conditional else ACCEPTANCE,
        offer.handling,
        at,
        sender=offer.decided_by or by,
        reference=offer.ref,
        due=None,
    )
    letter["title"] = _("Acceptance of an offer")
    letter["subtitle"] = _("Acceptance of an offer of assistance")
    letter["recipient"] = named(offer.agency)
    letter["references"] = references(offer, at)
    letter["blocks"] = [
        paragraph(reading.neutral(offer.description)),
        terms_table(reading, offer),
    ]
    letter["ending"] = [
        _("Please name our reference in whatever you send us."),
        _("Yours faithfully,"),
    ]
    return Written(letter, {}, [])


def named(agency: Agency) -> list[str]:
    """To whom a letter goes, by the name in its own script too."""
    return [name for name in (agency.name, agency.native_name) if name]


def legal_basis(reading: Reading, asked: ContributionRequest) -> list[Row]:
    """On what ground it is asked, where that was said."""
    said = reading.neutral(asked.legal_basis)
    return [(_("Legal basis"), said)] if said else []


def references(offer: AssistanceOffer, at: datetime) -> list[Row]:
    """The day, the reference, what was offered when, and the document of the decision."""
    signed = offer.signed_on.isoformat() if offer.signed_on else ""
    return [
        *dated(offer.decided_at or at, offer.ref, ""),
        (_("Offered on"), code(offer.offered_on.isoformat())),
        (_("Capability"), label(offer.get_capability_display())),
        (_("Decided in"), offer.document_ref),
        *([(_("Signed on"), code(signed))] if signed else []),
        (_("SHA-256 of the terms"), code(offer.terms_sha256)),
    ]


def terms_table(reading: Reading, offer: AssistanceOffer) -> Block:
    """Each term as it was agreed on, one that was not named as not named; then the conditions."""
    told = [(offer._meta.get_field(name), getattr(offer, name)) for name in TERMS]
    body: list[list[Value]] = [
        [
            label(str(getattr(field, "verbose_name", ""))).capitalize(),
            reading.neutral(said) or absent(_("not named")),
        ]
        for field, said in told
    ]
    if offer.conditions:
        body.append([_("Conditions"), reading.neutral(offer.conditions)])
    return table([(_("Term"), 2), (_("As agreed on"), 8)], body)
