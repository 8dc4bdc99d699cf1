"""The incidents of a case in print: what, when and where, how exactly known, and from whom."""

from collections import defaultdict

from django.db.models import Count, Prefetch, Q, prefetch_related_objects

from core.grading import Credibility, Reliability
from evidence.models import Item
from investigations.models import Incident, Site
from investigations.models.incident import CasualtyCount, SourceReport
from reports.content.phrases import (
    _,
    absent,
    between,
    clock,
    label,
    quoted,
    said,
    seen,
    stacked,
    stamp,
)
from reports.content.reading import Reading, coordinates
from reports.typesetting.blocks import (
    Block,
    Row,
    Section,
    Value,
    code,
    heading,
    muted,
    paragraph,
    rows,
    subheading,
    table,
)

MOST_IN_FULL = 40
"""More incidents than this are listed; only those that gave exhibits then have a page part."""


def incident_section(reading: Reading) -> Section:
    """Every incident of the case, in the order in which they happened."""
    exhibits = Item.objects.visible_to(reading.reader)
    found = reading.read(
        Incident.objects.visible_to(reading.reader)
        .filter(case=reading.case)
        .select_related("country", "theatre", "weapon_model")
        .annotate(exhibits=Count("items", filter=Q(items__in=exhibits)))
        .order_by("occurred_from", "id")
    )
    blocks: list[Block] = []
    if not found:
        blocks.append(paragraph(_("No incident has been entered in this case.")))
    if len(found) > 1:
        blocks.append(incident_list(reading, found))
    in_full = found if len(found) <= MOST_IN_FULL else [one for one in found if yielded(one)]
    prefetch_related_objects(in_full, *parts_of(reading))
    for incident in in_full:
        for part in (incident.casualties, incident.source_reports, incident.sites):
            reading.show(*part.all())
        blocks += incident_in_full(reading, incident)
    return {"title": _("Incidents"), "blocks": blocks}


def parts_of(reading: Reading) -> list[Prefetch[str]]:
    """The casualties, sources and sites that the reader may see."""
    parts: dict[str, type[CasualtyCount | SourceReport | Site]] = {
        "casualties": CasualtyCount,
        "source_reports": SourceReport,
        "sites": Site,
    }
    return [
        Prefetch(name, model.objects.visible_to(reading.reader)) for name, model in parts.items()
    ]


def yielded(incident: Incident) -> int:
    """How many exhibits it gave, as counted by the question that found it."""
    count: int = incident.exhibits  # type: ignore[attr-defined]
    return count


def incident_list(reading: Reading, found: list[Incident]) -> Block:
    """All incidents, one a line."""
    heads = [(_("Incident"), 1.6), (_("What happened"), 4), (_("Time (UTC)"), 2.4), (_("Place"), 3)]
    return table(
        [*heads, (_("Exhibits"), 1.2)],
        [
            [
                code(incident.ref),
                reading.neutral(incident.title),
                seen(clock(incident.occurred_from, incident.occurred_precision)),
                said(reading.neutral(incident.place_name)),
                code(yielded(incident)),
            ]
            for incident in found
        ],
    )


def incident_in_full(reading: Reading, incident: Incident) -> list[Block]:
    """The facts of one incident with their precision, its casualties and its sources."""
    facts: list[Row] = [
        (_("Time"), time_of(incident)),
        (_("Place"), place_of(reading, incident)),
        (_("Theatre"), said(str(incident.theatre or ""))),
        (_("Attack mode"), label(incident.get_attack_mode_display())),
        (_("Weapon"), weapon_of(reading, incident)),
        (_("Launched · intercepted · arrived"), counts_of(incident)),
        (_("Target"), label(incident.get_target_type_display())),
        (_("Outcome"), label(incident.get_outcome_display())),
        (_("How far established"), label(incident.get_status_display())),
    ]
    return [
        heading(f"{incident.ref} · {reading.neutral(incident.title)}", room=70),
        rows([*facts, *casualties_of(list(incident.casualties.all()))]),
        *sites_of(reading, incident),
        subheading(_("Sources")),
        sources_of(reading, list(incident.source_reports.all())),
    ]


def time_of(incident: Incident) -> Value:
    """When, how exactly, and in the words of the source."""
    precision = incident.occurred_precision
    begun, ended = (stamp(at, precision) for at in (incident.occurred_from, incident.occurred_to))
    known = f"{begun} – {ended}" if ended and ended != begun else begun
    exactness = _("known to: %(precision)s") % {
        "precision": label(incident.get_occurred_precision_display())
    }
    stated = quoted(incident.occurred_as_stated)
    zone = _("zone of the source: %(zone)s") % {"zone": incident.occurred_zone} if stated else ""
    return stacked(
        [
            code(known) if known else absent(_("unknown")),
            muted(exactness),
            *[muted(words) for words in (stated, zone) if words],
        ]
    )


def place_of(reading: Reading, incident: Incident) -> Value:
    """Where, with the native name, the coordinates and how far they may be out."""
    stated = [reading.neutral(incident.place_name), reading.neutral(incident.place_native)]
    names = [*stated, str(incident.country or "")]
    exactness = _("known to: %(precision)s") % {
        "precision": label(incident.get_place_precision_display())
    }
    if incident.uncertainty_m is not None:
        exactness += " · " + _("within %(metres)s m") % {"metres": incident.uncertainty_m}
    point = coordinates(incident.latitude, incident.longitude)
    return stacked(
        [
            *[name for name in names if name],
            *([code(point + " (WGS 84)")] if point else []),
            muted(exactness),
        ]
    )


def weapon_of(reading: Reading, incident: Incident) -> Value:
    """The weapon model as the catalogue names it, and as the source did."""
    stated = quoted(reading.neutral(incident.weapon_as_stated))
    return stacked([str(incident.weapon_model or ""), *([muted(stated)] if stated else [])])


def counts_of(incident: Incident) -> str:
    """How many weapons were launched, intercepted and arrived."""
    return " · ".join(
        between(getattr(incident, f"{count}_min"), getattr(incident, f"{count}_max"))
        for count in ("launched", "intercepted", "arrived")
    )


def casualties_of(counts: list[CasualtyCount]) -> list[Row]:
    """One row for each kind of harm, also where nobody has counted yet."""
    by_harm: dict[str, list[Value]] = defaultdict(list)
    for count in counts:
        words = f"{label(count.get_group_display())}: {between(count.at_least, count.at_most)}"
        if count.as_of:
            words += " · " + _("as of %(time)s") % {"time": stamp(count.as_of)}
        by_harm[count.harm].append(words)
    return [
        (label(harm.label).capitalize(), stacked(by_harm[harm]) if by_harm[harm] else unknown())
        for harm in CasualtyCount.Harm
    ]


def unknown() -> Value:
    """Not counted is not zero."""
    return absent(_("unknown"))


def sites_of(reading: Reading, incident: Incident) -> list[Block]:
    """The places of the incident, if any were entered."""
    found = [site.as_shared() for site in incident.sites.all()]
    if not found:
        return []
    heads = [(_("Site"), 3), (_("Kind"), 2.4), (_("Place"), 3), (_("Coordinates"), 3)]
    body = [
        [
            reading.neutral(site.name),
            label(site.get_kind_display()),
            said(reading.neutral(site.place_name)),
            stacked([seen(coordinates(site.latitude, site.longitude)), *exactness_of(site)]),
        ]
        for site in found
    ]
    return [subheading(_("Sites")), table(heads, body), *areas_of(reading, found)]


def exactness_of(site: Site) -> list[Value]:
    """That a sensitive place is told only roughly."""
    return [muted(_("sensitive place, to about 11 km"))] if site.sensitive else []


def areas_of(reading: Reading, sites: list[Site]) -> list[Block]:
    """The outline of each area that was searched: latitude and longitude of every corner."""
    outlined = [site for site in sites if site.searched_area]
    if not outlined:
        return []
    facts: list[Row] = [
        (reading.neutral(site.name), stacked([site.area_text, *map(code, site.corners)]))
        for site in outlined
    ]
    return [subheading(_("Searched areas (WGS 84)")), rows(facts)]


def sources_of(reading: Reading, reports: list[SourceReport]) -> Block:
    """Each source with its two Admiralty grades, which are never one."""
    if not reports:
        return paragraph(_("No source has been recorded for this incident."))
    heads = [(_("Source"), 6), (_("Grade"), 1), (_("Which means"), 4)]
    return table(heads, [source_line(reading, report) for report in reports])


def source_line(reading: Reading, report: SourceReport) -> list[Value]:
    """Citation, grade such as B3, and the grade in words."""
    party = _("speaks for a party to the conflict") if report.party_to_conflict else ""
    return [
        stacked([reading.neutral(report.citation), *([muted(party)] if party else [])]),
        code(report.grade),
        stacked(
            [
                label(Reliability(report.reliability).label),
                label(Credibility(report.credibility).label),
            ]
        ),
    ]
