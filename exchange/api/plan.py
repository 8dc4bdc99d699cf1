"""REST: the map of a table in a body: which column means what, and how its cells are read."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from core.rest import StrictSerializer
from core.zones import ZONES
from exchange.formats.tables.days import ORDERS
from exchange.formats.tables.plan import TableMap

MOST_TOGETHER = 10
"""So many columns are read one after the other as one text."""
LONGEST = 300


class AsItStands(serializers.CharField):
    """A name or a word just as it stands in the table, blanks included."""

    def __init__(self, **more: Any) -> None:
        super().__init__(trim_whitespace=False, max_length=LONGEST, **more)


def word_lists() -> serializers.DictField:
    """For each field of ours their words, each with ours."""
    return serializers.DictField(
        child=serializers.DictField(child=AsItStands()),
        required=False,
        default=dict,
    )


class PlanInput(StrictSerializer):
    """What the columns of a table mean; a map as it was read may be sent back unaltered.

    `columns` names for each field of ours the columns that are read one after the other, `always`
    what every row says alike, `words` and `contains` their words with ours, `unknown` the values
    that mean nothing. `scheme` says whose references these are.
    """

    columns = serializers.DictField(
        child=serializers.ListField(child=AsItStands(), min_length=1, max_length=MOST_TOGETHER)
    )
    always = serializers.DictField(child=AsItStands(), required=False, default=dict)
    words = word_lists()
    contains = word_lists()
    before = serializers.DictField(child=AsItStands(), required=False, default=dict)
    unknown = serializers.ListField(
        child=AsItStands(), required=False, default=list, max_length=100
    )
    zone = serializers.CharField(required=False, default="UTC", help_text="An IANA name.")
    days = serializers.ChoiceField(choices=ORDERS, required=False, allow_blank=True, default="")
    decimal = serializers.ChoiceField(choices=[".", ","], required=False, default=".")
    scheme = serializers.CharField(max_length=80)
    kind = serializers.CharField(required=False, allow_blank=True, help_text="Not looked at.")
    title = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)

    def validate_zone(self, value: str) -> str:
        if value not in ZONES:
            raise serializers.ValidationError(
                _("Name a time zone as IANA does, such as Asia/Baghdad.")
            )
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """For which kind a map was made says what it is sent to."""
        told = super().validate(attrs)
        return {name: said for name, said in told.items() if name != "kind"}


def plan_of(said: dict[str, Any], kind: str) -> TableMap:
    """What was said, as a map for rows of this kind."""
    return TableMap.of({**said, "kind": kind})
