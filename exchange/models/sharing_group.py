"""Sharing groups: who reads exactly the same of a case, and so shares one collection of it."""

import json
from dataclasses import replace
from uuid import UUID, uuid5

from core.markings import Handling
from investigations.models.label import columns_of

GROUPS = UUID("8794523f-9d35-4554-b6dd-6376bae55402")
"""Ours: a group's identifier is drawn from its case and from whom its label lets read."""

READING = ("clearance", "compartments", "releasable_to", "shared_with")
"""What of a label decides who reads; its colour and who keeps control decide nothing of that."""


def group_of(case: UUID, handling: Handling, *, is_judged: bool = False) -> UUID:
    """The group of what is handled so; that of the whole team has the identifier of the case.

    The same label always lets the same people read, so everybody in a group reads all of it. What
    `is_judged` is for the team alone, whatever partners are shown.
    """
    if is_judged:
        handling = replace(handling, shared_with=frozenset())
    columns = columns_of(handling)
    told = {name: columns[name] for name in READING}
    if not any(told.values()):
        return case
    return uuid5(GROUPS, f"{case}/{json.dumps(told, sort_keys=True, default=str)}")
