"""Guesses from its name what a column means; whoever maps the table sees and corrects it."""

from collections.abc import Iterable, Mapping, Sequence

from catalogue.folding import fold

HEADS: dict[str, str] = {
    "their_id": "id, identifier, reference, ref, event id, record id, no, رقم, المعرف, المرجع",
    "title": "title, headline, incident, event, العنوان, الحدث, الحادث",
    "occurred_from": "date, day, event date, start, start date, from, occurred, التاريخ, تاريخ, من",
    "occurred_to": "end, end date, until, to, إلى, حتى, تاريخ الانتهاء",
    "place_name": "place, location, city, town, المكان, الموقع, المدينة",
    "country": "country, country code, iso, البلد, الدولة",
    "latitude": "latitude, lat, خط العرض",
    "longitude": "longitude, lon, lng, long, خط الطول",
    "theatre": "theatre, theater, region, المسرح",
    "attack_mode": "attack mode, attack type, type, mode, نوع الهجوم, النوع",
    "target_type": "target type, target, الهدف, نوع الهدف",
    "weapon_as_stated": "weapon, weapon as stated, munition, السلاح, نوع السلاح",
    "launched_min": "launched, أطلق, المطلقة",
    "intercepted_min": "intercepted, destroyed, shot down, أسقط, المعترضة",
    "killed_min": "killed, deaths, dead, fatalities, القتلى, قتلى, عدد القتلى",
    "injured_min": "injured, wounded, الجرحى, جرحى, عدد الجرحى",
    "missing_min": "missing, missing persons, المفقودون, مفقودون, عدد المفقودين",
    "narrative": "narrative, notes, summary, description, text, الوصف, ملاحظات, الملخص",
    "citation": "source, citation, url, link, المصدر, الرابط",
    "exhibit_no": "exhibit, exhibit no, exhibit number, item, item no, رقم المضبوط, المضبوط",
    "description": "description, short description, what it is, الوصف, البيان",
    "kind": "kind, category, type, النوع, الفئة",
    "incident": "incident, incident ref, الحادث, الهجوم",
    "parent": "part of, parent, جزء من",
    "recovered_at": "recovered, recovered at, found, date found, date, تاريخ العثور, التاريخ",
    "recovered_by": "recovered by, found by, collector, عثر عليه",
    "quantity": "quantity, qty, count, الكمية, العدد",
    "mass_g": "mass, weight, mass g, weight g, الوزن, الكتلة",
    "item": "exhibit, exhibit no, item, item no, المضبوط, رقم المضبوط",
    "category": "category, component, kind, type, الفئة, النوع",
    "maker": "maker, manufacturer, الصانع, الشركة المصنعة",
    "maker_as_marked": "maker as marked, brand, marking, العلامة",
    "model_name": "model, model name, الطراز",
    "part_number": "part number, part no, pn, p/n, رقم القطعة",
    "serial_number": "serial number, serial no, serial, sn, s/n, الرقم التسلسلي",
    "lot_code": "lot, lot code, batch, الدفعة",
    "date_code": "date code, رمز التاريخ",
    "name": "name, actor, group, organisation, organization, الاسم, الجهة",
    "native_name": "native name, original name, الاسم الأصلي",
    "remarks": "remarks, notes, comment, ملاحظات",
    "text": "claim, text, statement, نص الادعاء, الادعاء, النص",
    "made_by": "claimed by, claimant, speaker, by, صاحب الادعاء, المدعي",
    "made_at": "date, claimed, claimed on, تاريخ الادعاء, التاريخ",
    "actor": "actor, accused, perpetrator, الجهة, المتهم",
    "channel": "channel, medium, القناة",
    "reliability": "reliability, source reliability, موثوقية المصدر",
    "credibility": "credibility, مصداقية المعلومة",
}  # fmt: skip
"""Names by which people head the columns of each field, in English and in Arabic."""


def guess_columns(
    head: Sequence[str], fields: Iterable[str], labels: Mapping[str, Iterable[str]]
) -> dict[str, str]:
    """The column that each field is probably in; a column is taken once.

    `labels` are what the fields are called on our own pages, in each language.
    """
    left = {fold(name): name for name in reversed(head)}
    found: dict[str, str] = {}
    for field in fields:
        names = [field, *labels.get(field, ()), *HEADS.get(field, "").split(", ")]
        for name in names:
            if name and (column := left.pop(fold(name), None)):
                found[field] = column
                break
    return found
