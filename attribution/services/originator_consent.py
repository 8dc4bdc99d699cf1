"""Writing down that the agency which keeps control of what is cited agrees to the release."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Agency, User
from attribution.models import Finding, OriginatorConsent
from attribution.services.finding import lock
from core.errors import Refused
from investigations.models import Duty
from ledger.services import record


@transaction.atomic
def record_consent(finding: Finding, *, by: User, agency: Agency, words: str) -> OriginatorConsent:
    """Enter an originator's consent to the version that is being judged.

    The lead or a releasing authority enters what they have in writing; people of that agency who
    work on the case speak for it themselves.
    """
    finding = lock(finding, by)
    if by.agency_id == agency.pk:
        finding.case.require_member(by)
    else:
        finding.case.require(by, Duty.MANAGE, Duty.RELEASE)
    if finding.status not in Finding.UNDER_JUDGEMENT:
        raise Refused(_("Consent is given to a version that was handed in and is being judged."))
    if agency.pk not in finding.handling.originators:
        raise Refused(_("This agency keeps no control of what is cited here."))
    consent = OriginatorConsent(
        case=finding.case,
        submission=finding.submissions.newest_for(by),
        agency=agency,
        words=words.strip(),
        recorded_by=by,
    )
    consent.full_clean()
    consent.save(force_insert=True)
    record(
        by,
        "attribution.originator_consented",
        finding,
        agency=str(agency.pk),
        number=consent.submission.number,
        sha256=consent.submission.sha256,
    )
    return consent
