"""The post-mortem of a concluded case: what decided it, what was wrong, what is learnt."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from attribution.models.hypothesis import Hypothesis
from attribution.models.matrix import MatrixRow
from attribution.models.whole_team import WholeTeamQuerySet
from investigations.models import VersionedCaseRecord


class PostMortemQuerySet(WholeTeamQuerySet["PostMortem"]):
    """Questions about post-mortems."""


class PostMortem(VersionedCaseRecord):
    """What the lead writes each time a case is concluded, for those who weigh the next one."""

    derives_from: ClassVar[tuple[str, ...]] = ("decisive", "held")
    kept = True
    kept_lists: ClassVar[tuple[str, ...]] = ("decisive",)

    held = models.ForeignKey(
        Hypothesis,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the hypothesis that held"),
    )
    decisive = models.ManyToManyField(
        MatrixRow,
        blank=True,
        related_name="+",
        verbose_name=_("rows that were decisive"),
    )
    went_wrong = models.TextField(
        _("what was wrong"),
        help_text=_("Ratings, weights or assumptions that did not hold, and why."),
    )
    lessons = models.TextField(_("lessons"), help_text=_("What to do otherwise next time."))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
        editable=False,
    )

    objects = PostMortemQuerySet.as_manager()

    class Meta:
        verbose_name = _("post-mortem")
        verbose_name_plural = _("post-mortems")
        ordering = ["case", "-id"]

    def __str__(self) -> str:
        return str(_("Post-mortem of %(ref)s") % {"ref": self.case.ref})
