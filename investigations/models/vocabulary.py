"""The words in which an attack is described."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttackMode(models.TextChoices):
    """How the attack was carried out."""

    ONE_WAY_UAV = "one-way-attack-UAV", _("one-way attack UAV")
    DROPPED_MUNITION = "multi-rotor-dropped-munition", _("munition dropped by a multi-rotor")
    FPV = "FPV-strike", _("FPV strike")
    OVERFLIGHT = "reconnaissance-overflight", _("reconnaissance overflight")
    CRUISE_MISSILE = "cruise-missile", _("cruise missile")
    BALLISTIC_MISSILE = "ballistic-missile", _("ballistic missile")
    GUIDED_ROCKET = "guided-rocket", _("guided rocket")
    UNGUIDED_ROCKET = "unguided-rocket", _("unguided rocket")
    ARTILLERY = "mortar-artillery", _("mortar or artillery")
    ATGM = "ATGM", _("anti-tank guided missile")
    MANPADS = "MANPADS", _("man-portable air-defence missile")
    AIR_STRIKE = "air-strike", _("air strike")
    SURFACE_DRONE = "surface-drone", _("surface drone (USV)")
    UNDERWATER = "underwater-vehicle", _("underwater vehicle")
    IED_VEHICLE = "IED-vehicle-borne", _("IED, vehicle-borne")
    IED_BODY = "IED-body-borne", _("IED, body-borne")
    IED_EMPLACED = "IED-emplaced", _("IED, emplaced")
    IED_PROJECTED = "IED-projected", _("IED, projected")
    IED_POSTAL = "IED-postal", _("IED, postal")
    MINE = "mine", _("mine")
    SABOTAGE = "sabotage-incendiary", _("sabotage or incendiary")
    CYBER = "cyber-enabled", _("cyber-enabled")
    SEIZURE = "seizure", _("seizure of weapons (no attack)")
    COMBINED = "combined", _("combined")
    UNKNOWN = "unknown", _("not known")


class IncidentStatus(models.TextChoices):
    """How far the attack itself is established."""

    REPORTED = "reported", _("reported")
    CORROBORATED = "corroborated", _("corroborated")
    CONFIRMED = "confirmed", _("confirmed")
    DISPUTED = "disputed", _("disputed")
    HOAX = "hoax", _("hoax")
    WITHDRAWN = "withdrawn", _("withdrawn: entered by mistake")


class Outcome(models.TextChoices):
    """What became of the weapon."""

    HIT_INTENDED = "hit-intended", _("hit what it was aimed at")
    HIT_OTHER = "hit-other", _("hit something else")
    INTERCEPTED = "intercepted", _("intercepted")
    JAMMED = "jammed-crashed", _("jammed or crashed")
    MALFUNCTION = "malfunction", _("malfunction")
    DUD = "dud-UXO", _("dud, unexploded")
    ABORTED = "aborted", _("aborted")
    UNKNOWN = "unknown", _("not known")


class TargetType(models.TextChoices):
    """What was aimed at or struck."""

    RESIDENTIAL = "residential", _("residential")
    INDUSTRIAL = "industrial", _("industrial")
    ADMINISTRATIVE = "administrative", _("administrative")
    HEALTHCARE = "healthcare", _("health care")
    SCHOOL = "school-or-childcare", _("school or child care")
    MILITARY = "military", _("military")
    COMMERCIAL = "commercial", _("commercial")
    RELIGIOUS = "religious", _("religious")
    CULTURAL = "cultural", _("cultural")
    TRANSPORT = "roads-transport", _("roads and transport")
    HUMANITARIAN = "humanitarian", _("humanitarian")
    FOOD = "food-infrastructure", _("food infrastructure")
    ENERGY = "energy", _("energy")
    WATER = "water", _("water")
    AIRPORT = "airport", _("airport")
    PORT = "port-vessel", _("port or vessel")
    DIPLOMATIC = "diplomatic-premises", _("diplomatic premises")
    RESIDENCE = "official-residence", _("official residence")
    TELECOM = "telecom", _("telecommunications")
    OIL_GAS = "oil-and-gas", _("oil and gas")
    OFFICIAL = "individual-official", _("an individual official")
    CROWD = "crowd", _("crowd")
    UNDEFINED = "undefined", _("not defined")


class SiteKind(models.TextChoices):
    """What happened at a place, or why it matters."""

    IMPACT = "impact", _("impact")
    WRECKAGE = "wreckage-crash", _("wreckage or crash")
    INTERCEPT = "intercept-debris", _("intercept debris")
    LAUNCH = "launch", _("launch")
    CONTROL = "control-station", _("control station")
    STORAGE = "storage-cache", _("storage or cache")
    WORKSHOP = "workshop", _("workshop")
    CHECKPOINT = "checkpoint-seizure", _("checkpoint seizure")
    MARITIME = "maritime-seizure", _("maritime seizure")
    MARKET = "market-online-purchase", _("market or online purchase")
    LABORATORY = "laboratory", _("laboratory")
    EXHIBITION = "parade-exhibition", _("parade or exhibition")


class SafeStatus(models.TextChoices):
    """Whether people may enter a site."""

    NOT_CLEARED = "not-cleared", _("not cleared")
    CLEARED = "cleared", _("cleared")
    RESTRICTED = "restricted", _("restricted")
