"""Which assessed pairs are worth an examiner's time."""

from comparison.methods.assessment import BLOCKING, Agreement, Alert, Assessment, Outcome
from comparison.methods.parameters import CONCEALMENT, PARAMETERS, Parameters
from comparison.methods.words import Conclusion

_CALLS_FOR_EYES = frozenset({*BLOCKING, Alert.SERIAL_MAY_BE_IDENTICAL})
_CLOSE = frozenset({Conclusion.SAME_RUN, Conclusion.SAME_MODEL})


def worth_proposing(assessment: Assessment, parameters: Parameters = PARAMETERS) -> bool:
    """Whether to put a pair before an examiner.

    Yes above weak support; on a serial alarm; when a second look may turn a misreading into an
    agreement; when one difference stands against much agreement, for it may be a slip or a false
    label; when a suspected counterfeit bears the other's label; and, where there is no figure yet,
    when part, run or way of concealment is shared.
    """
    if _CALLS_FOR_EYES.intersection(assessment.alerts):
        return True
    if assessment.outcome is Outcome.NOT_COMPARABLE:
        return False
    if Alert.COUNTERFEIT in assessment.alerts and _labelled_alike(assessment):
        return True
    if assessment.ratio is not None and assessment.ratio > parameters.proposal_floor:
        return True
    if Alert.READING_UNCERTAIN in assessment.alerts and not assessment.unexplained:
        return True
    if assessment.outcome is Outcome.ASSESSED and assessment.rank > parameters.promise_floor:
        return True
    return assessment.outcome is Outcome.INSUFFICIENT and _is_telling(assessment)


def _labelled_alike(assessment: Assessment) -> bool:
    """Whether what a suspected counterfeit claims to be is what the other claims to be."""
    return any(
        row.feature in ("part", "lot") and row.agreement is Agreement.AGREE
        for row in assessment.rows
    )


def _is_telling(assessment: Assessment) -> bool:
    if assessment.unexplained:
        return False
    return assessment.level in _CLOSE or any(
        row.group == CONCEALMENT and row.agreement is Agreement.AGREE for row in assessment.rows
    )
