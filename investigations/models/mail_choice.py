"""Which notices a person wants by e-mail as well; nobody gets any who has not said so."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Record
from investigations.models.notice import Notice


def mail_goes_out() -> bool:
    """True once the installation sends e-mail and knows by which name it is reached."""
    return bool(settings.EMAIL_HOST and settings.SITE_URL)


class MailChoiceQuerySet(models.QuerySet["MailChoice"]):
    """Questions about who wants what by e-mail."""

    def wanting(self, kind: str) -> "MailChoiceQuerySet":
        """Of those who can be written to from here, whoever wants notices of this kind."""
        if not mail_goes_out():
            return self.none()
        able = self.filter(user__is_active=True).exclude(user__email="")
        return able.filter(kinds__contains=[kind])


class MailChoice(Record):
    """One person's choice; the messages name the case and nothing that is in it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="mail_choice",
        verbose_name=_("person"),
    )
    kinds = ArrayField(
        models.CharField(max_length=20, choices=Notice.Kind),
        verbose_name=_("by e-mail"),
        default=list,
        blank=True,
    )

    objects = MailChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of notices by e-mail")
        verbose_name_plural = _("choices of notices by e-mail")

    def __str__(self) -> str:
        return f"{self.user} · {len(self.kinds)}"
