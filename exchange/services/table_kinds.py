"""The five kinds of records that rows of tables become: their fields, duties, and deeds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from attribution.models import Actor, Claim
from attribution.services import amend_actor, amend_claim, enter_actor, enter_claim, set_aside_claim
from attribution.services.actor import ActorFacts
from attribution.services.claim import ClaimFacts
from evidence.models import Component, Item
from evidence.services import amend_component, amend_item, describe_component, log_item
from evidence.services.component import ComponentFacts, TradeFacts
from evidence.services.item import ItemFacts
from exchange.formats.incident_map import HARM_COLUMNS
from exchange.formats.tables.plan import THEIR_ID
from exchange.models import RecordKind
from investigations.models import Case, Duty, Incident
from investigations.models.vocabulary import IncidentStatus
from investigations.services import amend_incident, enter_incident
from investigations.services.incident import IncidentFacts

SOURCE_FIELDS = ("citation", "reliability", "credibility", "party_to_conflict")
BESIDE_LABELS: dict[str, str | Promise] = {
    THEIR_ID: gettext_lazy("their reference"),
    "killed_min": gettext_lazy("killed, at least"),
    "killed_max": gettext_lazy("killed, at most"),
    "injured_min": gettext_lazy("injured, at least"),
    "injured_max": gettext_lazy("injured, at most"),
    "missing_min": gettext_lazy("missing, at least"),
    "missing_max": gettext_lazy("missing, at most"),
    "citation": gettext_lazy("citation"),
    "reliability": gettext_lazy("source reliability"),
    "credibility": gettext_lazy("credibility"),
    "party_to_conflict": gettext_lazy("speaks for a party to the conflict"),
    "exhibit_no": gettext_lazy("exhibit"),
}
NOT_FROM_TABLES = {"site", "documentation_site", "statement", "source_report", "occurred_zone"}
"""Relations without a name by which a table could tell them apart; the zone is the map's."""


@dataclass(frozen=True)
class Kind:
    """One kind: `fields` are facts of the record, `beside` what a row may say besides.

    `reverse` takes back a record that was entered, and returns why it cannot where it cannot.
    """

    name: str
    model: Any
    duty: Duty
    fields: tuple[str, ...]
    beside: tuple[str, ...]
    needed: tuple[str, ...]
    enter: Callable[[Case, User, dict[str, Any]], Any]
    amend: Callable[..., Any]
    reverse: Callable[[Any, User, str], str]

    @property
    def all_fields(self) -> tuple[str, ...]:
        """Everything that a column may mean, their reference first."""
        return (
            THEIR_ID,
            *self.needed,
            *(name for name in (*self.fields, *self.beside) if name not in self.needed),
        )

    def field(self, name: str) -> Any:
        """The field of the model, or nothing for what only stands beside the record."""
        try:
            return None if name in self.beside else self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return None

    def label(self, name: str) -> str:
        """What a field is called, in the reader's language."""
        field = self.field(name)
        return capfirst(str(field.verbose_name if field else BESIDE_LABELS.get(name, name)))


def facts_of(*typed: Any) -> tuple[str, ...]:
    """The names of the facts that services take."""
    names = [name for one in typed for name in one.__annotations__]
    return tuple(dict.fromkeys(name for name in names if name not in NOT_FROM_TABLES))


def log_row(case: Case, by: User, facts: dict[str, Any]) -> Item:
    """Enter an exhibit, under the number that the table gives it where it gives one."""
    return log_item(case, by=by, **facts)


def describe_row(case: Case, by: User, facts: dict[str, Any]) -> Component:
    """Describe a component of the exhibit that the row names."""
    item = facts["item"]
    rest = {name: value for name, value in facts.items() if name != "item"}
    return describe_component(item, by=by, **rest)


def take_back_incident(incident: Incident, by: User, _reason: str) -> str:
    """An incident entered by mistake stays readable and says so."""
    status = IncidentStatus.WITHDRAWN
    amend_incident(incident, by=by, version=incident.version, status=status)
    return ""


def take_back_claim(claim: Claim, by: User, reason: str) -> str:
    """A claim is set aside."""
    set_aside_claim(claim, by=by, reason=reason)
    return ""


def keep_item(_item: Item, _by: User, _reason: str) -> str:
    """Custody began with it: what was logged is never unlogged."""
    return _("An exhibit that was logged stays: its custody is a record. Dispose of it, with two.")


def keep_component(_component: Component, _by: User, _reason: str) -> str:
    """What was once described may be compared already."""
    return _("A component that was described stays: comparisons may rest on it. Amend it.")


def keep_actor(_actor: Actor, _by: User, _reason: str) -> str:
    """Nobody is removed of whom something may be said."""
    return _(
        "An actor that was entered stays: hypotheses may be about it. Being here is no finding."
    )


KINDS: dict[str, Kind] = {
    RecordKind.INCIDENT: Kind(
        RecordKind.INCIDENT,
        Incident,
        Duty.LOG_EVIDENCE,
        facts_of(IncidentFacts),
        (*HARM_COLUMNS, *SOURCE_FIELDS),
        (),
        lambda case, by, facts: enter_incident(case, by=by, **facts),
        amend_incident,
        take_back_incident,
    ),
    RecordKind.ITEM: Kind(
        RecordKind.ITEM,
        Item,
        Duty.LOG_EVIDENCE,
        facts_of(ItemFacts),
        ("exhibit_no",),
        ("kind", "description", "incident"),
        log_row,
        amend_item,
        keep_item,
    ),
    RecordKind.COMPONENT: Kind(
        RecordKind.COMPONENT,
        Component,
        Duty.LOG_EVIDENCE,
        ("item", *facts_of(ComponentFacts, TradeFacts)),
        (),
        ("item", "category"),
        describe_row,
        amend_component,
        keep_component,
    ),
    RecordKind.ACTOR: Kind(
        RecordKind.ACTOR,
        Actor,
        Duty.ANALYSE,
        facts_of(ActorFacts),
        (),
        ("name", "kind"),
        lambda case, by, facts: enter_actor(case, by=by, **facts),
        amend_actor,
        keep_actor,
    ),
    RecordKind.CLAIM: Kind(
        RecordKind.CLAIM,
        Claim,
        Duty.ANALYSE,
        facts_of(ClaimFacts),
        (),
        ("text",),
        lambda case, by, facts: enter_claim(case, by=by, **facts),
        amend_claim,
        take_back_claim,
    ),
}
FIXED = {"exhibit_no", "item"}
"""What names a record, or the record it is part of: a later table does not change it."""
