"""REST: deeds on a finding while it is written: who writes it, what it cites, who disagrees."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from attribution import services
from attribution.models import Citation, Dissent, Finding
from core.errors import Refused
from core.rest import StrictSerializer, VisibleField
from investigations.models import Duty


class AdmitAuthorInput(StrictSerializer):
    """Which analyst of the case reads and writes the draft from now on."""

    author = serializers.CharField(max_length=150, help_text="A username.")


class RemoveCitationInput(StrictSerializer):
    """Which citation of the finding is taken out, by its id."""

    citation: Any = VisibleField(queryset=Citation.objects.all())


class TakeBackDissentInput(StrictSerializer):
    """Which dissent of your own is taken back, by its id."""

    dissent: Any = VisibleField(queryset=Dissent.objects.all())


INPUTS: dict[str, type[serializers.BaseSerializer[Any]]] = {
    "admit_author": AdmitAuthorInput,
    "remove_citation": RemoveCitationInput,
    "take_back_dissent": TakeBackDissentInput,
}


class DraftingDeeds:
    """What may be done to a finding beside saying what it says, until it is handed in."""

    @extend_schema(request=AdmitAuthorInput)
    @action(detail=True, methods=["post"], url_path="admit-author")
    def admit_author(self: Any, request: Request, pk: str | None = None) -> Response:
        """Let a colleague read and write the draft; they may not review it then."""
        finding, asked = self.get_object(), self.read_body(request)
        analysts = finding.case.people_with(Duty.ANALYSE)
        author = analysts.filter(username=asked["author"]).first()
        if author is None:  # whoever else there is in other teams and agencies
            raise Refused(_("Choose an analyst of this case."))
        services.admit_author(finding, author, by=person(request))
        return self.show(finding)  # type: ignore[no-any-return]

    @extend_schema(request=RemoveCitationInput)
    @action(detail=True, methods=["post"], url_path="remove-citation")
    def remove_citation(self: Any, request: Request, pk: str | None = None) -> Response:
        """Take a citation out; that it was there stays in the ledger."""
        finding, asked = self.get_object(), self.read_body(request)
        citation = of_this(finding, "citation", asked["citation"])
        return self.show(services.remove_citation(citation, by=person(request)))  # type: ignore[no-any-return]

    @extend_schema(request=TakeBackDissentInput)
    @action(detail=True, methods=["post"], url_path="take-back-dissent")
    def take_back_dissent(self: Any, request: Request, pk: str | None = None) -> Response:
        """Take your own dissent back, which nobody may do once the finding was handed in."""
        finding, asked = self.get_object(), self.read_body(request)
        dissent = of_this(finding, "dissent", asked["dissent"])
        return self.show(services.take_back_dissent(dissent, by=person(request)))  # type: ignore[no-any-return]


def of_this(finding: Finding, field: str, row: Any) -> Any:
    """The citation or the dissent that was named, if it is one of this finding."""
    if row.finding_id != finding.pk:
        raise serializers.ValidationError({field: [_("It belongs to another finding.")]})
    return row
