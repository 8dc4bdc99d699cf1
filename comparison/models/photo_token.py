"""Photo tokens: the index by which photographs that look alike are found, whatever their number."""

from django.db import models

from core.guarded import GuardedQuerySet
from evidence.models import File


class BitsField(models.Field[str, str]):
    """A perceptual hash (PDQ) as PostgreSQL counts with it: 256 bits, written as 0 and 1."""

    def db_type(self, connection: object) -> str:
        return "bit(256)"


class PhotoToken(models.Model):
    """One of the sixteen parts of a photograph's perceptual hash: its place and its 16 bits.

    Two hashes at most 31 bits apart differ by at most one bit in at least one of sixteen parts: so
    they are found by the equality of whole numbers, the one kind of index that row-level security
    lets be used.
    """

    seen_with = "file"

    pk = models.CompositePrimaryKey("token", "file")
    token = models.IntegerField()
    file = models.ForeignKey(File, models.CASCADE, related_name="+")
    code = BitsField()

    objects = GuardedQuerySet["PhotoToken"].as_manager()

    def __str__(self) -> str:
        return f"{self.token:x}"
