"""The released findings of a case in print, or the notice that there is none."""

from uuid import UUID

from django.db.models import Q

from attribution.models import Citation, Dissent, Finding, Release
from core.markings import Handling
from reports.content.phrases import _, absent, clock, label, said, stacked, stamp
from reports.content.reading import Reading
from reports.typesetting.blocks import (
    Block,
    Row,
    Section,
    Value,
    code,
    heading,
    muted,
    notice,
    paragraph,
    rows,
    sentence,
    strong,
    subheading,
    table,
)


def finding_section(reading: Reading) -> Section:
    """Each released finding with its dissent; before a release nobody is named."""
    blocks: list[Block] = embargo_notice(reading) if reading.findings else []
    for finding in reading.findings:
        blocks += finding_blocks(reading, finding)
    return {"title": _("Findings"), "blocks": blocks or [no_attribution()]}


def face_of(reading: Reading) -> str:
    """Until when the case is under embargo, as every page says it; nothing after that."""
    until = reading.case.embargoed_until
    return _("under embargo until %(time)s") % {"time": stamp(until)} if until else ""


def embargo_notice(reading: Reading) -> list[Block]:
    """What stands above the findings while the case is under embargo."""
    until = face_of(reading)
    if not until:
        return []
    return [
        notice(
            until[:1].upper() + until[1:],
            _(
                "What follows is for the investigating bodies alone until then: it is shown, sent "
                "or handed to no other agency, and nobody speaks of it in public."
            ),
            tone="caution",
        )
    ]


def no_attribution() -> Block:
    """The standing notice of every report drawn before a finding is released."""
    return notice(
        _("No attribution until concluded"),
        _(
            "No finding has been released in this case. This report describes objects and events; "
            "it names nobody as responsible, and nothing in it may be read as blame."
        ),
        tone="caution",
    )


def release_notice(count: int) -> Block:
    """What stands on the cover instead, once findings are released."""
    return notice(
        _("Findings released: %(count)s") % {"count": count},
        _(
            "What was released is in the part “Findings”, with its likelihood, its confidence and "
            "any dissent. Nothing else in this report may be read as blame."
        ),
    )


def finding_blocks(reading: Reading, finding: Finding) -> list[Block]:
    """Statement, likelihood, confidence and basis; likelihood and confidence stay two rows."""
    releases = finding.releases.visible_to(reading.reader)
    release = releases.last()
    if release:
        reading.show(release)
        reading.handlings.add(Handling(tlp=release.tlp))
    if finding.subject:
        reading.show(finding.subject)
    return [
        heading(f"{finding.ref} · {label(finding.get_level_display())}", room=90),
        sentence(finding.statement, release_words(release)),
        rows(measures(finding)),
        *citations(reading, finding),
        *dissents(reading, finding),
        *reviews(reading, finding),
    ]


def release_words(release: Release | None) -> str:
    """Who released it, when, to whom and under which marking."""
    if release is None:
        return _("Released.")
    words = _("Released %(time)s by %(person)s to %(audience)s, %(marking)s.") % {
        "time": stamp(release.decided_at),
        "person": release.decided_by,
        "audience": label(release.get_audience_display()),
        "marking": release.get_tlp_display(),
    }
    return f"{words} {release.conditions}".strip()


def measures(finding: Finding) -> list[Row]:
    """What was judged and on which grounds."""
    probable = [strong(label(finding.get_likelihood_display())), code(finding.likelihood_band)]
    facts: list[Row] = [
        (_("Level"), label(finding.get_level_display())),
        (_("Subject"), said(str(finding.subject or ""))),
        (_("Likelihood"), stacked(probable)),
        (_("Confidence"), strong(label(finding.get_confidence_display()))),
        (_("What the confidence rests on"), said(finding.confidence_basis)),
        (_("Key assumptions"), said(finding.key_assumptions)),
        (_("Alternatives considered"), said(finding.alternatives_considered)),
        (_("What would change it"), said(finding.indicators_of_change)),
        (_("Gaps and limits"), said(finding.limits)),
    ]
    if finding.state_link:
        facts.insert(2, (_("Link to a state"), label(finding.get_state_link_display())))
    if finding.level_reason:
        facts.insert(1, (_("Why not a higher level"), finding.level_reason))
    return facts


def citations(reading: Reading, finding: Finding) -> list[Block]:
    """The evidence for it and the evidence against it, or why there is none."""
    visible = finding.citations.visible_to(reading.reader)
    kept = Q(item__in=reading.kept_in) | Q(link__left__item__in=reading.kept_in)
    kept |= Q(link__right__item__in=reading.kept_in)
    found = reading.read(visible.exclude(kept).with_sources().order_by("-stance", "id"))
    blocks: list[Block] = left_out(visible.filter(kept).count())
    if found:
        heads = [(_("Evidence cited"), 4), (_("Which way it points"), 2.4), (_("What it shows"), 5)]
        body = [
            [cited(line), label(line.get_stance_display()), said(line.remark)] for line in found
        ]
        blocks += [subheading(_("Evidence")), table(heads, body)]
    if finding.no_contrary_reason:
        blocks.append(rows([(_("No contrary evidence because"), finding.no_contrary_reason)]))
    return blocks


def left_out(count: int) -> list[Block]:
    """That a finding rests on more than is shown, where a caveat keeps evidence here."""
    if not count:
        return []
    told = _("Evidence cited and left out under a caveat: %(count)s.")
    return [paragraph(told % {"count": count})]


def cited(citation: Citation) -> Value:
    """An exhibit by its number, a source with its grade, or a comparison by its ends."""
    if citation.item:
        return stacked([code(citation.item.exhibit_no), muted(citation.item.description)])
    if citation.source_report:
        grade = code(citation.source_report.grade)
        return stacked([citation.source_report.citation, grade])
    return label(str(citation))


def dissents(reading: Reading, finding: Finding) -> list[Block]:
    """Signed minority views, each with its own likelihood and confidence.

    Those on the versions that it supersedes stand here, too: no later one silences them.
    """
    heads = [(_("Dissent by"), 2), (_("View"), 6), (_("Likelihood"), 2.2), (_("Confidence"), 1.8)]
    body = [
        [
            stacked([str(view.author), code(stamp(view.created_at)), *earlier(view, finding)]),
            view.text,
            stacked([label(view.get_likelihood_display()), muted(view.likelihood_band)])
            if view.likelihood
            else absent(_("not stated")),
            said(label(view.get_confidence_display())),
        ]
        for view in reading.read(
            Dissent.objects.visible_to(reading.reader)
            .filter(finding__in=versions_of(finding, reading))
            .select_related("author", "finding")
        )
    ]
    return [subheading(_("Dissent")), table(heads, body)] if body else []


def earlier(view: Dissent, finding: Finding) -> list[Value]:
    """On which version a view was given, where it was not this one."""
    return [] if view.finding_id == finding.pk else [code(view.finding.ref)]


def versions_of(finding: Finding, reading: Reading) -> list[UUID]:
    """The finding and all that it has superseded, one after the other."""
    seen = Finding.objects.visible_to(reading.reader).filter(case=finding.case_id)
    before = dict(seen.values_list("pk", "supersedes"))
    found, at = [finding.pk], finding.supersedes_id
    while at and at not in found:
        found.append(at)
        at = before.get(at)
    return found


def reviews(reading: Reading, finding: Finding) -> list[Block]:
    """Who reviewed the text that was released, and with which verdict."""
    heads = [(_("Reviewer"), 3), (_("Time (UTC)"), 3), (_("Verdict"), 3)]
    body: list[list[Value]] = [
        [
            str(review.reviewer),
            code(clock(review.created_at)),
            label(review.get_verdict_display()),
        ]
        for review in reading.read(
            finding.reviews.visible_to(reading.reader).select_related("reviewer")
        )
    ]
    return [subheading(_("Reviews")), table(heads, body)] if body else []
