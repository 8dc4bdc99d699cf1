"""Background work: owed by a row in the database, announced by a bell, done under a lease.

A service asks with `ask`; a room's tasks.py declares with `task` what is done then; whoever does
it gets a `Lease` and shows it when the result is written. The bell may be lost: the row is not.
"""

from core.jobs.asking import ask, is_idle, try_again
from core.jobs.lease import BY_HAND, Lease, Overtaken
from core.jobs.running import GivenUp, task
from core.jobs.sweeping import sweep

__all__ = [
    "BY_HAND",
    "GivenUp",
    "Lease",
    "Overtaken",
    "ask",
    "is_idle",
    "sweep",
    "task",
    "try_again",
]
