"""The words in which weapon models are described."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WeaponType(models.TextChoices):
    """The broad type of a weapon; compare the attack modes of incidents."""

    UAV = "uav", _("unmanned aircraft")
    ONE_WAY_UAV = "one-way-attack-uav", _("one-way attack UAV")
    LOITERING = "loitering-munition", _("loitering munition")
    CRUISE_MISSILE = "cruise-missile", _("cruise missile")
    BALLISTIC_MISSILE = "ballistic-missile", _("ballistic missile")
    GUIDED_ROCKET = "guided-rocket", _("guided rocket")
    UNGUIDED_ROCKET = "unguided-rocket", _("unguided rocket")
    ARTILLERY = "mortar-artillery", _("mortar or artillery munition")
    ANTI_TANK_MISSILE = "atgm", _("anti-tank guided missile")
    PORTABLE_AIR_DEFENCE = "manpads", _("man-portable air-defence missile")
    SURFACE_DRONE = "usv", _("surface drone")
    UNDERWATER_VEHICLE = "uuv", _("underwater vehicle")
    MINE = "mine", _("mine")
    IED = "ied", _("improvised explosive device")
    OTHER = "other", _("other")


class NatoClass(models.TextChoices):
    """NATO classes of unmanned aircraft by take-off mass: I below 150 kg, III above 600 kg."""

    MICRO = "I-micro", _("Class I, micro (below 2 kg)")
    MINI = "I-mini", _("Class I, mini (2 to 20 kg)")
    SMALL = "I-small", _("Class I, small (20 to 150 kg)")
    TACTICAL = "II-tactical", _("Class II, tactical (150 to 600 kg)")
    MALE = "III-male", _("Class III, medium altitude, long endurance (above 600 kg)")
    HALE = "III-hale", _("Class III, high altitude, long endurance (above 600 kg)")
    COMBAT = "III-strike-combat", _("Class III, strike and combat (above 600 kg)")


class EuClass(models.TextChoices):
    """Class identification labels of Delegated Regulation (EU) 2019/945."""

    C0 = "C0", "C0"
    C1 = "C1", "C1"
    C2 = "C2", "C2"
    C3 = "C3", "C3"
    C4 = "C4", "C4"
    C5 = "C5", "C5"
    C6 = "C6", "C6"


class WeaponRole(models.TextChoices):
    """What an unmanned aircraft is built for or as (MISP uas-additionnal-classification, 2)."""

    FPV = "FPV", _("first-person view")
    VTOL = "VTOL", _("vertical take-off")
    LM = "LM", _("loitering munition")
    ISR = "ISR", _("reconnaissance")
    QUAD = "QUAD", _("four rotors")
    HEXA = "HEXA", _("six rotors")
    OCTO = "OCTO", _("eight rotors")
    FIBER = "FIBER", _("controlled over fibre")
    INTERCEPTOR = "INTERCEPTOR", _("interceptor")
    HELI = "HELI", _("helicopter")
    WING = "WING", _("flying wing")
    BARRAGE = "BARRAGE", _("barrage")
    CARGO = "CARGO", _("cargo")
    OWA = "OWA", _("one-way attack")


class Propulsion(models.TextChoices):
    """What drives it; the powerplant names the engine."""

    ELECTRIC = "electric", _("electric")
    PISTON = "piston", _("piston engine")
    ROTARY = "rotary", _("rotary engine")
    TURBOPROP = "turboprop", _("turboprop")
    JET = "jet", _("jet engine")
    ROCKET = "rocket", _("rocket motor")
    HYBRID = "hybrid", _("hybrid")


class Guidance(models.TextChoices):
    """How it finds its way."""

    GNSS = "gnss", _("satellite navigation")
    INS = "ins", _("inertial")
    RADIO = "rc-los", _("radio control in line of sight")
    SATCOM = "satcom", _("satellite link")
    FIBRE = "fibre", _("fibre")
    OPTICAL = "tv-ir", _("television or infrared")
    ANTI_RADIATION = "anti-radiation", _("anti-radiation")
    PROGRAMMED = "pre-programmed", _("pre-programmed")
