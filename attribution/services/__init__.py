"""Everything that can happen to statements, claims, actors, hypotheses, findings and measures."""

from attribution.services.accountability import (
    SILENT_AFTER,
    Followed,
    Outcome,
    account_of,
    followed,
)
from attribution.services.actor import ActorFacts, amend_actor, enter_actor
from attribution.services.actor_matrix import matrix_of
from attribution.services.actor_name import NameFacts, name_actor, strike_name
from attribution.services.actor_parent import end_parent, place_under, strike_parent
from attribution.services.assertion import (
    AssertionFacts,
    amend_assertion,
    assert_of_actor,
    withdraw_assertion,
)
from attribution.services.case_stage import (
    Point,
    conclude_case,
    gate_to,
    move_case,
    stages_ahead,
)
from attribution.services.citation import cite, remove_citation
from attribution.services.claim import ClaimFacts, amend_claim, enter_claim, set_aside_claim
from attribution.services.claim_account import Weighed, contested_in, weigh
from attribution.services.competition import lacking, lacking_in
from attribution.services.finding import (
    FindingFacts,
    admit_author,
    amend_finding,
    draft_finding,
    is_concluded,
    supersede_finding,
    withdraw_finding,
)
from attribution.services.follow_up import (
    FollowUpFacts,
    amend_follow_up,
    close_follow_up,
    set_follow_up,
)
from attribution.services.follow_up_reminder import remind_of_follow_ups
from attribution.services.gates import Gate, open_gates
from attribution.services.hypothesis import (
    HypothesisFacts,
    amend_hypothesis,
    propose_hypothesis,
    reinstate_hypothesis,
    reject_hypothesis,
    supersede_hypothesis,
)
from attribution.services.matrix import (
    MatrixRowFacts,
    add_matrix_row,
    amend_matrix_row,
    put_back_matrix_row,
    take_out_matrix_row,
)
from attribution.services.matrix_account import Matrix, Rated, figure, read_matrix, read_to_rate
from attribution.services.matrix_snapshot import take_matrix_snapshot
from attribution.services.matrix_words import in_words
from attribution.services.measure import (
    RECORDERS,
    MeasureFacts,
    StepFacts,
    amend_measure,
    record_measure,
    withdraw_measure,
)
from attribution.services.measure_step import take_step
from attribution.services.originator_consent import record_consent
from attribution.services.pinning import changed_since
from attribution.services.post_mortem import (
    PostMortemFacts,
    amend_post_mortem,
    write_post_mortem,
)
from attribution.services.release import (
    confirm_release,
    may_name_an_actor,
    release_finding,
)
from attribution.services.review import record_dissent, review_finding, take_back_dissent
from attribution.services.review_comment import (
    answer_comment,
    raise_comment,
    resolve_comment,
)
from attribution.services.sheet import hand_in_sheet, save_sheet
from attribution.services.signature import signatures_of
from attribution.services.statement import StatementFacts, amend_statement, take_statement
from attribution.services.submission import submit_finding

__all__ = [
    "RECORDERS",
    "SILENT_AFTER",
    "ActorFacts",
    "AssertionFacts",
    "ClaimFacts",
    "FindingFacts",
    "FollowUpFacts",
    "Followed",
    "Gate",
    "HypothesisFacts",
    "Matrix",
    "MatrixRowFacts",
    "MeasureFacts",
    "NameFacts",
    "Outcome",
    "Point",
    "PostMortemFacts",
    "Rated",
    "StatementFacts",
    "StepFacts",
    "Weighed",
    "account_of",
    "add_matrix_row",
    "admit_author",
    "amend_actor",
    "amend_assertion",
    "amend_claim",
    "amend_finding",
    "amend_follow_up",
    "amend_hypothesis",
    "amend_matrix_row",
    "amend_measure",
    "amend_post_mortem",
    "amend_statement",
    "answer_comment",
    "assert_of_actor",
    "changed_since",
    "cite",
    "close_follow_up",
    "conclude_case",
    "confirm_release",
    "contested_in",
    "draft_finding",
    "end_parent",
    "enter_actor",
    "enter_claim",
    "figure",
    "followed",
    "gate_to",
    "hand_in_sheet",
    "in_words",
    "is_concluded",
    "lacking",
    "lacking_in",
    "matrix_of",
    "may_name_an_actor",
    "move_case",
    "name_actor",
    "open_gates",
    "place_under",
    "propose_hypothesis",
    "put_back_matrix_row",
    "raise_comment",
    "read_matrix",
    "read_to_rate",
    "record_consent",
    "record_dissent",
    "record_measure",
    "reinstate_hypothesis",
    "reject_hypothesis",
    "release_finding",
    "remind_of_follow_ups",
    "remove_citation",
    "resolve_comment",
    "review_finding",
    "save_sheet",
    "set_aside_claim",
    "set_follow_up",
    "signatures_of",
    "stages_ahead",
    "strike_name",
    "strike_parent",
    "submit_finding",
    "supersede_finding",
    "supersede_hypothesis",
    "take_back_dissent",
    "take_matrix_snapshot",
    "take_out_matrix_row",
    "take_statement",
    "take_step",
    "weigh",
    "withdraw_assertion",
    "withdraw_finding",
    "withdraw_measure",
    "write_post_mortem",
]
