"""Attribution in the administration: read by the people of the case, changed only on its pages."""

from django.contrib import admin

from attribution.models import (
    Actor,
    ActorName,
    ActorParent,
    Assertion,
    AssertionEvidence,
    Cell,
    Citation,
    Claim,
    Dissent,
    Finding,
    FollowUp,
    Hypothesis,
    MatrixRow,
    MatrixSnapshot,
    Measure,
    MeasureStep,
    OriginatorConsent,
    PostMortem,
    Release,
    Review,
    ReviewComment,
    ReviewReply,
    Sheet,
    Statement,
    Submission,
)
from core.admin import DeedAdmin


@admin.register(Actor)
class ActorAdmin(DeedAdmin[Actor]):
    """Subjects of hypotheses; being here is no finding."""

    list_display = ["name", "kind", "case", "country", "sensitivity"]
    list_filter = ["kind", "sensitivity"]
    search_fields = ["name", "native_name", "names__text", "names__transliteration"]
    list_select_related = ["case", "country"]


@admin.register(ActorName)
class ActorNameAdmin(DeedAdmin[ActorName]):
    """Further names, in every script."""

    list_display = ["text", "transliteration", "kind", "actor", "case"]
    list_filter = ["kind"]
    search_fields = ["text", "transliteration", "actor__name"]
    list_select_related = ["case", "actor"]


@admin.register(ActorParent)
class ActorParentAdmin(DeedAdmin[ActorParent]):
    """Whom actors belonged to, and when."""

    list_display = ["actor", "parent", "since", "until", "case"]
    list_filter = ["since"]
    search_fields = ["actor__name", "parent__name", "citation"]
    list_select_related = ["case", "actor", "parent"]


@admin.register(Assertion)
class AssertionAdmin(DeedAdmin[Assertion]):
    """What is held of actors; nothing adds it up."""

    list_display = ["ref", "case", "dimension", "value", "reliability", "credibility", "author"]
    list_filter = ["dimension", "value", "reliability", "credibility"]
    search_fields = ["ref", "statement", "case__ref"]
    list_select_related = ["case", "author"]


@admin.register(AssertionEvidence)
class AssertionEvidenceAdmin(DeedAdmin[AssertionEvidence]):
    """What assertions cite, as it stood."""

    list_display = ["assertion", "as_cited", "version_cited"]
    list_filter = ["created_at"]
    search_fields = ["as_cited", "assertion__ref"]
    list_select_related = ["assertion"]


@admin.register(Statement)
class StatementAdmin(DeedAdmin[Statement]):
    """What sources said, under their pseudonyms."""

    list_display = ["ref", "case", "source", "speaks_as", "record_kind", "taken_at"]
    list_filter = ["speaks_as", "record_kind"]
    search_fields = ["ref", "source__pseudonym", "original", "translation", "case__ref"]
    list_select_related = ["case", "source"]


@admin.register(Claim)
class ClaimAdmin(DeedAdmin[Claim]):
    """What is claimed, and how it is graded."""

    list_display = ["ref", "case", "stance", "fact", "value", "reliability", "credibility"]
    list_filter = ["stance", "fact", "reliability", "credibility", "interested_party"]
    search_fields = ["ref", "text", "value", "made_by", "citation", "case__ref"]
    list_select_related = ["case"]


@admin.register(Hypothesis)
class HypothesisAdmin(DeedAdmin[Hypothesis]):
    """Answers that compete."""

    list_display = ["ref", "case", "statement", "level", "kind", "status", "proposer"]
    list_filter = ["status", "kind", "level"]
    search_fields = ["ref", "statement", "case__ref"]
    list_select_related = ["case", "proposer"]


@admin.register(MatrixRow)
class MatrixRowAdmin(DeedAdmin[MatrixRow]):
    """What the rival hypotheses are held against."""

    list_display = ["ref", "case", "credibility", "relevance", "origin_group", "added_by"]
    list_filter = ["credibility", "relevance"]
    search_fields = ["ref", "shows", "case__ref"]
    list_select_related = ["case", "added_by"]


@admin.register(Sheet)
class SheetAdmin(DeedAdmin[Sheet]):
    """Scoring sheets that the person may read."""

    list_display = ["case", "analyst", "number", "handed_in_at"]
    list_filter = ["handed_in_at"]
    search_fields = ["case__ref", "analyst__username"]
    list_select_related = ["case", "analyst"]


@admin.register(Cell)
class CellAdmin(DeedAdmin[Cell]):
    """Ratings of those sheets."""

    list_display = ["sheet", "row", "hypothesis", "rating"]
    list_filter = ["rating"]
    search_fields = ["row__ref", "hypothesis__ref", "rationale"]
    list_select_related = [
        *("sheet__analyst", "hypothesis", "row__claim", "row__item"),
        *("row__source_report__incident", "row__link__left__item", "row__link__right__item"),
    ]


@admin.register(MatrixSnapshot)
class MatrixSnapshotAdmin(DeedAdmin[MatrixSnapshot]):
    """The matrix as it stood."""

    list_display = ["case", "number", "reason", "taken_by", "created_at", "sha256"]
    list_filter = ["created_at"]
    search_fields = ["case__ref", "reason", "sha256"]
    list_select_related = ["case", "taken_by"]


@admin.register(PostMortem)
class PostMortemAdmin(DeedAdmin[PostMortem]):
    """What was learnt."""

    list_display = ["case", "held", "written_by", "updated_at"]
    list_filter = ["created_at"]
    search_fields = ["case__ref", "went_wrong", "lessons"]
    list_select_related = ["case", "held", "written_by"]


@admin.register(Finding)
class FindingAdmin(DeedAdmin[Finding]):
    """Findings that the person may read."""

    list_display = ["ref", "case", "level", "likelihood", "confidence", "status", "released_at"]
    list_filter = ["status", "level", "likelihood", "confidence"]
    search_fields = ["ref", "statement", "case__ref"]
    list_select_related = ["case"]


@admin.register(Citation)
class CitationAdmin(DeedAdmin[Citation]):
    """What findings rest on, and what speaks against them."""

    list_display = ["finding", "stance", "item", "link", "source_report", "version_cited"]
    list_filter = ["stance"]
    search_fields = ["remark", "finding__ref", "item__exhibit_no"]
    list_select_related = [
        *("finding", "item", "source_report"),
        *(f"link__{end}__{part}" for end in ("left", "right") for part in ("category", "maker")),
    ]


@admin.register(Submission)
class SubmissionAdmin(DeedAdmin[Submission]):
    """Versions handed in."""

    list_display = ["finding", "number", "submitted_by", "created_at", "sha256"]
    list_filter = ["created_at"]
    search_fields = ["finding__ref", "sha256"]
    list_select_related = ["finding", "submitted_by"]


@admin.register(Review)
class ReviewAdmin(DeedAdmin[Review]):
    """What reviewers said."""

    list_display = ["finding", "reviewer", "verdict", "created_at"]
    list_filter = ["verdict"]
    search_fields = ["finding__ref", "comment", "reviewer__username"]
    list_select_related = ["finding", "reviewer"]


@admin.register(ReviewComment)
class ReviewCommentAdmin(DeedAdmin[ReviewComment]):
    """What reviewers remarked on paragraphs."""

    list_display = ["submission", "passage", "paragraph", "author", "created_at"]
    list_filter = ["passage"]
    search_fields = ["submission__finding__ref", "text", "author__username"]
    list_select_related = ["submission__finding", "author"]


@admin.register(ReviewReply)
class ReviewReplyAdmin(DeedAdmin[ReviewReply]):
    """What was said in return."""

    list_display = ["comment", "kind", "author", "created_at"]
    list_filter = ["kind"]
    search_fields = ["comment__submission__finding__ref", "text", "author__username"]
    list_select_related = ["comment", "author"]


@admin.register(OriginatorConsent)
class OriginatorConsentAdmin(DeedAdmin[OriginatorConsent]):
    """Agencies that agreed to a release."""

    list_display = ["submission", "agency", "recorded_by", "created_at"]
    list_filter = ["agency"]
    search_fields = ["submission__finding__ref", "agency__name", "words"]
    list_select_related = ["submission__finding", "agency", "recorded_by"]


@admin.register(Dissent)
class DissentAdmin(DeedAdmin[Dissent]):
    """Minority views."""

    list_display = ["finding", "author", "likelihood", "confidence", "created_at"]
    list_filter = ["likelihood", "confidence"]
    search_fields = ["finding__ref", "text", "author__username"]
    list_select_related = ["finding", "author"]


@admin.register(Release)
class ReleaseAdmin(DeedAdmin[Release]):
    """Findings that were let go."""

    list_display = ["finding", "audience", "tlp", "proposed_by", "decided_by", "decided_at"]
    list_filter = ["audience", "tlp"]
    search_fields = ["finding__ref", "conditions"]
    list_select_related = ["finding", "proposed_by", "decided_by"]


@admin.register(Measure)
class MeasureAdmin(DeedAdmin[Measure]):
    """What authorities did on the strength of released findings."""

    list_display = ["ref", "case", "kind", "authority", "programme", "entered_by"]
    list_filter = ["kind"]
    search_fields = ["ref", "authority", "programme", "case__ref"]
    list_select_related = ["case", "entered_by"]


@admin.register(MeasureStep)
class MeasureStepAdmin(DeedAdmin[MeasureStep]):
    """What happened to measures."""

    list_display = ["measure", "seq", "kind", "day", "legal_ref", "entered_by"]
    list_filter = ["kind"]
    search_fields = ["measure__ref", "legal_ref", "words"]
    list_select_related = ["measure", "entered_by"]


@admin.register(FollowUp)
class FollowUpAdmin(DeedAdmin[FollowUp]):
    """What is to be looked at again."""

    list_display = ["ref", "case", "trigger", "owner", "due", "closed_at"]
    list_filter = ["trigger"]
    search_fields = ["ref", "task", "measure__ref", "case__ref"]
    list_select_related = ["case", "owner"]
