"""Storage: the sites, rooms, shelves and boxes of an agency, which belong to no case."""

from decimal import Decimal
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, User
from core.models import VersionedRecord
from investigations.models import Membership, Role

LONGEST_PATH = 200
STEP = " › "
KEEPERS = [Role.CUSTODIAN, Role.LEAD]


class Point(TypedDict):
    """Degrees of WGS 84."""

    latitude: Decimal | None
    longitude: Decimal | None


NOWHERE: Point = {"latitude": None, "longitude": None}


class PlaceKind(models.TextChoices):
    """What kind of place, from the widest to the narrowest."""

    SITE = "site", _("site")
    ROOM = "room", _("room")
    SHELF = "shelf", _("shelf")
    BOX = "box", _("box")


DEPTH = {kind: depth for depth, kind in enumerate(PlaceKind.values)}


def is_keeper(user: User) -> bool:
    """True for those who look after their agency's storage: custodians, and leads of cases."""
    places = Membership.objects.current().filter(user=user, roles__overlap=KEEPERS)
    return bool(user.is_active and user.agency_id) and places.exists()


def is_keeper_of(user: User, place: "StoragePlace") -> bool:
    """True for those who look after this place, and may know how much lies in it."""
    return place.agency_id == user.agency_id and is_keeper(user)


class StoragePlaceQuerySet(models.QuerySet["StoragePlace"]):
    """Questions about places; they tell nothing of any case."""

    def visible_to(self, user: User) -> "StoragePlaceQuerySet":
        """Those of the person's agency, and all to an administrator; a key for cases sees none."""
        if not user.is_active or user.bound_to_cases:
            return self.none()
        return self if user.is_superuser else self.filter(agency=user.agency_id)

    def in_use(self) -> "StoragePlaceQuerySet":
        return self.filter(retired_at__isnull=True)

    def with_path(self) -> "StoragePlaceQuerySet":
        """Each with what it stands in, so that its path asks nothing more."""
        return self.select_related("agency", "parent__parent__parent__parent")


class StoragePlace(VersionedRecord):
    """One place where exhibits are kept: a site, a room in it, a shelf there, a box on the shelf.

    Temperatures are degrees Celsius, humidity is relative, in per cent; `capacity` is the number
    of exhibits that fit, those in the places within it included. A licence for explosives holds
    for everything within. Latitude and longitude are WGS 84 degrees, of sites alone.
    """

    kept = True

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="storage_places", verbose_name=_("agency")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
        verbose_name=_("stands in"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=PlaceKind)
    name = models.CharField(_("name"), max_length=80)
    capacity = models.PositiveIntegerField(
        _("capacity (exhibits)"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    licensed_for_explosives = models.BooleanField(_("licensed for explosives"), default=False)
    temperature_min_c = models.DecimalField(
        _("lowest temperature (°C)"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    temperature_max_c = models.DecimalField(
        _("highest temperature (°C)"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    humidity_min_pct = models.PositiveSmallIntegerField(
        _("lowest humidity (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    humidity_max_pct = models.PositiveSmallIntegerField(
        _("highest humidity (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    remarks = models.TextField(_("remarks"), blank=True)
    retired_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = StoragePlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("storage place")
        verbose_name_plural = _("storage places")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "parent", "name"],
                nulls_distinct=False,
                name="place_named_once_where_it_stands",
                violation_error_message=_("A place of this name is there already."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="place_not_within_itself",
            ),
            models.CheckConstraint(
                condition=Q(kind=PlaceKind.SITE, parent__isnull=True)
                | (~Q(kind=PlaceKind.SITE) & Q(parent__isnull=False)),
                name="place_site_stands_in_nothing",
                violation_error_message=_("A site stands in nothing; all others stand in a place."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(kind=PlaceKind.SITE, latitude__isnull=False, longitude__isnull=False),
                name="place_site_has_both_coordinates",
                violation_error_message=_("Coordinates belong to a site, and both of them."),
            ),
            models.CheckConstraint(
                condition=Q(temperature_min_c__isnull=True)
                | Q(temperature_max_c__isnull=True)
                | Q(temperature_min_c__lte=F("temperature_max_c")),
                name="place_temperatures_in_order",
                violation_error_message=_("The lowest temperature is above the highest."),
            ),
            models.CheckConstraint(
                condition=Q(humidity_min_pct__isnull=True)
                | Q(humidity_max_pct__isnull=True)
                | Q(humidity_min_pct__lte=F("humidity_max_pct")),
                name="place_humidities_in_order",
                violation_error_message=_("The lowest humidity is above the highest."),
            ),
        ]

    def __str__(self) -> str:
        return self.path

    def clean(self) -> None:
        """A room stands in a site, a shelf in a room or a site, a box anywhere."""
        super().clean()
        above = self.parent
        if above is not None and self.kind in DEPTH:
            both_boxes = self.kind == above.kind == PlaceKind.BOX
            if DEPTH[self.kind] <= DEPTH[above.kind] and not both_boxes:
                words = {"inner": self.get_kind_display(), "outer": above.get_kind_display()}
                complaint = _("What is a %(inner)s does not stand in a %(outer)s.")
                raise ValidationError({"kind": complaint % words})
        inside = [] if self._state.adding else [each.kind for each in self.places.all()]
        if any(DEPTH[kind] < DEPTH.get(self.kind, 0) for kind in inside):
            raise ValidationError({"kind": _("Something wider stands in it. Move that first.")})

    @property
    def way(self) -> "list[StoragePlace]":
        """The place and all it stands in, the site first."""
        way, place = [self], self.parent
        while place is not None:
            way.insert(0, place)
            place = place.parent
        return way

    @property
    def point(self) -> "Point":
        """Where its site lies, so that a journey to it can be judged; none if that is unknown."""
        site = self.way[0]
        return {"latitude": site.latitude, "longitude": site.longitude}

    @property
    def path(self) -> str:
        """The names from the site down, as they are written into custody."""
        return STEP.join(place.name for place in self.way)[:LONGEST_PATH]

    @property
    def is_retired(self) -> bool:
        """True once it, or what it stands in, is closed for good."""
        return any(place.retired_at is not None for place in self.way)

    @property
    def takes_explosives(self) -> bool:
        """True when it, or what it stands in, is licensed for them."""
        return any(place.licensed_for_explosives for place in self.way)

    @property
    def coordinates(self) -> str:
        """Latitude and longitude, without the zeros of storage; empty unless they are known."""
        if self.latitude is None or self.longitude is None:
            return ""
        return f"{self.latitude.normalize():f}, {self.longitude.normalize():f}"

    @property
    def climate(self) -> str:
        """The limits of temperature and humidity, where there are any."""
        told = [
            span(self.temperature_min_c, self.temperature_max_c, "°C"),
            span(self.humidity_min_pct, self.humidity_max_pct, "%"),
        ]
        return " · ".join(part for part in told if part)


def span(least: object, most: object, unit: str) -> str:
    """Two limits as people write them; nothing where neither is set."""
    if least is None and most is None:
        return ""
    if least is None or most is None:
        return f"≤ {most} {unit}" if least is None else f"≥ {least} {unit}"
    return f"{least}–{most} {unit}"
