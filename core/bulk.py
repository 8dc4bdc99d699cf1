"""Many records in one request: all of them or none, or each by itself, as the sender chooses."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.decorators import action
from rest_framework.relations import RelatedField
from rest_framework.request import Request
from rest_framework.response import Response

from core.api import explain
from core.asked import keys_in
from core.errors import Refused, RowsRefused
from core.keyed import kept
from core.models import Once
from core.problems import problem_document
from core.rest import CREATED, RecordViewSet, StrictSerializer

Row = TypeVar("Row", bound=models.Model)
Facts = dict[str, Any]
MOST = 1000
WHOLE, SINGLY = "all-or-nothing", "per-row"
EACH_FOR_ITSELF, GONE = 207, 404
ROW_ERRORS = (Refused, ValidationError, exceptions.ValidationError)
"""What is wrong with a row; a lacking right is about all rows, unless each is for itself."""


class BulkInput(StrictSerializer):
    """Up to 1,000 rows, each what a single POST takes, and what becomes of all if one is wrong."""

    mode = serializers.ChoiceField(choices=[WHOLE, SINGLY], default=WHOLE)
    rows: Any = serializers.ListField(
        child=serializers.DictField(), min_length=1, max_length=MOST, allow_empty=False
    )


class RowTold(serializers.Serializer[Any]):
    """What became of one row, in the order in which they were sent."""

    status = serializers.IntegerField()
    id = serializers.UUIDField(required=False)
    url = serializers.CharField(required=False)
    problem = serializers.DictField(required=False)


class BulkTold(serializers.Serializer[Any]):
    """How many rows became records, how many did not, and each of them."""

    made = serializers.IntegerField()
    refused = serializers.IntegerField()
    rows = RowTold(many=True)


class Known:
    """Rows that were looked up for all references of one field at once."""

    def __init__(self, relation: Any, said: set[Any]) -> None:
        rows = relation.get_queryset()
        self.name = getattr(relation, "slug_field", "pk")
        self.column: Any = rows.model._meta.pk if self.name == "pk" else None
        keys = {key for one in said if (key := self.key_of(one)) is not None}
        found = rows.filter(**{f"{self.name}__in": keys}) if keys else ()
        self.found = {getattr(row, self.name): row for row in found}

    def key_of(self, said: Any) -> Any:
        """What a reference says as a key; nothing where it is none."""
        try:
            return self.column.to_python(said) if self.column else str(said)
        except ValidationError:
            return None

    def get(self, **lookup: Any) -> Any:
        """The row, as a question of its own would have found it."""
        (said,) = lookup.values()
        key = self.column.to_python(said) if self.column else said
        if key not in self.found:
            raise ObjectDoesNotExist
        return self.found[key]


def look_up(form: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let the references of all rows be found by one question for each field."""
    for name, field in form.fields.items():
        relation = getattr(field, "child_relation", field)
        if isinstance(relation, RelatedField) and not relation.read_only:
            said = {key for row in rows for key in keys_in(row.get(name)) if is_plain(key)}
            known = Known(relation, said)
            setattr(relation, "get_queryset", lambda known=known: known)  # noqa: B010


def is_plain(key: Any) -> bool:
    """True for what can be a key."""
    return isinstance(key, str | int) and not isinstance(key, bool)


class BulkDoor(RecordViewSet[Row]):
    """A door that takes up to 1,000 new records at once; a subclass says how one is entered."""

    def reads_body(self) -> bool:
        return self.action == "bulk" or super().reads_body()

    def enter(self, facts: Facts) -> Row:
        """Enter one record, of the checked facts of its row."""
        raise NotImplementedError

    def enter_together(self, rows: Sequence[Facts]) -> Sequence[Row] | None:
        """Enter all of them in one step, where there is a deed for that; it refuses by rows."""
        return None

    @extend_schema(request=BulkInput, responses={201: BulkTold, 207: BulkTold}, filters=False)
    @action(detail=False, methods=["post"], pagination_class=None)
    def bulk(self, request: Request) -> Response:
        """Enter up to 1,000 records; `mode` says whether one wrong row keeps back all others."""
        form = BulkInput(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        said = form.validated_data
        found, wrong = self.read_rows(said["rows"])
        if said["mode"] == SINGLY:
            with transaction.atomic():
                told: dict[int, Any] = {**self.enter_each(found), **wrong}
                return self.answer(told, EACH_FOR_ITSELF)
        if wrong:
            raise self.by_rows(wrong)
        try:
            made = self.enter_all(list(found.values()))
        except RowsRefused as refusal:
            raise self.by_rows(refusal.rows) from None
        return self.answer(dict(enumerate(made)), CREATED)

    def read_rows(self, rows: Sequence[Facts]) -> tuple[dict[int, Facts], dict[int, Exception]]:
        """The facts of each row, and what is wrong with those that make no sense."""
        form: Any = self.inputs["create"](data={}, context=self.get_serializer_context())
        look_up(form, rows)
        found, wrong = dict[int, Facts](), dict[int, Exception]()
        for number, row in enumerate(rows):
            try:
                found[number] = dict(form.run_validation(row))
            except exceptions.ValidationError as error:
                wrong[number] = error
        return found, wrong

    @transaction.atomic
    def enter_all(self, rows: Sequence[Facts]) -> Sequence[Row]:
        """All of them or none; raises RowsRefused with every row that breaks a rule."""
        together = self.enter_together(rows)
        if together is not None:
            return together
        found = {number: self.tried(dict(facts), ROW_ERRORS) for number, facts in enumerate(rows)}
        refused = {number: each for number, each in found.items() if isinstance(each, Exception)}
        if refused:
            raise RowsRefused(refused)
        return [each for each in found.values() if not isinstance(each, Exception)]

    def enter_each(self, rows: Mapping[int, Facts]) -> dict[int, Row | Exception]:
        """Each by itself: what is wrong with one keeps no other back."""
        try:
            with transaction.atomic():
                together = self.enter_together([dict(facts) for facts in rows.values()])
        except (*ROW_ERRORS, PermissionDenied):
            together = None  # then it shows which of them it was
        if together is not None:
            return dict(zip(rows, together, strict=True))
        errors = (*ROW_ERRORS, PermissionDenied)
        return {number: self.tried(dict(facts), errors) for number, facts in rows.items()}

    def tried(self, facts: Facts, errors: tuple[type[Exception], ...]) -> Row | Exception:
        """The record of one row, or what kept it from being one; then nothing of it is left."""
        try:
            with transaction.atomic():
                return self.enter(facts)
        except errors as error:
            return error

    def by_rows(self, wrong: Mapping[int, Exception]) -> exceptions.ValidationError:
        """The refusal of all rows, with a path to each wrong field: `rows/17/title`."""
        errors: dict[str, list[str]] = {}
        for number, error in sorted(wrong.items()):
            told = self.problem(error)
            for path, sentences in told.get("errors", {"": [told["detail"]]}).items():
                errors[f"rows/{number}/{path}".rstrip("/")] = sentences
        return exceptions.ValidationError(errors)

    def problem(self, error: Exception) -> dict[str, Any]:
        """What a single POST would have answered."""
        response = explain(error, {"request": self.request, "view": self})
        return dict(response.data) if response else {}

    def answer(self, found: Mapping[int, Any], status: int) -> Response:
        """What became of each row; by its key only the ids are kept for whoever sends it again."""
        rows = [self.row_told(found[number]) for number in sorted(found)]
        ids = {"rows": [[row["status"], row.get("id")] for row in rows]}
        return kept(Response(counted(rows), status=status), ids)

    def row_told(self, one: Any) -> dict[str, Any]:
        """What became of one row."""
        if isinstance(one, Exception):
            problem = self.problem(one)
            return {"status": problem["status"], "problem": problem}
        return self.made(str(one.pk))

    def made(self, key: str) -> dict[str, Any]:
        """A row that became a record, and where that is found."""
        place = self.request.resolver_match
        name = f"{place.namespace}:{self.basename}-detail" if place else ""
        return {"status": CREATED, "id": key, "url": reverse(name, args=[key])}

    def again(self, once: Once) -> Response:
        """What became of each row, as far as it may still be seen; sentences were not kept."""
        if self.action != "bulk":
            return super().again(once)
        kept = (once.plain or {}).get("rows", [])
        rows: Any = self.get_queryset().filter(pk__in=[key for _status, key in kept if key])
        seen = {str(key) for key in rows.values_list("pk", flat=True)}
        return Response(
            counted(
                [self.made(key) if key in seen else untold(status, key) for status, key in kept]
            ),
            status=once.status,
        )


def untold(status: int, key: str | None) -> dict[str, Any]:
    """A row that was refused before, or whose record is no longer for this reader."""
    if key:
        status = GONE
    words = _("It was refused, or is not yours to see any more. Send it alone to be told why.")
    return {"status": status, "problem": problem_document(status, words, code="told-before")}


def counted(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The rows under how many of them became records."""
    made = sum(row["status"] == CREATED for row in rows)
    return {"made": made, "refused": len(rows) - made, "rows": list(rows)}
