"""What the outlet for people keeps of its own, and the questions it asks across the rooms."""

from workspace.models.exercise_run import ExerciseRun
from workspace.models.feed import told_to
from workspace.models.history import said_at, states_of, steps_of, told_at
from workspace.models.lines import tell_in_words
from workspace.models.search import Found, Group, Hit, found

__all__ = [
    "ExerciseRun",
    "Found",
    "Group",
    "Hit",
    "found",
    "said_at",
    "states_of",
    "steps_of",
    "tell_in_words",
    "told_at",
    "told_to",
]
