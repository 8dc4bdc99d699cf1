"""The words of what follows a finding: kinds of measures, their steps, and what is followed up."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeasureKind(models.TextChoices):
    """What an authority does on the strength of a finding."""

    STATEMENT = "public-attribution", _("public statement of attribution")
    DESIGNATION = "sanctions-designation", _("sanctions designation")
    FREEZE = "asset-freeze", _("asset freeze")
    TRAVEL_BAN = "travel-ban", _("travel ban")
    EMBARGO_REPORT = "arms-embargo-report", _("report on an arms embargo")
    EXPORT_LISTING = "export-control-listing", _("export-control listing")
    INDICTMENT = "indictment", _("indictment")
    WARRANT = "arrest-warrant", _("arrest warrant")
    RED_NOTICE = "red-notice", _("red notice")
    ARREST = "arrest", _("arrest")
    EXTRADITION = "extradition", _("extradition")
    TRIAL = "trial", _("trial")
    CONVICTION = "conviction", _("conviction")
    ACQUITTAL = "acquittal", _("acquittal")
    REPARATIONS = "reparations", _("reparations")
    EXPULSION = "diplomatic-expulsion", _("expulsion of diplomats")
    MILITARY = "military-response", _("military response")
    DISMISSED = "dismissed", _("dismissal of the proceedings")


class StepKind(models.TextChoices):
    """What became of a measure on one day."""

    ANNOUNCED = "announced", _("announced")
    PROPOSED = "proposed", pgettext_lazy("measure", "proposed")
    ADOPTED = "adopted", _("adopted")
    IN_FORCE = "in-force", _("in force")
    CARRIED_OUT = "carried-out", _("carried out")
    CONTESTED = "contested", _("contested")
    UPHELD = "upheld", _("upheld")
    SUSPENDED = "suspended", pgettext_lazy("measure", "suspended")
    LIFTED = "lifted", _("lifted")
    EXPIRED = "expired", pgettext_lazy("measure", "expired")
    NOT_ADOPTED = "not-adopted", _("not adopted")
    NOT_SO = "not-so", _("did not happen")


AWAITING = frozenset({StepKind.ANNOUNCED, StepKind.PROPOSED, StepKind.ADOPTED})
"""After these something is still to happen: silence is told after a while."""

DONE = frozenset({StepKind.IN_FORCE, StepKind.CARRIED_OUT})
"""Steps by which a measure is more than words."""


class Trigger(models.TextChoices):
    """What makes somebody look at a measure again."""

    DELISTING = "delisting-request", _("request for delisting")
    EVIDENCE = "new-evidence", _("new evidence")
    COMPLIANCE = "compliance-check", _("check of compliance")
    RENEWAL = "renewal", _("renewal falls due")
    HEARING = "hearing", _("hearing or appeal")
    OTHER = "other", _("something else")
