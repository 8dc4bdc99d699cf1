"""REST: sheets of labels for exhibits and places, as PDF files."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from accounts.http import person
from accounts.policy import SIGNED_IN
from core.keyed import KeyedViewSet
from core.models import Once
from core.rest import StrictSerializer
from evidence.models import Item, StoragePlace
from reports import services
from reports.forms import MOST_USED, SIZES
from reports.http import MOST_LABELS, as_pdf, code_address

PDF: Any = {(200, "application/pdf"): OpenApiTypes.BINARY}


class LabelsInput(StrictSerializer):
    """Which exhibits and places, on which sheet (A4), and how many of its labels are used."""

    items: Any = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_LABELS, required=False
    )
    places: Any = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_LABELS, required=False
    )
    size = serializers.ChoiceField(choices=SIZES)
    skip = serializers.IntegerField(min_value=0, max_value=MOST_USED, default=0)


class LabelsViewSet(KeyedViewSet[Item]):
    """Labels of the exhibits and places that you may see."""

    policy = SIGNED_IN
    serializer_class = LabelsInput
    queryset = Item.objects.none()

    @extend_schema(request=LabelsInput, responses=PDF)
    def create(self, request: Request) -> HttpResponse:
        """Print labels as a PDF file; each leaves a line in the ledger."""
        return self.printed(request)

    def printed(self, request: Request) -> HttpResponse:
        """The sheets that were asked for."""
        form = LabelsInput(data=request.data)
        form.is_valid(raise_exception=True)
        asked, you = dict(form.validated_data), person(request)
        items = Item.objects.visible_to(you).select_related("case").order_by("case", "exhibit_no")
        places = StoragePlace.objects.visible_to(you).with_path()
        pdf = services.print_labels(
            those("items", items, asked.pop("items", [])),
            those("places", places, asked.pop("places", [])),
            by=you,
            address=partial(code_address, request),
            **asked,
        )
        return as_pdf(pdf, f"labels-{timezone.now():%Y%m%d-%H%M}.pdf")

    def again(self, once: Once) -> Any:
        """Labels that are asked for again are printed again, and that stands in the ledger too."""
        return self.printed(self.request)


def those(name: str, rows: Any, keys: list[UUID]) -> list[Any]:
    """The rows with these keys, if all of them may be seen."""
    found = list(rows.filter(pk__in=keys))
    if len(found) < len(set(keys)):
        raise serializers.ValidationError({name: [_("You may not see all of these.")]})
    return found
