"""Handing a finding in: what must be written by then, and the exact text that is judged."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from attribution.methods.probability_words import contradiction
from attribution.models import Actor, Citation, Finding, Submission
from attribution.models.citation import CitationQuerySet
from attribution.models.vocabulary import TWO_PERSON_LEVEL, Passage
from attribution.models.wording import SENTENCE
from attribution.services.citation import require_links_stand
from attribution.services.finding import TOLD, check, lock_for_writing
from attribution.services.pinning import pin_citations
from core.errors import Refused
from core.scope import system_scope
from ledger.models import canonical
from ledger.services import record

NEEDED = {
    "likelihood": gettext_lazy("likelihood"),
    "confidence": gettext_lazy("confidence"),
    "confidence_basis": gettext_lazy("what the confidence rests on"),
    "key_assumptions": gettext_lazy("key assumptions"),
    "alternatives_considered": gettext_lazy("alternatives considered"),
    "indicators_of_change": gettext_lazy("what would change this finding"),
    "limits": gettext_lazy("gaps and limits"),
}
"""What a finding has to say before others judge it."""

JUDGING = (Passage.STATEMENT, Passage.LEVEL_REASON, Passage.CONFIDENCE_BASIS)
"""The passages that speak of the finding itself; others weigh rivals, with words of their own."""


@transaction.atomic
def submit_finding(finding: Finding, *, by: User) -> Finding:
    """Hand a finding in for review: from here on the team reads it and its text stands still."""
    finding = lock_for_writing(finding, by)
    hold_subject(finding, by)
    check(finding)
    require_complete(finding, by)
    text = {**text_of(finding, by), "pinned": pin_citations(finding)}
    with system_scope("versions are counted whoever is shown them"):
        before = finding.submissions.count()
    submission = Submission.objects.create(
        case=finding.case,
        finding=finding,
        number=before + 1,
        text=text,
        sha256=hashlib.sha256(canonical(text).encode()).hexdigest(),
        submitted_by=by,
    )
    finding.status, finding.submitted_at = Finding.Status.IN_REVIEW, timezone.now()
    finding.version += 1
    finding.save()
    finding.authors.add(by)
    record(
        by,
        "attribution.finding_submitted",
        finding,
        ref=finding.ref,
        number=submission.number,
        sha256=submission.sha256,
    )
    return finding


def hold_subject(finding: Finding, by: User) -> None:
    """Keep whoever renames its subject waiting until the finding is handed in."""
    if finding.subject:
        finding.subject = Actor.objects.locked_for(by, finding.subject)


def require_complete(finding: Finding, by: User) -> None:
    """Refuse to hand in what leaves a question open, naming every gap at once."""
    gaps = [str(words) for name, words in NEEDED.items() if not getattr(finding, name).strip()]
    if gaps:
        raise Refused(_("Still to be written: %(gaps)s.") % {"gaps": ", ".join(gaps)})
    if not finding.hypothesis.is_active:
        raise Refused(_("This hypothesis no longer competes."))
    require_words_agree(finding)
    require_links_stand(finding)
    citations = finding.citations.visible_to(by)
    require_support(finding, citations.supporting())
    if not finding.no_contrary_reason.strip() and not citations.contrary().exists():
        raise Refused(_("Cite what speaks against it, or say where you looked and found nothing."))


def require_words_agree(finding: Finding) -> None:
    """Words of probability in the prose say what the field says, in English and in Arabic."""
    for passage in JUDGING:
        sentences = SENTENCE.split(getattr(finding, passage))
        found = contradiction(sentences, finding.likelihood)
        if found:
            raise Refused(
                _(
                    "“%(sentence)s” says “%(words)s”, but the likelihood chosen is “%(chosen)s”"
                    " (%(band)s). Change one of them."
                )
                % {
                    "sentence": found.sentence[:200],
                    "words": found.words,
                    "chosen": finding.get_likelihood_display(),
                    "band": finding.likelihood_band,
                }
            )


def require_support(finding: Finding, supporting: CitationQuerySet) -> None:
    """Something must support it; and likeness of parts never says who used the weapon."""
    if not supporting.exists():
        raise Refused(_("Cite at least one exhibit or source report that supports the finding."))
    if finding.level >= TWO_PERSON_LEVEL and not supporting.beyond_likeness().exists():
        raise Refused(
            _("Comparisons show where things were made, not who used them: cite other evidence.")
        )


def text_of(finding: Finding, by: User) -> dict[str, Any]:
    """Everything a reader of this version is told, as plain JSON without floats."""
    told = {name: getattr(finding, name) for name in TOLD}
    told["subject"] = str(finding.subject or "")
    citations = finding.citations.visible_to(by).with_sources()
    return {
        **told,
        "hypothesis": f"{finding.hypothesis.ref} {finding.hypothesis.statement}",
        "supporting": [line_of(citation) for citation in citations.supporting()],
        "contrary": [line_of(citation) for citation in citations.contrary()],
    }


def line_of(citation: Citation) -> str:
    """One citation as a version keeps it."""
    return f"{citation}: {citation.remark}" if citation.remark else str(citation)
