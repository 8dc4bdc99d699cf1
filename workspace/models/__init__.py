"""What the outlet for people keeps of its own, and the questions it asks across the rooms."""

from workspace.models.acts import act_words, subject_words
from workspace.models.exercise_run import ExerciseRun
from workspace.models.search import Group, Hit, found

__all__ = ["ExerciseRun", "Group", "Hit", "act_words", "found", "subject_words"]
