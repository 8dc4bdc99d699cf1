"""What the description of the interface calls the vocabularies that it lists."""

ENUM_NAMES = {
    "CaseStatusEnum": "investigations.models.Case.Status",
    "IncidentStatusEnum": "investigations.models.vocabulary.IncidentStatus",
    "ItemStatusEnum": "evidence.models.vocabulary.ItemStatus",
    "FindingStatusEnum": "attribution.models.Finding.Status",
    "MarkingStateEnum": "evidence.models.vocabulary.MarkingState",
    "FileStateEnum": "evidence.models.vocabulary.FileState",
    "LinkStateEnum": "comparison.models.LinkState",
    "IncidentOutcomeEnum": "investigations.models.vocabulary.Outcome",
    "ComparisonOutcomeEnum": "comparison.models.Outcome",
    "RequestKindEnum": "investigations.models.RequestKind",
    "MarkingKindEnum": "evidence.models.vocabulary.MarkingKind",
    "DatePrecisionEnum": "core.precision.DatePrecision",
    "TlpEnum": "core.markings.Tlp",
    "TraceChannelEnum": "evidence.models.trace_words.Channel",
    "OfferChannelEnum": "evidence.models.trace_words.OfferChannel",
    "ReplyOutcomeEnum": "evidence.models.trace_words.ReplyOutcome",
    "LoanWayEnum": "evidence.models.loan.LoanWay",
    "PlaceKindEnum": "evidence.models.storage_place.PlaceKind",
    "CustodyKindEnum": "evidence.models.CustodyKind",
}
