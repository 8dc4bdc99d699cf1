"""The baselines: the same table through plain DRF, with no access, no rules and no ledger."""

from typing import Any

from django.urls import include, path
from rest_framework import serializers, viewsets
from rest_framework.pagination import CursorPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.routers import SimpleRouter

from core.scope import system_scope
from evidence.models import Item


class ByKey(CursorPagination):
    ordering = "-id"
    page_size = 50


class BareSerializer(serializers.ModelSerializer[Item]):
    class Meta:
        model = Item
        fields = "__all__"
        validators = ()


class BareCreate(serializers.ModelSerializer[Item]):
    class Meta:
        model = Item
        fields = ("case", "incident", "kind", "description")
        validators = ()


class BareItems(viewsets.ModelViewSet[Item]):
    queryset = Item.objects.all()
    pagination_class = ByKey
    authentication_classes: Any = ()
    permission_classes: Any = ()
    filter_backends: Any = ()
    renderer_classes: Any = (JSONRenderer,)

    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        with system_scope("a baseline asks for no rights"):
            return super().dispatch(*args, **kwargs)

    def get_serializer_class(self) -> Any:
        return BareCreate if self.action == "create" else BareSerializer

    def perform_create(self, serializer: Any) -> None:
        import secrets

        serializer.save(exhibit_no=secrets.token_hex(8))


router = SimpleRouter()
router.register("bare-items", BareItems, "bare-items")


def mount() -> None:
    """Add the bare addresses to the running program; only a bench does this."""
    from config import urls

    urls.urlpatterns.append(path("bare/", include(router.urls)))
