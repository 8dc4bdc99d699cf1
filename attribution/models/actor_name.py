"""Names of an actor beside the principal one: each in its script, with its kind and its time."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from attribution.models.actor import Actor
from attribution.models.whole_team import WholeTeamQuerySet
from investigations.models import CaseRecord


class Script(models.TextChoices):
    """In which letters a name is written."""

    ARABIC = "arabic", _("Arabic script")
    LATIN = "latin", _("Latin script")
    CYRILLIC = "cyrillic", _("Cyrillic script")
    HEBREW = "hebrew", _("Hebrew script")
    GREEK = "greek", _("Greek script")
    OTHER = "other", _("another script")


class ActorNameQuerySet(WholeTeamQuerySet["ActorName"]):
    """Questions about names."""

    def with_lists(self) -> "ActorNameQuerySet":
        return self.select_related("case", "actor")


class ActorName(CaseRecord):
    """One name under which an actor goes, as it is written, and how it is read in Latin letters.

    A front name is a name that others stand behind: whose it is, is a matter of assertions.
    """

    derives_from: ClassVar[tuple[str, ...]] = ("actor",)

    class Kind(models.TextChoices):
        """What sort of name it is."""

        OWN = "own", _("what it calls itself")
        GIVEN = "given-by-others", _("what others call it")
        OTHER = "other", _("other name")
        ACRONYM = "acronym", _("acronym")
        FORMER = "former", _("former name")
        FRONT = "front", _("front name")
        CODE = "code", _("code name")

    actor = models.ForeignKey(
        Actor, models.CASCADE, related_name="names", verbose_name=_("actor"), editable=False
    )
    text = models.CharField(_("name as it is written"), max_length=200)
    transliteration = models.CharField(
        _("in Latin letters"),
        max_length=200,
        blank=True,
        help_text=_("How it is read, as reports in other languages spell it."),
    )
    kind = models.CharField(_("kind of name"), max_length=20, choices=Kind, default=Kind.OTHER)
    script = models.CharField(
        _("script"), max_length=20, choices=Script, default=Script.OTHER, editable=False
    )
    used_from = models.DateField(_("used from"), null=True, blank=True)
    used_to = models.DateField(_("used until"), null=True, blank=True)
    citation = models.CharField(_("where it stands"), max_length=500, blank=True)

    objects = ActorNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name of an actor")
        verbose_name_plural = _("names of actors")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                "actor",
                Lower("text"),
                "kind",
                name="actor_name_once",
                violation_error_message=_("The actor has this name already."),
            ),
            models.CheckConstraint(
                condition=Q(used_to__isnull=True)
                | Q(used_from__isnull=True)
                | Q(used_to__gte=F("used_from")),
                name="actor_name_ends_after_it_begins",
                violation_error_message=_("“Until” cannot be before “from”."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling of it that may not leave the case before a finding is released."""
        return tuple(word for word in (self.text, self.transliteration) if word)
