"""REST: what is still to be done on a case, by whom and by when."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import person
from accounts.models import User
from accounts.policy import SIGNED_IN
from core.bulk import BulkDoor
from core.rest import HandlingSerializer, StrictSerializer, VisibleField
from core.row_serializer import RowSerializer
from investigations import services
from investigations.filters import TaskFilter
from investigations.models import Case, Incident, Task

TASK_FACTS = list(services.TaskFacts.__annotations__)


class TaskSerializer(RowSerializer[Task]):
    """One thing to do; `owner` is a user name, null while it is nobody's yet.

    `done_at` is when it was ticked off; `is_overdue` once its day has passed before that.
    """

    owner = serializers.CharField(source="owner.username", read_only=True, allow_null=True)
    is_overdue = serializers.BooleanField(read_only=True)
    handling = HandlingSerializer(read_only=True)

    class Meta:
        model = Task
        fields = [
            *("id", "case", "incident", "version", "created_at", "updated_at", "handling"),
            *("done_at", "is_overdue", *TASK_FACTS),
        ]


class TaskChanges(StrictSerializer, RowSerializer[Task]):
    """What may be said otherwise; `owner` is the user name of somebody on the case, or null."""

    owner: Any = serializers.SlugRelatedField(
        slug_field="username",
        queryset=User.objects.filter(is_active=True),
        required=False,
        allow_null=True,
    )

    class Meta:
        model = Task
        fields = TASK_FACTS


class TaskInput(TaskChanges):
    """What is to be done in a case, or about one of its attacks."""

    case = VisibleField(queryset=Case.objects.all())
    incident = VisibleField(queryset=Incident.objects.all(), required=False, allow_null=True)

    class Meta(TaskChanges.Meta):
        fields = ["case", "incident", *TASK_FACTS]


class TaskViewSet(BulkDoor[Task]):
    """Tasks of the cases that you work on."""

    policy = SIGNED_IN
    model = Task
    serializer_class = TaskSerializer
    filterset_class = TaskFilter
    relations = ("case", "owner")
    inputs = {"create": TaskInput, "partial_update": TaskChanges}

    @extend_schema(request=TaskInput, responses={201: TaskSerializer})
    def create(self, request: Request) -> Response:
        """Set a task; its owner is told, and must be able to read what it is about."""
        return self.show(self.enter(self.read_body(request)), status=201)

    def enter(self, facts: dict[str, Any]) -> Task:
        return services.set_task(facts.pop("case"), by=person(self.request), **facts)

    @extend_schema(request=TaskChanges, responses=TaskSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Put it off, pass it on or reword it as you read it: send its ETag as `If-Match`."""
        return self.amend(request, services.amend_task)

    @extend_schema(request=None, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, pk: str | None = None) -> Response:
        """Tick it off; ticking it off again changes nothing."""
        return self.show(services.complete_task(self.get_object(), by=person(request)))

    @extend_schema(request=None, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str | None = None) -> Response:
        """Take the tick back."""
        return self.show(services.reopen_task(self.get_object(), by=person(request)))
