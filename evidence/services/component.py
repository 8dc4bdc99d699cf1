"""Describing components; each change asks the comparison room to look again."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction

from accounts.models import User
from catalogue.models import ComponentCategory, Country, Maker
from core import jobs
from core.changes import apply_changes, require_fresh
from evidence.models import Component, Item
from investigations.models import Duty
from ledger.services import record

COMPARE = "comparison.propose_links"


class TradeFacts(TypedDict, total=False):
    """What a part runs on, what it costs, and which lists of controlled goods name it."""

    voltage_v: Decimal | None
    current_a: Decimal | None
    frequency_hz: Decimal | None
    rf_mhz: Decimal | None
    rf_upper_mhz: Decimal | None
    rf_protocol: str
    hs_code: str
    eccn: str
    eu_annex: str
    priority_tier: int | None
    mtcr_item: str
    price: Decimal | None
    price_currency: str
    first_seen_market: date | None
    first_seen_precision: str


class ComponentFacts(TradeFacts, total=False):
    """What may be said of a part, exactly as seen."""

    category: ComponentCategory
    identification: str
    maker: Maker | None
    maker_as_marked: str
    maker_status: str
    model_name: str
    part_number: str
    serial_number: str
    serial_state: str
    lot_code: str
    date_code: str
    transcription: str
    firmware_version: str
    firmware_sha256: str
    board_revision: str
    country_of_manufacture: Country | None
    manufacture_basis: str
    country_of_design: Country | None
    commodity_grade: str
    materials: list[str]
    colour: str
    finish: str
    fasteners: str
    wiring: str
    connector: str
    adhesive: str
    technique: str
    workmanship: str


@transaction.atomic
def describe_component(item: Item, *, by: User, **facts: Unpack[ComponentFacts]) -> Component:
    """Enter the technical facts of one part of an exhibit; comparison follows in the background."""
    item.require(by, Duty.LOG_EVIDENCE)
    component = Component(case=item.case, item=item, **facts)
    component.full_clean()
    component.save(force_insert=True)
    record(
        by,
        "evidence.component_described",
        component,
        exhibit_no=item.exhibit_no,
        category=component.category_id,
    )
    jobs.ask(COMPARE, component.pk)
    return component


@transaction.atomic
def amend_component(
    component: Component, *, by: User, version: int, **facts: Unpack[ComponentFacts]
) -> Component:
    """Change what is said of a part; its comparisons are made anew."""
    component = Component.objects.locked_for(by, component)
    component.require(by, Duty.LOG_EVIDENCE)
    require_fresh(component, version)
    changes = apply_changes(component, facts)
    if changes:
        component.full_clean()
        component.save()
        record(by, "evidence.component_amended", component, changes=changes)
        jobs.ask(COMPARE, component.pk)
    return component
