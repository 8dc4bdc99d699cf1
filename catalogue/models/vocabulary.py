"""Published word lists, each kept in the very version that was loaded."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models.review import ReferenceQuerySet
from core.models import Record


class VocabularyQuerySet(ReferenceQuerySet["Vocabulary"]):
    """Questions about vocabularies."""

    def current(self) -> "VocabularyQuerySet":
        """The newest loaded version of each vocabulary."""
        return self.order_by("key", "-version").distinct("key")


class Vocabulary(Record):
    """One version of a word list, with where it comes from and under which licence."""

    key = models.SlugField(_("key"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    source = models.CharField(_("source"), max_length=300)
    licence = models.CharField(_("licence"), max_length=80)
    note = models.TextField(_("what was changed"), blank=True)

    objects = VocabularyQuerySet.as_manager()

    class Meta:
        verbose_name = _("vocabulary")
        verbose_name_plural = _("vocabularies")
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="vocabulary_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class TermQuerySet(ReferenceQuerySet["Term"]):
    """Questions about the words of vocabularies."""


class Term(Record):
    """One word of a vocabulary; `percent_min` and `percent_max` bound a probability in percent."""

    vocabulary = models.ForeignKey(
        Vocabulary, models.PROTECT, related_name="terms", verbose_name=_("vocabulary")
    )
    code = models.CharField(_("code"), max_length=80)
    label = models.CharField(_("label"), max_length=200)
    label_ar = models.CharField(_("Arabic label"), max_length=200, blank=True)
    description = models.TextField(_("meaning"), blank=True)
    percent_min = models.PositiveSmallIntegerField(_("from (percent)"), null=True, blank=True)
    percent_max = models.PositiveSmallIntegerField(_("to (percent)"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["vocabulary", "order"]
        constraints = [
            models.UniqueConstraint(fields=["vocabulary", "code"], name="term_once_per_vocabulary"),
            models.CheckConstraint(
                condition=models.Q(percent_max__gte=models.F("percent_min")),
                name="term_percent_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.label_ar if self.label_ar and get_language() == "ar" else self.label
