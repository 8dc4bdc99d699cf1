"""Handling markings: the Traffic Light Protocol 2.0 and the Permissible Actions Protocol."""

from collections.abc import Iterable

from django.db import models


class Tlp(models.TextChoices):
    """FIRST's Traffic Light Protocol 2.0, from the freest to the most restrictive."""

    CLEAR = "clear", "TLP:CLEAR"
    GREEN = "green", "TLP:GREEN"
    AMBER = "amber", "TLP:AMBER"
    AMBER_STRICT = "amber+strict", "TLP:AMBER+STRICT"
    RED = "red", "TLP:RED"


class Pap(models.TextChoices):
    """Permissible Actions Protocol: what the receiver may do with what is shown."""

    CLEAR = "clear", "PAP:CLEAR"
    GREEN = "green", "PAP:GREEN"
    AMBER = "amber", "PAP:AMBER"
    RED = "red", "PAP:RED"


def most_restrictive(markings: Iterable[str]) -> str:
    """The marking of a product is the most restrictive of its parts; nothing at all is RED."""
    order = [str(value) for value in Tlp.values]
    return max(markings, key=order.index, default=str(Tlp.RED))
