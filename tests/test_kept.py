"""Every record of case data that a deed can amend keeps what it said before, or says why not."""

from django.apps import apps

from core.guarded import GuardedQuerySet
from core.models import Subject
from evidence.models import StoragePlace

ROOMS = {"investigations", "evidence", "comparison", "attribution", "workspace"}
OUTLETS = {"reports", "exchange"}
KEEPS_NOTHING = {
    "entered once: no deed amends it, one that strikes it out writes a line": {
        *("evidence.Calibration", "evidence.Capture", "evidence.Regrouping"),
        *("evidence.Transformation", "evidence.TraceReply", "evidence.TraceHop"),
        *("attribution.ActorName", "attribution.AssertionEvidence", "attribution.Citation"),
        *("attribution.Submission", "attribution.Release", "attribution.Review"),
        *("attribution.Dissent", "exchange.Arrival", "investigations.Label"),
    },
    "decided once: the row itself says by whom and when": {
        *("investigations.Request", "evidence.Proposal", "evidence.Sighting"),
        *("evidence.Stocktake", "comparison.Disclosure", "comparison.ParameterSet"),
        *("exchange.ArrivedObject", "exchange.DeliveredRecord", "exchange.Delivery"),
        *("exchange.Shipment", "exchange.Peer", "investigations.Membership"),
    },
    "numbered: what is handed in stays, and the next is a row of its own": {
        *("attribution.Sheet", "attribution.Cell"),
    },
    "judged blind: each judgement is a row that stays, what is counted follows from them": {
        "comparison.Link",
    },
    "derived: made anew from other records, or a printed copy of them": {
        *("comparison.Reading", "comparison.Hit", "comparison.Key", "comparison.Spelling"),
        *("comparison.PhotoToken", "comparison.RecoveryCount", "comparison.ReferenceSet"),
        *("comparison.ReferenceCount", "comparison.Rescoring", "exchange.StixVersion"),
        *("reports.Report", "reports.Bundle"),
    },
    "kept apart so that it can be erased: nothing may remember it": {
        *("investigations.CaseKey", "investigations.SourceIdentity"),
        *("investigations.CommittedValue",),
    },
    "machinery: bells, counters, queues and what their owners set up for themselves": {
        *("investigations.Notice", "investigations.MailChoice", "investigations.CaseCounter"),
        *("evidence.Upload", "comparison.Question", "workspace.ExerciseRun"),
        *("exchange.TableImport", "exchange.TableImportRow", "exchange.TheirReference"),
        *("exchange.ColumnMap", "exchange.OwnKey", "exchange.Heard", "exchange.FeedHead"),
        *("exchange.Step", "exchange.Touch", "exchange.WebhookReceiver"),
        *("exchange.WebhookDelivery", "exchange.Follower"),
    },
}
EXCUSED = {name for names in KEEPS_NOTHING.values() for name in names}


def models_of_cases():
    return [model for model in apps.get_models() if model._meta.app_label in ROOMS | OUTLETS]


def kept(model):
    return issubclass(model, Subject) and model.kept


def test_each_kind_of_record_keeps_its_former_states_or_says_why_not():
    silent = {
        model._meta.label
        for model in models_of_cases()
        if not (kept(model) or getattr(model, "append_only", False))
    }
    assert silent == EXCUSED


def test_nothing_is_both_kept_and_append_only():
    assert not [row for row in models_of_cases() if kept(row) and getattr(row, "append_only", 0)]


def test_what_is_locked_for_a_deed_remembers_what_it_said():
    """The querysets of cases see to it; those who lock a place of storage do so themselves."""
    deaf = {
        model
        for model in models_of_cases()
        if kept(model) and not isinstance(model._default_manager.all(), GuardedQuerySet)
    }
    assert deaf == {StoragePlace}


def test_each_fact_left_out_of_a_history_and_each_list_in_it_exists():
    for model in filter(kept, models_of_cases()):
        own = {field.name for field in model._meta.concrete_fields}
        lists = {field.name for field in model._meta.many_to_many}
        assert own >= set(model.not_kept) and lists >= set(model.kept_lists), model
