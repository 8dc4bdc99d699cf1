"""What a body may refer to: rows that the sender may see, and no others, through every door."""

import pytest
from rest_framework.relations import RelatedField

from config.api import router
from core.guarded import GuardedQuerySet
from core.rest import VisibleField

FORMS = sorted(
    {
        form
        for _prefix, door, _name in router.registry
        for form in getattr(door, "inputs", {}).values()
    },
    key=lambda form: f"{form.__module__}.{form.__qualname__}",
)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__qualname__)
def test_a_body_refers_to_nothing_past_the_gate(form):
    for name, field in form().fields.items():
        relation = getattr(field, "child_relation", field)
        if isinstance(relation, RelatedField) and not relation.read_only:
            guarded = isinstance(getattr(relation.queryset, "all", lambda: None)(), GuardedQuerySet)
            assert not guarded or isinstance(relation, VisibleField), name
