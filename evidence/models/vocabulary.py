"""The words in which exhibits are described."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Acquisition(models.TextChoices):
    """How an exhibit came to the team."""

    SCENE_RECOVERY = "scene-recovery", _("recovered at the scene")
    SEIZURE = "seizure", _("seized")
    SURRENDER = "surrender", _("surrendered")
    PARTNER = "handed-over-by-partner", _("handed over by a partner")
    DOCUMENTED_ONLY = "documented-only", _("documented only, never possessed")
    PURCHASED = "purchased", _("purchased")
    LOANED = "loaned", _("loaned to us")


class ItemStatus(models.TextChoices):
    """Where an exhibit is in its life."""

    IN_SCENE = "in-scene", _("still at the scene")
    COLLECTED = "collected", _("collected")
    IN_TRANSIT = "in-transit", _("in transit")
    STORED = "stored", _("stored")
    IN_EXAMINATION = "in-examination", _("in examination")
    LOANED = "loaned", _("on loan")
    ABROAD = "transferred-abroad", _("transferred abroad")
    RETURNED = "returned-to-owner", _("returned to its owner")
    COURT = "court", _("in court")
    DESTROYED = "destroyed", _("destroyed")
    LOST = "lost", _("lost")
    DOCUMENTED_ONLY = "documented-only", _("documented only")


class Condition(models.TextChoices):
    """The state an exhibit was found in."""

    NEW = "new", _("new")
    USED = "used", _("used")
    DAMAGED = "damaged", _("damaged")
    BURNT = "burnt", _("burnt")
    MODIFIED = "modified", _("modified")
    DESTROYED = "destroyed", _("destroyed")
    UNKNOWN = "unknown", _("not known")


class Packaging(models.TextChoices):
    """What an exhibit is packed in."""

    PAPER = "paper", _("paper")
    ARSON_BAG = "nylon-arson-bag", _("nylon or arson bag")
    ANTI_STATIC = "anti-static-bag", _("anti-static bag")
    FARADAY = "faraday-bag", _("Faraday bag")
    RIGID_BOX = "rigid-box", _("rigid box")
    EXPLOSIVE_SAFE = "explosive-safe-container", _("explosive-safe container")
    NONE = "none", _("not packed")


class Hazard(models.TextChoices):
    """What may hurt whoever opens the package."""

    EXPLOSIVE_RESIDUE = "explosive-residue", _("explosive residue")
    LIVE_ORDNANCE = "live-EO", _("live explosive ordnance")
    LITHIUM_BATTERY = "battery-Li", _("lithium battery")
    FUEL = "fuel", _("fuel")
    COMPOSITE_FIBRE = "composite-fibre", _("composite fibre")
    BIOLOGICAL = "biological", _("biological")
    CHEMICAL = "chemical", _("chemical")
    RADIOLOGICAL = "radiological", _("radiological")


class Identification(models.TextChoices):
    """How sure it is what a component is."""

    UNIDENTIFIED = "unidentified", _("unidentified")
    PROBABLE = "probable", _("probable")
    CONFIRMED = "confirmed", _("confirmed")


class MakerStatus(models.TextChoices):
    """How the maker is known."""

    MARKED = "marked", _("as marked")
    INFERRED = "inferred", _("inferred")
    CONFIRMED = "confirmed-by-maker", _("confirmed by the maker")
    COUNTERFEIT = "counterfeit-suspected", _("counterfeit suspected")
    UNKNOWN = "unknown", _("not known")


class OriginBasis(models.TextChoices):
    """On what the country of manufacture rests."""

    MARKED = "marked", _("as marked")
    MAKER_REPLY = "maker-reply", _("the maker's reply")
    INFERRED = "inferred", _("inferred")


class CommodityGrade(models.TextChoices):
    """How common a component is on the market."""

    BESPOKE = "bespoke", _("bespoke")
    MILITARY = "military", _("military")
    INDUSTRIAL = "industrial", _("industrial")
    HOBBY = "hobby", _("hobby")
    CONSUMER = "consumer-commodity", _("consumer commodity")


class Transcription(models.TextChoices):
    """Who read the markings; the error rate of the comparison follows from it."""

    DOUBLE_READ = "double-read", _("read by two people")
    SINGLE_READ = "single-read", _("read by one person")
    OCR = "ocr", _("read by machine only")


class MarkingKind(models.TextChoices):
    """What kind of marking it is."""

    SERIAL = "serial", _("serial number")
    PART_NUMBER = "part-no", _("part number")
    LOT = "lot", _("lot code")
    DATE_CODE = "date-code", _("date code")
    LOGO = "logo", _("logo")
    BARCODE = "barcode-qr", _("bar code or QR")
    INSPECTION_STAMP = "inspection-stamp", _("inspection stamp")
    HANDWRITING = "handwriting", _("handwriting")
    STENCIL = "paint-stencil", _("paint stencil")
    STICKER = "sticker", _("sticker")
    MOULDED = "moulded", _("moulded")
    LASER = "laser", _("laser marking")
    ENGRAVED = "engraved", _("engraved")
    QC_MARK = "QC-mark", _("quality-control mark")


class MarkingState(models.TextChoices):
    """The ten states of a marking: absence is data, and there are several kinds of it."""

    LEGIBLE = "present-legible", _("present, legible")
    PARTIAL = "present-partial", _("present, partly legible")
    GROUND = "removed-ground", _("removed by grinding")
    CHEMICAL = "removed-chemical", _("removed by chemicals")
    STICKER_REMOVED = "removed-sticker", _("sticker removed")
    OVERPAINTED = "overpainted", _("painted over")
    FALSIFIED = "re-marked-falsified", _("re-marked or falsified")
    NEVER_PRESENT = "never-present", _("never present")
    NOT_EXAMINED = "not-examined", _("not examined")
    ILLEGIBLE = "illegible-damage", _("illegible through damage")


TEXT_BEARING = {MarkingState.LEGIBLE, MarkingState.PARTIAL, MarkingState.FALSIFIED}


class CopyType(models.TextChoices):
    """What a file is in relation to the original."""

    ORIGINAL = "original", _("original")
    EVIDENTIARY = "evidentiary", _("evidentiary copy")
    WORKING = "working", _("working copy")
    REDACTED = "redacted", _("redacted copy")
    DERIVED = "derived", _("derived")


class AcquisitionMethod(models.TextChoices):
    """How a digital file was acquired."""

    OWN_CAPTURE = "own-capture", _("captured by the team")
    LIVE = "live", _("live acquisition")
    OFFLINE = "dead-offline", _("offline acquisition")
    PHYSICAL = "physical", _("physical image")
    LOGICAL = "logical", _("logical image")
    FILESYSTEM = "filesystem", _("file system copy")
    CHIP_OFF = "chip-off", _("chip-off")
    JTAG = "JTAG-ISP", _("JTAG or ISP")
    WEB_CAPTURE = "web-capture", _("web capture")
    DEVICE_EXPORT = "device-export", _("export from a device")
    EMAIL = "received-by-email", _("received by e-mail")
    OTHER = "other", _("other")


class Fixity(models.TextChoices):
    """What the nightly check found when it read stored bytes again."""

    UNREAD = "unread", _("not read again yet")
    WHOLE = "whole", _("as received")
    ALTERED = "altered", _("altered")
    MISSING = "missing", _("missing or unreadable")


class FileState(models.TextChoices):
    """How far the worker has got with a file; the original is kept in every state."""

    WAITING = "waiting", _("waiting")
    READY = "ready", _("ready")
    UNREADABLE = "unreadable", _("unreadable")
    NOT_A_PICTURE = "not-a-picture", _("no picture")


class ProposalKind(models.TextChoices):
    """What a machine looked for in a picture."""

    OCR = "ocr", _("text")
    CODE = "code", _("code")
    C2PA = "c2pa", _("Content Credentials")
