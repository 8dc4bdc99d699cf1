"""REST: the kinds of object that an exhibit or a component can be."""

from accounts.policy import SIGNED_IN
from catalogue.filters import CategoryFilter
from catalogue.models import ComponentCategory
from core.rest import RecordViewSet
from core.row_serializer import RowSerializer


class CategorySerializer(RowSerializer[ComponentCategory]):
    """A category; exhibits and components name it by its `code`, which never changes."""

    class Meta:
        model = ComponentCategory
        fields = [
            *("id", "version", "created_at", "updated_at", "code", "name", "name_ar", "group"),
            *("order", "is_electronic", "is_traceable", "is_consumer"),
        ]


class CategoryViewSet(RecordViewSet[ComponentCategory]):
    """Categories of components, open to everybody who has signed in."""

    policy = SIGNED_IN
    model = ComponentCategory
    serializer_class = CategorySerializer
    filterset_class = CategoryFilter
