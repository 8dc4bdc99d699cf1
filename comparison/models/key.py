"""Keys: the index by which relatives are found, one row for each reading and key."""

from django.db import models

from core.guarded import GuardedQuerySet
from investigations.models import Incident


class KeyQuerySet(GuardedQuerySet["Key"]):
    """Questions about keys."""


class Key(models.Model):
    """A reading filed under the hash of one of its keys.

    A table with equality alone: row-level security lets no other kind of index be used (the
    operators of arrays are not leakproof). By recovery within each key, so that a common key can be
    read a few recoveries at a time, whatever a seizure of hundreds has put there.
    """

    seen_with = "reading"

    pk = models.CompositePrimaryKey("hash", "incident", "reading")
    hash = models.BigIntegerField()
    incident = models.ForeignKey(
        Incident, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    reading = models.ForeignKey(
        "comparison.Reading",
        models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    objects = KeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.hash:x}"


class Spelling(models.Model):
    """A part number that some component bears, under one of the forms it may be misread as.

    `form` and `held` are hashes: of `spelling_keys`, and of the part as its recoveries count it.
    """

    only_the_program = True

    pk = models.CompositePrimaryKey("form", "held")
    form = models.BigIntegerField()
    held = models.BigIntegerField()

    objects = GuardedQuerySet["Spelling"].as_manager()

    def __str__(self) -> str:
        return f"{self.form:x}"
