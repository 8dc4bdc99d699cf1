"""The words in which trace requests and their replies are described."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecipientKind(models.TextChoices):
    """Who is asked."""

    MAKER = "maker", _("maker")
    DISTRIBUTOR = "distributor", _("distributor or dealer")
    STATE = "state", _("state authority")
    INTERPOL = "interpol", _("Interpol")
    CENTRE = "tracing-centre", _("national tracing centre")


class Channel(models.TextChoices):
    """The legal way by which the request goes."""

    VOLUNTARY = "voluntary", _("voluntary request")
    MLA = "MLA", _("mutual legal assistance")
    UN_PANEL = "UN-panel-letter", _("letter of a UN panel")
    SANCTIONS = "sanctions-committee", _("sanctions committee")
    INTERPOL = "interpol", _("Interpol channel")


class TraceState(models.TextChoices):
    """How far a trace request has come; reminders are counted beside it."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    REMINDED = "reminded", _("reminded")
    PARTIAL = "partial", _("replied in part")
    REPLIED = "replied", _("replied")
    REFUSED = "refused", _("refused")
    NO_REPLY = "no-reply", _("no reply")
    NOT_TRACEABLE = "not-traceable", _("not traceable")


class ReplyOutcome(models.TextChoices):
    """What a reply amounts to."""

    REPLIED = "replied", _("answers the question")
    PARTIAL = "partial", _("answers part of it")
    REFUSED = "refused", _("refuses to answer")
    NOT_TRACEABLE = "not-traceable", _("says that it cannot be traced")


class Genuine(models.TextChoices):
    """Whether the maker says that the part is its own."""

    YES = "yes", _("genuine")
    NO = "no", _("not of this maker")
    COUNTERFEIT = "counterfeit", _("counterfeit")


class NoRecord(models.TextChoices):
    """Why there is no record."""

    RETENTION = "retention-expired", _("kept no longer: the retention period has ended")
    NEVER_KEPT = "never-kept", _("never kept")
    LOST = "lost", _("lost or destroyed")
    SUCCESSOR = "successor", _("the firm has passed to another")
    NUMBER = "number-unknown", _("the number is not one of theirs")


class RefusalReason(models.TextChoices):
    """Why an answer is refused."""

    LAW = "law", _("the law forbids it")
    SECRET = "commercial-secret", _("commercial secret")
    CHANNEL = "wrong-channel", _("another channel is asked for")
    AUTHORITY = "no-authority", _("the authority of the asker is not recognised")
    NONE_GIVEN = "none-given", _("no reason given")


class HopBasis(models.TextChoices):
    """On what a step of the way rests."""

    DOCUMENT = "document", _("a document that was seen")
    RECORD = "record", _("a record that was quoted")
    STATEMENT = "statement", _("a statement")
    INFERRED = "inferred", _("inferred")


class OfferState(models.TextChoices):
    """What came of the offer to answer."""

    OFFERED = "offered", _("offered")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("declined")
    NO_ANSWER = "no-answer", _("no answer")


class OfferChannel(models.TextChoices):
    """How a company was reached."""

    LETTER = "letter", _("letter")
    EMAIL = "email", _("e-mail")
    COUNSEL = "counsel", _("its counsel")
    AUTHORITY = "authority", _("the authority of its state")
    MEETING = "meeting", _("meeting or call")
