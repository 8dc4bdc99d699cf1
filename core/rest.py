"""What every REST door has in common: strict input, references that stay in sight, deeds."""

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

Row = TypeVar("Row", bound=models.Model)


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that it does not know, so that a misspelt one is never lost in silence."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        sent = getattr(self, "initial_data", {})
        writable = {name for name, field in self.fields.items() if not field.read_only}
        unknown = sorted(set(sent) - writable)
        if unknown:
            raise serializers.ValidationError(
                {
                    name: [_("There is no such field, or only the server sets it.")]
                    for name in unknown
                }
            )
        return attrs


@extend_schema_field({"type": "string", "format": "uuid"})
class VisibleField(serializers.PrimaryKeyRelatedField[Any]):
    """A reference by id to a row that the asking person may see; any other is unknown."""

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        request = self.context.get("request")
        return rows.visible_to(request.user) if request else rows.none()


class RecordViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet[Row]):
    """List and read rows that the asking person may see; subclasses add creating and deeds.

    `model` is the table, `inputs` names the serializer that reads the body of each action.
    """

    model: type[Row]
    inputs: dict[str, type[serializers.BaseSerializer[Any]]] = {}
    relations: tuple[str, ...] = ()

    def get_queryset(self) -> models.QuerySet[Row]:
        rows: Any = self.model._default_manager.all()
        if getattr(self, "swagger_fake_view", False):
            return rows.none()  # type: ignore[no-any-return]
        return rows.visible_to(self.request.user).select_related(*self.relations)  # type: ignore[no-any-return]

    def read_body(self, request: Request) -> dict[str, Any]:
        """The body of this action, checked; a wrong one raises and becomes 422."""
        form = self.inputs[self.action](data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def show(self, row: models.Model, *, status: int = 200) -> Response:
        """The row as the list shows it, read again through the same gate."""
        fresh = self.get_queryset().get(pk=row.pk)
        return Response(self.get_serializer(fresh).data, status=status)

    def show_new(self, row: models.Model) -> Response:
        """The row that was just made, as its maker sees it."""
        return Response(self.get_serializer(row).data, status=201)
