"""The deeds of the ledger in words: what a line says was done, and to what kind of thing."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evidence.models import Component, File, Item, Marking
from investigations.models import Incident, Task
from ledger.models import Entry

ACTS: dict[str, str | Promise] = {
    "investigations.case_opened": _("opened the case"),
    "investigations.case_amended": _("amended the case"),
    "investigations.case_status_changed": _("changed the status of the case"),
    "investigations.member_admitted": _("admitted somebody to the team"),
    "investigations.membership_ended": _("took somebody off the team"),
    "investigations.incident_entered": _("entered an incident"),
    "investigations.incident_amended": _("amended an incident"),
    "investigations.casualties_counted": _("counted casualties"),
    "investigations.source_cited": _("cited a source"),
    "investigations.site_entered": _("entered a site"),
    "investigations.site_amended": _("amended a site"),
    "investigations.task_set": _("set a task"),
    "investigations.task_completed": _("completed a task"),
    "investigations.task_reopened": _("reopened a task"),
    "investigations.note_written": _("wrote a note"),
    "evidence.item_logged": _("logged an exhibit"),
    "evidence.item_amended": _("amended an exhibit"),
    "evidence.item_handed_over": _("handed an exhibit over"),
    "evidence.item_stored": _("stored an exhibit"),
    "evidence.item_sealed": _("sealed an exhibit"),
    "evidence.seal_broken": _("broke a seal"),
    "evidence.component_described": _("described a component"),
    "evidence.component_amended": _("amended a component"),
    "evidence.marking_recorded": _("recorded a marking"),
    "evidence.marking_amended": _("amended a marking"),
    "evidence.file_received": _("brought in a file"),
    "evidence.file_examined": _("examined a file"),
    "evidence.file_assigned": _("put a file with an exhibit"),
    "evidence.file_captioned": _("said what a picture shows"),
    "evidence.file_verified": _("verified the bytes of a file"),
    "evidence.original_downloaded": _("downloaded an original"),
    "comparison.link_proposed": _("proposed a comparison"),
    "comparison.link_reassessed": _("assessed a comparison anew"),
    "comparison.link_superseded": _("took back a comparison"),
    "comparison.link_judged": _("judged a comparison"),
    "comparison.alarm_resolved": _("looked into an alarm"),
    "attribution.actor_entered": _("entered an actor"),
    "attribution.actor_amended": _("amended an actor"),
    "attribution.hypothesis_proposed": _("proposed a hypothesis"),
    "attribution.hypothesis_seeded": _("added a standing rival hypothesis"),
    "attribution.hypothesis_amended": _("amended a hypothesis"),
    "attribution.hypothesis_rejected": _("rejected a hypothesis"),
    "attribution.hypothesis_reinstated": _("reinstated a hypothesis"),
    "attribution.hypothesis_superseded": _("superseded a hypothesis"),
    "attribution.finding_drafted": _("drafted a finding"),
    "attribution.finding_amended": _("amended a finding"),
    "attribution.finding_submitted": _("handed in a finding"),
    "attribution.finding_reviewed": _("reviewed a finding"),
    "attribution.finding_released": _("released a finding"),
    "attribution.finding_superseded": _("superseded a finding"),
    "attribution.finding_withdrawn": _("withdrew a finding"),
    "attribution.successor_drafted": _("drafted a finding to supersede another"),
    "attribution.author_admitted": _("admitted an author to a finding"),
    "attribution.evidence_cited": _("cited evidence in a finding"),
    "attribution.citation_removed": _("removed a citation from a finding"),
    "attribution.dissent_recorded": _("recorded a dissent"),
    "attribution.dissent_taken_back": _("took back a dissent"),
    "attribution.release_proposed": _("proposed the release of a finding"),
    "attribution.release_declined": _("declined the release of a finding"),
    "reports.report_requested": _("asked for a report"),
    "reports.report_made": _("made a report"),
    "reports.report_failed": _("failed to make a report"),
    "reports.report_downloaded": _("downloaded a report"),
    "workspace.ledger_checked": _("checked the ledger"),
}
"""What each deed is called after the name of whoever did it."""

NAMES = ("exhibit_no", "ref", "name", "title")
"""The facts of a line that name its subject, the most telling first."""

NAMED_BY: list[tuple[Any, str]] = [
    (Item, "exhibit_no"),
    (File, "name"),
    (Component, "item__exhibit_no"),
    (Marking, "component__item__exhibit_no"),
    (Incident, "ref"),
    (Task, "title"),
]
"""Where the name stands when the line itself gives none: only of things the whole team may see."""


def act_words(act: str) -> str:
    """A deed in words; one not named here by its own code."""
    return str(ACTS.get(act) or act.partition(".")[2].replace("_", " "))


def tell_in_words(entries: Sequence[Any]) -> None:
    """Give each line its `words`, the `kind` of its subject and what that is `named`."""
    for entry in entries:
        entry.words = act_words(entry.act)
        entry.kind = kind_words(entry.subject_kind)
        facts = entry.facts
        entry.named = next((str(facts[name]) for name in NAMES if facts.get(name)), "")
    for model, column in NAMED_BY:
        mute = [entry for entry in entries if is_about(entry, model) and not entry.named]
        if mute:
            rows = model.objects.filter(pk__in={entry.subject_id for entry in mute})
            names = dict(rows.values_list("pk", column))
            for entry in mute:
                entry.named = names.get(entry.subject_id, "")


def is_about(entry: Entry, model: Any) -> bool:
    """True when the line's subject is a row of `model`."""
    return bool(entry.subject_kind == model._meta.label_lower)


def kind_words(kind: str) -> str:
    """What kind of thing a line is about, as its room calls it."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind
