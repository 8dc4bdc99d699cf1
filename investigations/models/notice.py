"""Notices: what a person must learn of, until they have read it."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from investigations.models.case_record import CaseRecord, CaseRecordQuerySet
from investigations.models.request import Request

DOORS = {
    "file-broken": "evidence:file_detail",
    "comparisons-await": "comparison:link_list",
    "follow-up-due": "attribution:followup_detail",
    "follow-up-overdue": "attribution:followup_detail",
    "task-given": "investigations:task_edit",
    "task-overdue": "investigations:task_edit",
    "mentioned": "investigations:note_detail",
    "contribution-asked": "investigations:contributionrequest_detail",
    "offer-made": "investigations:assistanceoffer_detail",
    "offer-decided": "investigations:assistanceoffer_detail",
    "recalled": "exchange:delivered_detail",
}
"""Where a notice without a request leads: by address only, for those rooms lie above."""

DOORS_BY_SUBJECT = {"exchange.tableimport": "exchange:table_detail"}
"""Where it leads when the same is told of other kinds of records."""

OF_THE_CASE = ("place-ends", "place-ended")
"""What is seen on the page of the case itself."""


class NoticeQuerySet(CaseRecordQuerySet["Notice"]):
    """Questions about notices."""

    def visible_to(self, user: User) -> "NoticeQuerySet":
        """Those addressed to the person, as long as they may see the case."""
        return super().visible_to(user).filter(to=user)

    def unseen(self) -> "NoticeQuerySet":
        return self.filter(seen_at__isnull=True)


class Notice(CaseRecord):
    """Something a person must learn of: a request to decide, a decision, a file gone bad.

    It is about a request, about another record, or about work that awaits in the case.
    """

    class Kind(models.TextChoices):
        """What happened."""

        ASKED = "asked", _("A second person is asked for")
        DECIDED = "decided", _("Your request was decided")
        EMERGENCY_ASKED = "emergency-asked", _("Emergency access to your case is asked for")
        EMERGENCY_GIVEN = "emergency-given", _("Somebody was given emergency access to your case")
        LOAN_DUE = "loan-due", _("What was lent is due back soon")
        LOAN_OVERDUE = "loan-overdue", _("What was lent is overdue")
        COMPARISONS_AWAIT = "comparisons-await", _("Comparisons await your judgement")
        FOLLOW_UP_DUE = "follow-up-due", _("A follow-up of a measure is due soon")
        FOLLOW_UP_OVERDUE = "follow-up-overdue", _("A follow-up of a measure is overdue")
        FILE_BROKEN = "file-broken", _("A stored file is no longer what was received")
        TASK_GIVEN = "task-given", _("A task was given to you")
        TASK_OVERDUE = "task-overdue", _("A task is overdue")
        MENTIONED = "mentioned", _("You are mentioned in a note")
        CONTRIBUTION_ASKED = "contribution-asked", _("Your agency is asked to contribute")
        OFFER_MADE = "offer-made", _("An agency offers help")
        OFFER_DECIDED = "offer-decided", _("Your agency's offer was decided")
        PLACE_ENDS = "place-ends", _("Your place on a case ends on a day")
        PLACE_ENDED = "place-ended", _("Somebody's place on your case has ended")
        RECALLED = "recalled", _("A peer took back what it had sent")

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("to")
    )
    kind = models.CharField(_("what happened"), max_length=20, choices=Kind)
    request = models.ForeignKey(
        Request, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("request")
    )
    subject_kind = models.CharField(_("kind"), max_length=60, blank=True)
    subject_id = models.UUIDField(_("subject"), null=True)
    subject_ref = models.CharField(_("about"), max_length=60, blank=True)
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        indexes = [models.Index(fields=["to", "seen_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(request__isnull=True) | Q(subject_id__isnull=True),
                name="notice_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def what(self) -> str:
        """What was asked, or else the kind of record it is about, in words."""
        if self.request:
            return str(self.request.get_kind_display())
        return str(apps.get_model(self.subject_kind)._meta.verbose_name if self.subject_id else "")

    @property
    def about(self) -> str:
        """What people call the thing."""
        return self.request.subject_ref if self.request else self.subject_ref

    @property
    def door(self) -> str:
        """The address to go to."""
        if self.request_id:
            return reverse("investigations:request_detail", args=[self.request_id])
        if self.subject_id:
            door = DOORS_BY_SUBJECT.get(self.subject_kind) or DOORS[self.kind]
            return reverse(door, args=[self.subject_id])
        if self.kind in OF_THE_CASE:
            return reverse("investigations:case_detail", args=[self.case_id])
        return f"{reverse(DOORS[self.kind])}?case={self.case_id}"
