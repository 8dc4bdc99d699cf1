"""Links: two components of different recoveries held against each other."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comparison.models.vocabulary import (
    FEATURES,
    Agreement,
    Alert,
    AlertCause,
    FoundBy,
    LinkState,
    Outcome,
)
from core.grading import Band
from core.markings import Handling, joined
from core.settled import Among
from evidence.models import Component, Item
from investigations.models import (
    Case,
    CaseRecordQuerySet,
    Duty,
    Membership,
    VersionedCaseRecord,
)
from investigations.models.gates import gates_of
from investigations.models.membership import DUTIES

TWO, THREE = 2, 3
"""Two examiners judge a pair, each blind to the other; a third where they disagree."""
CURRENT = ~Q(state=LinkState.SUPERSEDED)
AT_LEAST_MODERATE = [
    Band.MODERATE,
    Band.MODERATELY_STRONG,
    Band.STRONG,
    Band.VERY_STRONG,
    Band.EXTREMELY_STRONG,
]


class LinkQuerySet(CaseRecordQuerySet["Link"]):
    """Questions about links; whoever may see only one end may not see the link."""

    def visible_to(self, user: User) -> "LinkQuerySet":
        return super().visible_to(user).filter(Among("other_case", gates_of(user).whole))

    def current(self) -> "LinkQuerySet":
        return self.filter(CURRENT)

    def judged_by(self, user: User) -> "LinkQuerySet":
        """Links whose facts, as they stand, this examiner has judged and not taken it back."""
        mine = Link.objects.filter(
            judgements__examiner=user,
            judgements__fingerprint=F("fingerprint"),
            judgements__withdrawal=None,
        )
        return self.filter(pk__in=mine.values("pk"))

    def awaiting_another(self) -> "LinkQuerySet":
        """Links that lack an examiner: the first two always, a third where two disagree."""
        return self.current().filter(
            Q(examiners__lt=TWO) | Q(state=LinkState.DISPUTED, examiners__lt=THREE)
        )

    def awaiting(self, user: User) -> "LinkQuerySet":
        """Links that this person could still judge."""
        return self.awaiting_another().exclude(pk__in=self.judged_by(user))

    def established(self) -> "LinkQuerySet":
        """Links that a finding may rest on.

        Two examiners, each blind to the other, say that they belong together (where two disagreed,
        two of three), and the figure for one origin gives at least moderate support.
        """
        return self.filter(
            state=LinkState.CONFIRMED,
            outcome=Outcome.ASSESSED,
            band__in=AT_LEAST_MODERATE,
            ratio__gt=1,
        )

    def blind_to(self, user: User) -> "LinkQuerySet":
        """Links that a colleague judged and this examiner may still judge without knowing how."""
        return self.open_to_judgement_by(user).filter(examiners__gte=1)

    def open_to_judgement_by(self, user: User) -> "LinkQuerySet":
        """Links that await an examiner, which this person is in both cases."""
        roles = [role for role, duties in DUTIES.items() if Duty.EXAMINE in duties]
        places = Membership.objects.current().filter(user=user, roles__overlap=roles)
        cases = list(places.values_list("case", flat=True))
        return self.awaiting(user).filter(case__in=cases, other_case__in=cases)

    def told_to(self, user: User) -> "LinkQuerySet":
        """Links of which this person may know how they were judged."""
        return self.exclude(pk__in=Link.objects.blind_to(user).values("pk"))

    def with_blindness(self, user: User) -> "LinkQuerySet":
        """Each link with `is_blind`: whether this person may not know yet how it was judged."""
        return self.annotate(is_blind=Exists(Link.objects.blind_to(user).filter(pk=OuterRef("pk"))))

    def of_case(self, case: Case) -> "LinkQuerySet":
        return self.filter(Q(case=case) | Q(other_case=case))

    def touching(self, item: Item) -> "LinkQuerySet":
        return self.filter(Q(left__item=item) | Q(right__item=item))

    def recovered_in(self, ref: str) -> "LinkQuerySet":
        """Links one of whose ends comes from the incident of this number."""
        return self.filter(
            Q(left__item__incident__ref__iexact=ref) | Q(right__item__incident__ref__iexact=ref)
        )

    def of(self, component: Component) -> "LinkQuerySet":
        return self.filter(Q(left=component) | Q(right=component))

    def with_lists(self) -> "LinkQuerySet":
        ends = ("left", "right")
        parts = ("category", "maker", "item__kind", "item__incident__theatre")
        return self.select_related(
            "case", "other_case", *(f"{end}__{part}" for end in ends for part in parts)
        )


class Link(VersionedCaseRecord):
    """How alike two components are, with everything the figure rests on frozen beside it.

    `left` is the component entered first, so that a pair is stored once. `ratio` is a likelihood
    ratio and `log10_ratio` its logarithm; both are empty unless the outcome is `assessed`. `rank`
    orders pairs that were `found_by` one sort of evidence, and `place` the whole queue; neither is
    shown. Says nothing about who used either weapon.
    """

    derives_from = ("left", "right", "left__reading", "right__reading")

    left = models.ForeignKey(Component, models.PROTECT, related_name="links_as_left")
    right = models.ForeignKey(Component, models.PROTECT, related_name="links_as_right")
    other_case = models.ForeignKey(
        Case, models.PROTECT, related_name="+", verbose_name=_("case of the other component")
    )
    state = models.CharField(
        _("state"), max_length=20, choices=LinkState, default=LinkState.PROPOSED
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    ratio = models.FloatField(_("likelihood ratio"), null=True)
    log10_ratio = models.FloatField(_("log10 of the likelihood ratio"), null=True)
    band = models.CharField(_("strength"), max_length=40, choices=Band)
    rank = models.FloatField(default=0, editable=False)
    found_by = models.CharField(
        _("found by"), max_length=20, choices=FoundBy, default=FoundBy.OTHER_VALUES,
        help_text=_("The most telling evidence that brought the pair up; it adds to no figure."),
    )  # fmt: skip
    place = models.FloatField(default=0, editable=False)
    alert = models.CharField(_("alarm"), max_length=40, choices=Alert, blank=True)
    alert_cause = models.CharField(
        _("what the alarm was"), max_length=20, choices=AlertCause, blank=True
    )
    alert_reason = models.TextField(_("how that is known"), blank=True)
    alert_resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cross_theatre = models.BooleanField(_("across theatres"), default=False)
    explanation = models.JSONField(_("explanation"))
    parameters_version = models.CharField(_("parameters"), max_length=40)
    fingerprint = models.CharField(max_length=64, editable=False)
    proposed_at = models.DateTimeField(_("proposed"))
    examiners = models.PositiveSmallIntegerField(
        _("examiners"), default=0, help_text=_("Who judged the facts as they stand.")
    )

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        ordering = ["-rank", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="link_once_per_pair"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="link_left_is_older"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ASSESSED, ratio__isnull=False)
                | (~Q(outcome=Outcome.ASSESSED) & Q(ratio__isnull=True)),
                name="link_figure_only_when_assessed",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-rank", "-id"], name="link_queue"),
            models.Index(fields=["case", "-rank", "-id"], name="link_of_case"),
            models.Index(fields=["other_case", "-rank", "-id"], name="link_of_other_case"),
            models.Index(fields=["-place", "-id"], name="link_in_queue", condition=CURRENT),
            models.Index(
                fields=["found_by", "-place", "-id"], name="link_found_by", condition=CURRENT
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left} · {self.right}"

    @property
    def handling(self) -> Handling:
        """The most restrictive of both cases and both ends."""
        parts = [self.left.own_handling, self.right.own_handling, self.other_case.handling]
        return joined([super().handling, *parts])

    @property
    def name(self) -> str:
        """What is compared: one name where both ends bear it."""
        return str(self.left) if str(self.left) == str(self.right) else str(self)

    @property
    def chains(self) -> list[UUID]:
        """The ledger's chains that its deeds are written in: that of either case, in one order."""
        return sorted({self.case_id, self.other_case_id})

    @property
    def in_short(self) -> dict[str, str]:
        """What a line of the ledger says of it: across cases nothing, for the strength of a
        likeness would tell either team what the other holds.
        """
        if self.case_id != self.other_case_id:
            return {}
        return {"outcome": self.outcome, "band": self.band, "state": self.state}

    @property
    def is_blocked(self) -> bool:
        """True while an alarm stands between the pair and any conclusion."""
        return self.outcome == Outcome.WITHHELD and not self.alert_cause

    @property
    def awaits_another(self) -> bool:
        """True while an examiner is lacking: one of two, or a third where two disagree."""
        if self.state == LinkState.SUPERSEDED:
            return False
        needed = THREE if self.state == LinkState.DISPUTED else TWO
        return self.examiners < needed

    @property
    def is_untouched(self) -> bool:
        """True while nobody has judged it or looked into its alarm."""
        return self.is_undecided and not self.alert_cause and not self.examiners

    def other_end(self, component: Component) -> UUID:
        """The component at the other end from `component`."""
        return self.right_id if self.left_id == component.pk else self.left_id

    @property
    def days_in_queue(self) -> int:
        """How many days ago it was put before the examiners as it stands."""
        return (timezone.localdate() - timezone.localdate(self.proposed_at)).days

    @property
    def is_undecided(self) -> bool:
        return self.state == LinkState.PROPOSED

    @property
    def rows(self) -> list[Mapping[str, Any]]:
        """The compared features as frozen: codes and figures."""
        return list(self.explanation.get("rows", []))

    @property
    def ends(self) -> tuple[Component, Component]:
        """Both components, the one entered first before the other."""
        return self.left, self.right

    @property
    def agreeing(self) -> list[str]:
        """What agrees, by name, the kind of component apart."""
        return self.standing_as(Agreement.AGREE)

    @property
    def similar(self) -> list[str]:
        """What is near, or may be one, by name."""
        return self.standing_as(Agreement.SIMILAR)

    def standing_as(self, agreement: str) -> list[str]:
        """The features that stand so, by name, the kind of component apart."""
        return [
            str(FEATURES.get(row["feature"], row["feature"]))
            for row in self.rows
            if row["agreement"] == agreement and row["feature"] != "category"
        ]

    @property
    def serials_apart(self) -> int | None:
        """How many numbers lie between two near serials of one numbering."""
        serials = (row for row in self.rows if row["feature"] == "serial" and row["note"])
        near = any(row["agreement"] == Agreement.SIMILAR for row in serials)
        return self.explanation.get("serial_distance") if near else None

    @property
    def unexplained(self) -> list[str]:
        """Features whose difference must be explained before a positive conclusion."""
        return [row["feature"] for row in self.rows if row["needs_explaining"]]
