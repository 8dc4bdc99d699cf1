"""The people who use the product, the agencies they serve and the keys of their programs."""

import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.identity import uuid7
from core.markings import Clearance
from core.models import Record, Subject

TOKEN_MARK = "vst"  # noqa: S105  (a visible prefix, so that leaked keys can be searched for)  # nosec B105


class Agency(Record):
    """An organisation that investigates or helps, such as a ministry, a mission or a laboratory."""

    class Kind(models.TextChoices):
        """What an agency does."""

        INVESTIGATION = "investigation", _("investigating body")
        LABORATORY = "laboratory", _("laboratory")
        PROSECUTION = "prosecution", _("prosecution service")
        PARTNER = "partner", _("partner agency")

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=20, unique=True)
    native_name = models.CharField(_("name in its own script"), max_length=200, blank=True)
    country = models.CharField(_("country (ISO 3166-1)"), max_length=2, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.INVESTIGATION)
    requires_second_factor = models.BooleanField(
        _("requires a second factor"),
        default=False,
        help_text=_("Its people open nothing until they have set one up."),
    )

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name


class User(Subject, AbstractUser):
    """A person who signs in; what they may see is decided case by case."""

    class Theme(models.TextChoices):
        """How bright the pages are."""

        SYSTEM = "system", _("as the device")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    class Density(models.TextChoices):
        """How tall the rows of lists are."""

        COMPACT = "compact", _("compact")
        COSY = "cosy", _("cosy")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    display_name = models.CharField(_("name shown"), max_length=120, blank=True)
    native_name = models.CharField(_("name in their own script"), max_length=120, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, verbose_name=_("agency")
    )
    may_open_cases = models.BooleanField(_("may open cases"), default=False)
    clearance = models.PositiveSmallIntegerField(
        _("clearance"), choices=Clearance, default=Clearance.NONE
    )
    compartments = ArrayField(
        models.CharField(max_length=20), verbose_name=_("compartments"), default=list, blank=True
    )
    bound_to_cases: tuple[UUID, ...] = ()
    """The cases that the key in use is bound to; none means all of the person's cases."""
    language = models.CharField(
        _("language"), max_length=5, default="en", choices=[("en", "English"), ("ar", "العربية")]
    )
    theme = models.CharField(_("theme"), max_length=10, choices=Theme, default=Theme.SYSTEM)
    density = models.CharField(_("density"), max_length=10, choices=Density, default=Density.COSY)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    keyboard = models.BooleanField(_("single-key shortcuts"), default=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email=""),
                name="one_person_for_an_email",
                violation_error_message=_("Somebody has this e-mail address already."),
            )
        ]

    def __str__(self) -> str:
        return self.display_name or self.username


def person_known_as(name: str) -> User | None:
    """Whoever signs in under this user name or, where nobody is called so, this e-mail address."""
    called = models.Q(username__iexact=name)
    written = models.Q(email__iexact=name) & ~models.Q(email="")
    found = User.objects.filter(called | written)[:4]  # one question, whoever there is
    named = [user for user in found if user.username.lower() == name.lower()] or list(found)
    return named[0] if len(named) == 1 else None


class Compartment(Record):
    """A circle of readers that clearance alone does not open, such as WITNESS or SOURCE."""

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9-]*$", _("Capital letters, digits, hyphens."))],
    )
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("compartment")
        verbose_name_plural = _("compartments")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}"


def digest_of(key: str) -> str:
    """What is stored of an API key; the key itself is shown once and never kept."""
    return hashlib.sha256(key.encode()).hexdigest()


class Scope(models.TextChoices):
    """What a key may be used for."""

    READ = "read", _("read records")
    WRITE = "write", _("enter and change records")
    DECIDE = "decide", _("judge, review and release")


def all_scopes() -> list[str]:
    """Everything its owner may do."""
    return [str(scope) for scope in Scope.values]


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Questions about keys."""

    def usable(self) -> "ApiTokenQuerySet":
        return self.filter(
            revoked_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True
        )


class ApiToken(Record):
    """A key with which a person's program speaks for them: hashed, expiring, revocable."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name=_("person"))
    name = models.CharField(_("what it is for"), max_length=80)
    scopes = ArrayField(
        models.CharField(max_length=20, choices=Scope),
        verbose_name=_("scopes"),
        default=all_scopes,
    )
    case_ids = ArrayField(
        models.UUIDField(), verbose_name=_("bound to cases"), default=list, blank=True
    )
    prefix = models.CharField(_("prefix"), max_length=12, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"

    @property
    def scope_names(self) -> list[str]:
        """What it may be used for, in the reader's language."""
        return [str(Scope(scope).label) for scope in self.scopes]

    @property
    def has_expired(self) -> bool:
        """True when its days are over."""
        return self.expires_at <= timezone.now()

    @classmethod
    def draw(cls, user: User, name: str, expires_at: datetime) -> tuple["ApiToken", str]:
        """An unsaved key row and the key to show once: `vst_<prefix>_<secret>`."""
        prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
        key = f"{TOKEN_MARK}_{prefix}_{secret}"
        return cls(
            user=user, name=name, prefix=prefix, digest=digest_of(key), expires_at=expires_at
        ), key

    def fits(self, key: str) -> bool:
        """True for the very key this row was made from, compared in constant time."""
        return hmac.compare_digest(self.digest, digest_of(key))


class Guesses(Record):
    """How many secrets were entered lately for one account or from one address."""

    key = models.CharField(max_length=64, unique=True, editable=False)
    count = models.PositiveIntegerField(_("secrets entered"), default=0)
    forgotten_at = models.DateTimeField(_("forgotten"), db_index=True)

    class Meta:
        verbose_name = _("guesses")
        verbose_name_plural = _("guesses")

    def __str__(self) -> str:
        return f"{self.count} until {self.forgotten_at:%H:%M}"
