"""Setting the dossier of a measure as a PDF file; its digest stands in the ledger."""

import hashlib
import tempfile
from pathlib import Path

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from attribution.models import Finding, Measure
from attribution.services import followed
from core.errors import Refused
from investigations.models import Duty
from investigations.services import Outlet, require_no_embargo
from ledger.services import record
from reports.content.dossier import dossier_of
from reports.services.report import FONTS
from reports.typesetting.blocks import Content
from reports.typesetting.printing import content_digest, typeset


@transaction.atomic
def print_dossier(measure: Measure, *, by: User, language: str) -> bytes:
    """The measure, whom it is against and the finding it rests on, as `by` may read them."""
    measure = followed(Measure.objects.visible_to(by).with_lists(), by).get(pk=measure.pk)
    measure.case.require(by, Duty.REPORT)
    require_no_embargo(measure.case, Outlet.DOSSIER)
    require_printable(measure, by)
    with translation.override(language):
        content = dossier_of(measure, by, timezone.now())
    pdf = dossier_pages(content)
    record(
        by,
        "reports.dossier_made",
        measure,
        ref=measure.ref,
        finding=measure.finding.ref,
        version_sha256=measure.release.submission.sha256,
        sha256=hashlib.sha256(pdf).hexdigest(),
        content_sha256=content_digest(content),
        language=language,
        marking=content["marking"]["label"],
    )
    return pdf


def require_printable(measure: Measure, by: User) -> None:
    """Nobody leaves by name on a finding that was withdrawn, or once none names them any more."""
    finding = Finding.objects.locked_for(by, measure.finding)
    told = {"ref": finding.ref, "measure": measure.ref}
    if measure.is_withdrawn:
        raise Refused(_("%(measure)s was withdrawn: no dossier of it leaves.") % told)
    if finding.status == Finding.Status.WITHDRAWN:
        raise Refused(_("%(ref)s was withdrawn: no dossier leaves on the strength of it.") % told)
    standing = Finding.objects.visible_to(by).filter(case=measure.case_id).released()
    if finding.subject_id and not standing.filter(subject=finding.subject_id).exists():
        raise Refused(
            _("%(ref)s was superseded, and no finding that stands names its subject any more.")
            % told
        )


def dossier_pages(content: Content) -> bytes:
    """The pages; a dossier holds no photographs."""
    with tempfile.TemporaryDirectory(prefix="vestige-dossier-") as folder:
        pictures, out = Path(folder, "pictures"), Path(folder, "dossier.pdf")
        pictures.mkdir()
        typeset(content, pictures, [FONTS], out)
        return out.read_bytes()
