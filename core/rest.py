"""What every REST door has in common: strict input, references that stay in sight, deeds."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import mixins, serializers
from rest_framework.fields import get_error_detail
from rest_framework.relations import MANY_RELATION_KWARGS
from rest_framework.request import Request
from rest_framework.response import Response

from core.asked import Asked, asked_of, expand, lighter, narrow
from core.conditions import PreconditionFailed, etag_of, version_read
from core.errors import Stale
from core.keyed import KeyedViewSet
from core.markings import Clearance, Handling, Pap, Tlp
from core.models import Once
from core.pagination import NEWEST_FIRST

Row = TypeVar("Row", bound=models.Model)
CREATED = 201
READING = {"GET", "HEAD"}


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that it does not know, so that a misspelt one is never lost in silence.

    It does so where it stands within another body as well.
    """

    def to_internal_value(self, data: Any) -> Any:
        told = super().to_internal_value(data)
        writable = {name for name, field in self.fields.items() if not field.read_only}
        if unknown := sorted(set(data) - writable):
            words = _("There is no such field, or only the server sets it.")
            raise serializers.ValidationError({name: [words] for name in unknown})
        return told


class Nothing(StrictSerializer):
    """The body of a deed about which there is nothing to say: none, or an empty object."""


def require_nothing(request: Request) -> None:
    """Refuse a deed that comes with words nobody would read, cut off or misspelt ones above all."""
    Nothing(data=request.data).is_valid(raise_exception=True)


class SortedField(serializers.ListField):
    """A set as a list in one order."""

    def to_representation(self, data: Any) -> list[Any]:
        return sorted(super().to_representation(data))


class HandlingFields(serializers.Serializer[Handling]):
    """The parts of a handling, told one by one."""

    tlp = serializers.ChoiceField(choices=Tlp.choices)
    pap = serializers.ChoiceField(choices=Pap.choices)
    clearance = serializers.ChoiceField(choices=Clearance.choices)
    compartments = SortedField(child=serializers.CharField())
    releasable_to = SortedField(child=serializers.UUIDField())
    originators = SortedField(child=serializers.UUIDField())
    shared_with = SortedField(child=serializers.UUIDField())


@lru_cache(maxsize=1024)
def handling_told(handling: Handling) -> dict[str, Any]:
    """A handling as programs read it; many rows are handled alike."""
    return dict(HandlingFields(handling).data)


class HandlingSerializer(HandlingFields):
    """How a row is to be handled: the most restrictive of its case and its own label.

    `compartments` are codes the reader must all be in, `releasable_to` the only agencies that may
    read it, `originators` the agencies without which it is not handled less strictly,
    `shared_with` the partner agencies that are shown it.
    """

    tells_alike = True

    def to_representation(self, instance: Handling) -> dict[str, Any]:
        known = isinstance(instance, Handling)
        return dict(handling_told(instance) if known else super().to_representation(instance))


class ManyVisibleField(serializers.ManyRelatedField):
    """A list of references; what is wrong with one is told at its number, as lists do elsewhere."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, str) or not isinstance(data, Iterable):
            self.fail("not_a_list", input_type=type(data).__name__)
        found, wrong = [], dict[Any, Any]()
        for number, said in enumerate(data):
            try:
                found.append(self.child_relation.to_internal_value(said))
            except serializers.ValidationError as complaint:
                wrong[number] = complaint.detail
            except ValidationError as complaint:  # a key that is none is told by the table itself
                wrong[number] = get_error_detail(complaint)
        if wrong:
            raise serializers.ValidationError(wrong)
        return found if found else super().to_internal_value(found)


@extend_schema_field({"type": "string", "format": "uuid"})
class VisibleField(serializers.PrimaryKeyRelatedField[Any]):
    """A reference by id to a row that the asking person may see; any other is unknown."""

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        request = self.context.get("request")
        return rows.visible_to(request.user) if request else rows.none()

    @classmethod
    def many_init(cls, *args: Any, **kwargs: Any) -> Any:
        """Several of them, of which each wrong one is named."""
        of_the_list = {name: said for name, said in kwargs.items() if name in MANY_RELATION_KWARGS}
        return ManyVisibleField(child_relation=cls(*args, **kwargs), **of_the_list)


class RecordViewSet(mixins.ListModelMixin, KeyedViewSet[Row]):
    """List and read rows that the asking person may see; subclasses add creating and deeds.

    `model` is the table, `inputs` names the serializer that reads the body of each action,
    `orderings` the fields that a list is ordered by on demand, each with an indexed column.
    """

    model: type[Row]
    inputs: dict[str, type[serializers.BaseSerializer[Any]]] = {}
    relations: tuple[str, ...] = ()
    tells_its_kind = True
    """False for a second door to a kind, which shows some of its records otherwise."""
    orderings: ClassVar[Mapping[str, str]] = NEWEST_FIRST
    asked = Asked()
    """Which fields, and which records along; only lists and single records are asked for them."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Once it is known who asks: what a list or a record is asked for must make sense."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST" and self.action and not self.reads_body():
            require_nothing(request)
        if request.method in READING and self.action in {"list", "retrieve"}:
            self.asked = asked_of(request, self)

    def reads_body(self) -> bool:
        """True where a deed is told something; what is sent with any other is refused."""
        return self.action in self.inputs

    def get_queryset(self) -> models.QuerySet[Row]:
        rows: Any = self.model._default_manager.all()
        if getattr(self, "swagger_fake_view", False):
            return rows.none()  # type: ignore[no-any-return]
        return rows.visible_to(self.request.user).select_related(*self.relations)  # type: ignore[no-any-return]

    def filter_queryset(self, queryset: Any) -> Any:
        """What the question narrows it to, without reading along what is not to be told."""
        rows = super().filter_queryset(queryset)
        if not self.asked.fields:
            return rows
        return lighter(rows, self.get_serializer(), self.asked.fields)

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """What tells rows: of all their fields those that were asked for."""
        told = super().get_serializer(*args, **kwargs)
        if args and self.asked.fields:
            narrow(told, self.asked.fields)
        return told

    def get_paginated_response(self, data: Any) -> Response:
        """One page, with the records that were asked for along."""
        if self.asked.expand:
            expand(data, self.get_serializer(), self.asked.expand, self)
        return super().get_paginated_response(data)

    def read_body(self, request: Request, *, partial: bool = False) -> dict[str, Any]:
        """The body of this action, checked; a wrong one raises and becomes 422."""
        context = self.get_serializer_context()
        form = self.inputs[self.action](data=request.data, partial=partial, context=context)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def again(self, once: Once) -> Response:
        """The answer of before, read anew: what may no longer be seen is not told again."""
        if once.subject is None:
            return Response(once.plain, status=once.status)
        return self.show(
            get_object_or_404(self.get_queryset(), pk=once.subject), status=once.status
        )

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One row, with its version as an ETag for whoever means to change it."""
        answer = self.show(self.get_object())
        if self.asked.expand:
            expand([answer.data], self.get_serializer(), self.asked.expand, self)
        return answer

    def show(self, row: models.Model, *, status: int = 200) -> Response:
        """The row as the list shows it, read again through the same gate."""
        return self.shown(self.get_queryset().get(pk=row.pk), status)

    def show_new(self, row: models.Model) -> Response:
        """The row that was just made, as its maker sees it."""
        return self.shown(row, CREATED)

    def shown(self, row: models.Model, status: int) -> Response:
        """The row, what version it is, and where it is found from now on."""
        response = Response(self.get_serializer(row).data, status=status, headers=etag_of(row))
        if status == CREATED and self.request.resolver_match:
            name = f"{self.request.resolver_match.namespace}:{self.basename}-detail"
            response.headers["Location"] = reverse(name, args=[row.pk])
        return response

    def amend(self, request: Request, service: Callable[..., models.Model]) -> Response:
        """Change what the body names and nothing else, if nobody was faster since it was read."""
        row, version = self.get_object(), version_read(request.headers.get("If-Match"))
        facts = self.read_body(request, partial=True)
        try:
            amended = service(row, by=request.user, version=version, **facts)
        except Stale as stale:
            raise PreconditionFailed(str(stale)) from None
        return self.show(amended)
