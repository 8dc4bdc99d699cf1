"""The words of comparison as people read them, one for each code of the method."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkState(models.TextChoices):
    """Where a link stands between the machine's proposal and the examiners' judgement."""

    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")
    DISPUTED = "disputed", _("disputed")
    SUPERSEDED = "superseded", _("superseded")


class Outcome(models.TextChoices):
    """What kind of answer the method gave."""

    ASSESSED = "assessed", _("assessed")
    WITHHELD = "withheld", _("withheld")
    INSUFFICIENT = "insufficient", _("insufficient reference data")
    NOT_COMPARABLE = "not-comparable", _("nothing to compare")


class Side(models.TextChoices):
    """The proposition that the observations support."""

    SAME = "one-production-run", _("both components come from one production run")
    DIFFERENT = "unrelated-supply", _("they come from unrelated supply")
    NEITHER = "neither", _("neither")


class Conclusion(models.TextChoices):
    """What an examiner may conclude; there are no other words for it."""

    IDENTICAL_ITEM = "identical-item", _("identical item")
    SAME_RUN = "same-production-run", _("same model and same production run")
    SAME_MODEL = "same-make-and-model", _("same make and model")
    SAME_MAKE = "same-make-different-model", _("same make, different model")
    CONSISTENT = "consistent-with", _("consistent with")
    SIMILAR = "similar", _("similar")
    INCONCLUSIVE_TOWARDS = "inconclusive-some-agreement", _("inconclusive, some agreement")
    INCONCLUSIVE = "inconclusive", _("inconclusive")
    INCONCLUSIVE_AGAINST = (
        "inconclusive-some-disagreement",
        _("inconclusive, some disagreement"),
    )
    EXCLUDED = "excluded", _("excluded")
    UNSUITABLE = "unsuitable", _("unsuitable for comparison")


class Confidence(models.TextChoices):
    """How sure an examiner is of their own conclusion."""

    LOW = "low", _("low")
    MODERATE = "moderate", _("moderate")
    HIGH = "high", _("high")


class Alert(models.TextChoices):
    """What an examiner must look at before reading on."""

    IDENTICAL_SERIAL = "identical-serial", _("One serial number in two places")
    SAME_PHOTOGRAPH = "same-photograph", _("One photograph under two exhibits")
    MAY_BE_IDENTICAL = "serial-may-be-identical", _("The two serial numbers may be one")
    READING_UNCERTAIN = "reading-uncertain", _("A marking may have been misread")
    COUNTERFEIT = "counterfeit-suspected", _("A counterfeit is suspected")


class AlertCause(models.TextChoices):
    """What an alarm turned out to be."""

    RECORDED_TWICE = "recorded-twice", _("one object, recorded twice")
    CLONED_LABEL = "cloned-label", _("a cloned label")
    COUNTERFEIT = "counterfeit", _("a counterfeit")
    MISREAD = "misread", _("a misreading")
    MAKER_REPEATS = "maker-repeats", _("the maker repeats its numbers")


class FoundBy(models.TextChoices):
    """What brought a pair up and holds it together, the most telling first."""

    ONE_OBJECT = "one-object", _("one serial number or photograph in two places")
    NEAR_SERIAL = "near-serial", _("serial numbers of one series, or that may be one")
    BATCH_MARK = "batch-mark", _("one lot, firmware or mark of a production run")
    CONCEALMENT = "concealment", _("markings removed in one way")
    PART = "part", _("one part number or model")
    MISREADING = "misreading", _("markings that may differ by a misreading")
    OTHER_VALUES = "other-values", _("other values together")


class Agreement(models.TextChoices):
    """How one feature stands."""

    AGREE = "agree", _("Same")
    SIMILAR = "similar", _("Similar")
    DIFFER = "differ", _("Different")
    NOT_COMPARABLE = "not-comparable", _("Not recorded")
    NOT_EXAMINED = "not-examined", _("Not examined")


FEATURES = {
    "category": _("Kind of component"),
    "maker": _("Maker"),
    "part": _("Part number or model"),
    "lot": _("Lot"),
    "firmware": _("Firmware"),
    "date-code": _("Date code"),
    "serial": _("Serial number"),
    "serial-state": _("State of the serial number"),
    "concealment": _("How markings were removed"),
    "board-revision": _("Board revision"),
    "colour": _("Colour"),
    "finish": _("Finish or casting"),
    "casting": _("Casting"),
    "technique": _("Construction technique"),
    "fasteners": _("Fasteners"),
    "wiring": _("Wiring"),
    "connector": _("Connector"),
    "adhesive": _("Adhesive or sealant"),
    "material": _("Materials"),
    "mass_g": _("Mass (g)"),
    "length_mm": _("Length (mm)"),
    "width_mm": _("Width (mm)"),
    "height_mm": _("Height (mm)"),
}
"""Compared features by name; one not named here is shown by its code."""

GROUPS = {
    "identity": _("identity"),
    "sequence": _("sequence"),
    "concealment": _("concealment"),
    "wiring": _("wiring"),
    "assembly": _("assembly"),
    "labelling": _("labelling"),
    "inspection": _("inspection"),
    "construction": _("construction"),
}
"""Groups of dependent features: each speaks once. The last five are of versions before 2026-2."""

CAPS = {
    "convenience-sample": _("Capped: our statistics come from what happened to be recovered."),
    "label-could-be-copied": _(
        "Capped: whoever copies a label copies all of this; the object itself must agree as well."
    ),
    "difference-unexplained": _("Capped until the difference is explained."),
}
"""Why a figure was kept below what its rows multiply to."""

OLDEST_CAP = "convenience-sample"
"""The one reason there was before 2026-2, which was not written down."""

REASONS = {
    "deeper-rung-used": _("Follows from a deeper agreement, which is counted instead."),
    "stronger-in-group": _("Goes together with a stronger feature of its group, counted instead."),
    "differs-above": _("Means nothing while the maker or the part differs."),
    "no-common-part": _("Means nothing without a common maker or part."),
    "counterfeit-suspected": _("What a suspected counterfeit claims to be carries no weight."),
    "maker-inferred": _("The maker was inferred, not observed."),
    "not-counted-in-reference-set": _("How rare it is has not been counted."),
    "too-few-recoveries": _("Too few recoveries to say how rare it is."),
    "partial-reading": _("Fits as far as it can be read; counts for nothing."),
    "possible-misreading": _("Differs only where eyes and machines err: read it again."),
    "one-says-less": _("One description only says less than the other."),
    "date-unreadable": _("No week can be read from one of the codes."),
    "too-long-to-be-a-marking": _("Too long to be a marking; enter what the plate says."),
    "within-date-tolerance": _("Made within a few weeks of one another."),
    "within-tolerance": _("Within tolerance; carries no weight."),
    "carries-no-weight": _("Carries no weight."),
    "absence-on-both": _("Absence on both sides carries no weight."),
    "not-the-same-part": _("Near numbers on different parts are chance."),
    "different-numbering": _("Not from one numbering scheme."),
    "no-counter-readable": _("No number in it can be counted."),
    "serial-range-unknown": _("The range of serials of this part is not known."),
    "identical-serial": _("The same number: an alarm, never a figure."),
    "recorded-on-one-side": _("Not recorded, or not examined, on at least one side."),
    "counts-are-within-category": _("Rarity is counted within this kind of component."),
}
"""Why a row carries no weight, in a sentence."""
