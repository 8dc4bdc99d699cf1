"""What the outlet for people keeps of its own, and the questions it asks across the rooms."""

from workspace.models.exercise_run import ExerciseRun
from workspace.models.feed import told_to
from workspace.models.history import Difference, History, Step, entered_silently
from workspace.models.lines import tell_in_words
from workspace.models.past import case_of, kept_models, kept_row
from workspace.models.search import Found, Group, Hit, found

__all__ = [
    "Difference",
    "ExerciseRun",
    "Found",
    "Group",
    "History",
    "Hit",
    "Step",
    "case_of",
    "entered_silently",
    "found",
    "kept_models",
    "kept_row",
    "tell_in_words",
    "told_to",
]
