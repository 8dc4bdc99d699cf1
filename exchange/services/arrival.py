"""Files from elsewhere: taken in whole or not at all, then decided on object by object."""

import hashlib
from decimal import Decimal
from typing import Any, cast

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from catalogue.models import Country
from core.errors import Refused
from core.markings import Handling
from core.precision import DatePrecision
from core.scope import system_scope
from exchange.formats.arriving import read_file
from exchange.formats.elsewhere import DEEPEST, LARGEST, MOST, Arrived, WrongBundle
from exchange.formats.misp import telling as misp
from exchange.formats.stix import telling as stix
from exchange.formats.stix.telling import Told
from exchange.models import Arrival, ArrivedObject
from exchange.models.arrival import MISP_EVENT
from investigations.models import Case, Duty, Incident, Label
from investigations.models.vocabulary import AttackMode, Outcome, TargetType
from investigations.services import cite_source, enter_incident
from investigations.services.incident import IncidentFacts
from investigations.services.label import take_on
from ledger.services import record

WHY: dict[str, str | Promise] = {
    "too-large": gettext_lazy("The bundle is larger than %(largest)s MB: send it in parts."),
    "too-deep": gettext_lazy("Brackets stand more than %(deepest)s deep: this is no bundle."),
    "too-many": gettext_lazy("The bundle has more than %(most)s objects: send it in parts."),
    "not-utf8": gettext_lazy(
        "The file is not written in UTF-8, as STIX and MISP have to be. %(where)s"
    ),
    "not-json": gettext_lazy("The file is no whole JSON: it may have been cut off. Fetch it anew."),
    "no-bundle": gettext_lazy(
        "The file is neither a bundle of STIX, whose type is “bundle”, nor an event of MISP."
    ),
    "no-event": gettext_lazy(
        "The file is no event of MISP: it needs an “Event” with its “info”, and lists of objects."
    ),
    "many-events": gettext_lazy("The file has several events: send them one by one."),
    "no-objects": gettext_lazy("The bundle has no objects."),
    "huge-number": gettext_lazy("A number in it cannot be held: %(where)s."),
    "name-twice": gettext_lazy("A property stands twice in one object: %(where)s."),
    "wrong-object": gettext_lazy("An object has no type and identifier that fit: %(where)s."),
    "no-moment": gettext_lazy(
        "An object does not say in UTC when it was created and modified, as STIX has it: %(where)s."
    ),
    "other-version": gettext_lazy("Only STIX 2.1 is read; this object is of another: %(where)s."),
}
LONGEST_CITATION = 500
VOCABULARIES = {"attack_mode": AttackMode, "outcome": Outcome, "target_type": TargetType}


@transaction.atomic
def receive_bundle(case: Case, *, by: User, name: str, data: bytes) -> Arrival:
    """Keep every object of a file as it came, for a person to decide on; all of it or nothing."""
    case = Case.objects.visible_to(by).select_for_update(no_key=True).get(pk=case.pk)
    case.require(by, Duty.LOG_EVIDENCE)
    told_in, found = understood(data)
    arrival = Arrival(
        case=case,
        format=told_in,
        name=name[:200] or "bundle.json",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        count=len(found),
        received_by=by,
    )
    arrival.full_clean()
    arrival.save(force_insert=True)
    marks = {(one.tlp, one.pap) for one in found}
    labels = {(tlp, pap): label_of(tlp, pap) for tlp, pap in marks}
    ArrivedObject.objects.bulk_create(kept(arrival, one, labels[one.tlp, one.pap]) for one in found)
    record(
        by,
        "exchange.bundle_received",
        arrival,
        format=arrival.format,
        sha256=arrival.sha256,
        size=arrival.size,
        objects=arrival.count,
    )
    return arrival


def understood(data: bytes) -> tuple[str, list[Arrived]]:
    """The format of a file and its objects, or a refusal that says what is wrong with it."""
    try:
        return read_file(data)
    except WrongBundle as wrong:
        limits = {"largest": LARGEST // 1024**2, "deepest": DEEPEST, "most": MOST}
        words = str(WHY[wrong.code]) % {"where": wrong.where, **limits}
        raise Refused(words.strip()) from None


def label_of(tlp: str, pap: str) -> Label | None:
    """The label of what came with these marks."""
    handling = Handling(tlp=tlp, pap=pap)
    return None if handling == Handling() else Label.for_handling(handling)


def kept(arrival: Arrival, one: Arrived, label: Label | None) -> ArrivedObject:
    """One object as a row."""
    return ArrivedObject(
        case=arrival.case,
        label=label,
        arrival=arrival,
        number=one.number,
        stix_id=one.stix_id,
        kind=one.kind,
        name=one.name,
        tlp=one.tlp,
        body=one.body,
    )


@transaction.atomic
def accept_arrived(arrived: ArrivedObject, *, by: User, title: str) -> Incident:
    """Enter an attack that was told of elsewhere, under a neutral title of our own.

    Its source is cited without a grade, and it is handled at least as strictly as it came.
    """
    arrived = waiting_object(arrived, by)
    if not arrived.tells_of_attack:
        raise Refused(_("Only an incident can be accepted as one."))
    require_new(arrived)
    facts = facts_told(understood_of(arrived, by), title)
    incident = enter_incident(arrived.case, by=by, **facts)
    cite_source(
        incident,
        by=by,
        citation=citation_of(arrived, by),
        reliability="F",
        credibility="6",
        imported_from=origin_of(arrived),
        row_key=str(arrived.number),
        as_reported={
            f"{arrived.arrival.format}_id": arrived.stix_id,
            "bundle_sha256": arrived.arrival.sha256,
        },
    )
    take_on(incident, arrived.own_handling)
    arrived.state, arrived.incident = ArrivedObject.State.ACCEPTED, incident
    arrived.decided_by = by
    arrived.save(update_fields=["state", "incident", "decided_by"])
    told: dict[str, Any] = {"stix_id": arrived.stix_id, "incident": incident.ref}
    record(by, "exchange.arrived_accepted", arrived, **told)
    return incident


def understood_of(arrived: ArrivedObject, by: User) -> Told:
    """What an object tells of an attack, together with those that stand around it."""
    others = ArrivedObject.objects.visible_to(by).filter(arrival=arrived.arrival)
    if arrived.arrival.format == Arrival.Format.MISP:
        around = [row.as_read for row in others.filter(kind__in=misp.AROUND)]
        return misp.told_of(arrived.as_read, arrived.kind, around)
    around = [row.as_read for row in others.filter(kind__in=stix.AROUND)]
    return stix.told_of(arrived.as_read, around)


def require_new(arrived: ArrivedObject) -> None:
    """Refuse an attack that was accepted before, out of whichever file, be it shown or not."""
    with system_scope("an attack is entered once, whoever may see what it became"):
        Case.objects.select_for_update(no_key=True).get(pk=arrived.case_id)
        same = ArrivedObject.objects.filter(case=arrived.case_id, stix_id=arrived.stix_id)
        known = same.filter(arrival__format=arrived.arrival.format).accepted().exists()
    if known:
        raise Refused(
            _(
                "This object was accepted before, as an incident of this case. "
                "Amend that one, and set this one aside."
            )
        )


def origin_of(arrived: ArrivedObject) -> str:
    """What a cited source says of the file it came from."""
    return f"{arrived.arrival.format.upper()} {arrived.arrival.sha256[:12]}"


@transaction.atomic
def set_aside_arrived(arrived: ArrivedObject, *, by: User) -> ArrivedObject:
    """Decide that an object does not become an incident; it stays readable."""
    arrived = waiting_object(arrived, by)
    arrived.state, arrived.decided_by = ArrivedObject.State.SET_ASIDE, by
    arrived.save(update_fields=["state", "decided_by"])
    record(by, "exchange.arrived_set_aside", arrived, stix_id=arrived.stix_id)
    return arrived


def waiting_object(arrived: ArrivedObject, by: User) -> ArrivedObject:
    """The object, nobody else's until the deed is done, if nobody has decided on it."""
    arrived = ArrivedObject.objects.locked_for(by, arrived)
    arrived.require(by, Duty.LOG_EVIDENCE)
    if not arrived.is_waiting:
        raise Refused(_("Somebody has decided on this object already."))
    return arrived


def facts_told(told: Told, title: str) -> IncidentFacts:
    """What is told, in our words; a word that our vocabularies do not have is left out."""
    facts: dict[str, Any] = {
        "title": title,
        "narrative": told.narrative,
        "occurred_from": told.occurred_from,
        "occurred_to": told.occurred_to,
        "occurred_as_stated": told.occurred_as_stated,
        "weapon_as_stated": told.weapon_as_stated,
        "place_name": told.place_name,
        "country": Country.objects.filter(code=told.country).first() if told.country else None,
        "latitude": degrees(told.latitude),
        "longitude": degrees(told.longitude),
        **told.counts,
    }
    precision = told.words.get("occurred_precision", "")
    if told.occurred_from and precision in DatePrecision.values:
        facts["occurred_precision"] = precision
    for name, vocabulary in VOCABULARIES.items():
        if told.words.get(name) in vocabulary.values:
            facts[name] = told.words[name]
    return cast("IncidentFacts", facts)


def degrees(value: float | None) -> Decimal | None:
    """A coordinate as we keep it, to six decimals."""
    return None if value is None else Decimal(f"{value:.6f}")


def citation_of(arrived: ArrivedObject, by: User) -> str:
    """Who says so, as far as the file tells, and under which identifier."""
    rows = ArrivedObject.objects.visible_to(by).filter(arrival=arrived.arrival)
    if arrived.arrival.format == Arrival.Format.MISP:
        who = organisation_of(rows.filter(kind=MISP_EVENT).first())
    else:
        named = rows.filter(stix_id=str(arrived.as_read.get("created_by_ref", ""))).first()
        who = named.name if named else ""
    return f"{who or _('somebody who is not named')}: {arrived.stix_id}"[:LONGEST_CITATION]


def organisation_of(event: ArrivedObject | None) -> str:
    """The organisation that made an event of MISP, as far as that is told."""
    maker = event.as_read.get("Orgc") if event else None
    return stix.line(maker.get("name")) if isinstance(maker, dict) else ""
