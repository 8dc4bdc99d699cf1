"""A warning on the page of a case whose public title names an actor."""

from django import template

from attribution.models import Actor
from attribution.models.named import named_in_title
from investigations.models import Case

register = template.Library()


@register.simple_tag
def actors_in_title(case: Case) -> list[Actor]:
    """Whom the public title of this case names; to be asked only for those who read the case."""
    return named_in_title(case)
