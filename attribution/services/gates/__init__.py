"""Release gates: everything that keeps a finding from going out, told before anybody tries."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from attribution.models import Citation, Finding
from attribution.services.gates import concluding, evidence, people, standing
from attribution.services.gates.gate import Examined, Gate
from core.errors import Barred
from core.scope import system_scope

ASKED = "a gate is open or shut whoever asks"

GATES: tuple[Callable[[Examined], Iterator[Gate]], ...] = (
    standing.of_approval,
    standing.of_comments,
    evidence.of_custody,
    evidence.of_links,
    evidence.of_originators,
    people.of_witnesses,
    people.of_companies,
    concluding.of_status,
    concluding.of_stages,
    concluding.of_embargo,
    concluding.of_title,
)
"""What is looked at, in the order in which it is told."""


def open_gates(finding: Finding) -> list[Gate]:
    """All that still keeps this finding from being released, to some audience or to any.

    What only the deed itself looks at is not among them: the marking that is asked for, and
    names of protected people in the text.
    """
    with system_scope(ASKED):
        examined = examine(finding)
        return [gate for look in GATES for gate in look(examined)]


def require_gates_shut(finding: Finding, *, audience: str, tlp: str) -> None:
    """Refuse a release with the complete list of what stands against it.

    Raises `Barred`, which holds each reason with the page where it is mended.
    """
    found = [gate for gate in open_gates(finding) if audience in gate.closes]
    with system_scope(ASKED):
        examined = examine(finding)
        found += [*evidence.of_marking(examined, tlp), *people.of_protected_names(examined)]
    if found:
        sentence = _("%(ref)s is not released while this is open.") % {"ref": finding.ref}
        raise Barred(sentence, [gate.reason for gate in found])


def examine(finding: Finding) -> Examined:
    """The finding with its citations, in the program's own name."""
    # Asked anew: a finding that was read for one reader may hold only what that reader sees.
    citations = Citation.objects.filter(finding=finding).with_sources()
    return Examined(finding, list(citations.select_related("source_report__source")))


__all__ = ["Gate", "open_gates", "require_gates_shut"]
