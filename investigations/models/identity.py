"""Who a source is: sealed under a key of the case, and reached by no question of any person."""

import json
import re
from dataclasses import asdict, dataclass, fields
from typing import Self, TypeVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.sealing import bound
from investigations.models.case_record import CaseRecord, CaseRecordQuerySet
from investigations.models.source import Source

FIELDS_VERSION = 1
"""The set of fields that is sealed; another set is another number, and old ones stay readable."""

FIELDS: dict[str, str | Promise] = {
    "name": _("Name"),
    "native_name": _("Name in its own script"),
    "born": _("Date of birth"),
    "contact": _("Contact"),
    "address": _("Address"),
    "documents": _("Document numbers"),
    "relation": _("Relation to what happened"),
    "remarks": _("Further remarks"),
}
SHORTEST_NAME = 3  # letters; shorter words, such as particles, stand in any text


class Told(str):
    """Words of an identity: printed where a page says so, and nowhere else, logs included."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'"


class Purpose(models.TextChoices):
    """Why an identity is opened."""

    CONTACT = "contact", _("to speak with the person")
    CONSENT = "consent", _("to ask for, or renew, consent")
    PROTECTION = "protection", _("to protect the person")
    DISCLOSURE = "disclosure", _("to answer a court")
    VERIFICATION = "verification", _("to verify who it is")
    OTHER = "other", _("another purpose")


@dataclass(frozen=True, repr=False)
class Particulars:
    """Who a person is, in plain words: only ever in memory, and silent about itself."""

    name: str = ""
    native_name: str = ""
    born: str = ""
    contact: str = ""
    address: str = ""
    documents: str = ""
    relation: str = ""
    remarks: str = ""

    def __repr__(self) -> str:
        return "Particulars(…)"

    def written(self) -> bytes:
        """As JSON, to be sealed."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def read(cls, text: bytes) -> "Particulars":
        """What `written` wrote; of later sets of fields, those that are known here."""
        told = json.loads(text)
        return cls(**{each.name: told.get(each.name, "") for each in fields(cls)})

    def amended(self, newer: "Particulars") -> "Particulars":
        """With all that `newer` says; what it leaves empty stays."""
        said = {name: value for name, value in asdict(newer).items() if value}
        return Particulars(**{**asdict(self), **said})

    def filled(self) -> list[str]:
        """The names of the fields that say something."""
        return [name for name, value in asdict(self).items() if value]

    def rows(self) -> list[tuple[str | Promise, Told]]:
        """What is known, for the one page that shows it."""
        told = asdict(self)
        return [(FIELDS[name], Told(told[name])) for name in self.filled()]

    def is_named_in(self, text: str) -> bool:
        """True when a word of either name stands in `text`."""
        names = words_of(f"{self.name} {self.native_name}")
        return bool({name for name in names if len(name) >= SHORTEST_NAME} & words_of(text))


def words_of(text: str) -> set[str]:
    """The words of a text, whatever their case."""
    return set(re.findall(r"\w+", text.casefold()))


Row = TypeVar("Row", bound=models.Model, covariant=True)


class SealedQuerySet(CaseRecordQuerySet[Row]):
    """Rows that only services open, in the program's own name, after asking who may."""

    def visible_to(self, user: User) -> Self:
        """None: no list, search, export or page reaches them, not even as ciphertext."""
        return self.none().narrowed()

    def known_to(self, user: User) -> Self:
        """Those that this person may know of, by case and label: for services, never for a page."""
        return super().visible_to(user)


class CaseKey(CaseRecord):
    """A key under which identities of one case are sealed, itself sealed by a keeper.

    Without its row they can never be opened again, by nobody.
    """

    only_the_program = True

    number = models.PositiveIntegerField(_("number"))
    wrapped = models.BinaryField(_("sealed key"))
    wrapped_by = models.CharField(_("keeper"), max_length=64)

    objects = SealedQuerySet.as_manager()

    class Meta:
        verbose_name = _("case key")
        verbose_name_plural = _("case keys")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="case_key_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"

    @property
    def about(self) -> bytes:
        """What the sealed key is bound to: elsewhere it does not open."""
        return bound("case key", self.case_id, self.number)


class SourceIdentity(CaseRecord):
    """Who one source is: one JSON, sealed with AES-256-GCM for this source of this case alone."""

    derives_from = ("source",)
    only_the_program = True

    source = models.OneToOneField(Source, models.PROTECT, related_name="+")
    key = models.ForeignKey(CaseKey, models.PROTECT, related_name="+")
    fields_version = models.PositiveSmallIntegerField(default=FIELDS_VERSION)
    sealed = models.BinaryField(_("sealed"))

    objects = SealedQuerySet.as_manager()

    class Meta:
        verbose_name = _("identity of a source")
        verbose_name_plural = _("identities of sources")

    def __str__(self) -> str:
        return "…"

    @property
    def about(self) -> bytes:
        """What the text is bound to: under another source or case it does not open."""
        return bound("identity", self.case_id, self.source_id, self.fields_version)
