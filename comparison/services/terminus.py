"""Before which day a weapon, or any weapon of an incident, cannot have been finished."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comparison.methods.date_codes import read_date_code
from comparison.methods.facts import FALSIFIED
from comparison.methods.parameters import Parameters
from comparison.methods.terminus import Dated, Excluded, Statement, Terminus, terminus_of
from comparison.models import Reading
from comparison.services.reading import facts_in
from core.precision import DatePrecision
from evidence.models import Marking
from evidence.models.vocabulary import MarkingKind
from investigations.models import Incident

WHY = {
    Excluded.COUNTERFEIT: _("A counterfeit is suspected"),
    Excluded.REMARKED: _("Re-marked"),
    Excluded.UNREADABLE: _("Cannot be read as a week"),
    Excluded.AFTER_THE_ATTACK: _("Lies after the attack: read it again"),
}
"""Why a date code is left out."""

TO_THE_DAY = {
    DatePrecision.SECOND,
    DatePrecision.MINUTE,
    DatePrecision.HOUR,
    DatePrecision.DAY,
    DatePrecision.RANGE,
}


@dataclass(frozen=True)
class Said:
    """What one component says of the weapon's age, ready to be read."""

    reading: Reading
    statement: Statement
    bears_it: bool

    @property
    def why(self) -> str:
        """Why its date code says nothing, in a word; empty where it counts."""
        return str(WHY.get(self.statement.excluded, ""))


@dataclass(frozen=True)
class Age:
    """The bound with what it rests on, and every component that bears a date code."""

    terminus: Terminus
    said: list[Said]

    @property
    def rests_on(self) -> list[Said]:
        """The youngest components."""
        return [one for one in self.said if one.bears_it]


def age_of(readings: Iterable[Reading], user: User, parameters: Parameters) -> Age:
    """The bound over these components, as far as their date codes may be seen."""
    coded = {one.component_id: one for one in readings if facts_in(one).marks.get("date-code")}
    falsified = falsified_among(coded, user)
    dated = [dated_of(one, key in falsified, parameters) for key, one in coded.items()]
    terminus = terminus_of(dated)
    said = [
        Said(coded[UUID(str(one.key))], one, one.key in terminus.rests_on)
        for one in terminus.statements
    ]
    return Age(terminus, said)


def dated_of(reading: Reading, is_falsified: bool, parameters: Parameters) -> Dated:
    """A component's date code with all of its readings, and what speaks against it."""
    facts = facts_in(reading)
    bounds = parameters.earliest_year, parameters.latest_year
    return Dated(
        reading.component_id,
        read_date_code(facts.marks["date-code"], *bounds),
        is_counterfeit_suspected=facts.is_counterfeit_suspected,
        is_remarked=is_falsified or facts.serial_state == FALSIFIED,
        known_by=known_by(reading.component.item.incident),
    )


def known_by(incident: Incident) -> date | None:
    """The day on which all of it existed, at the latest; None where the day is not known."""
    at = incident.occurred_to or incident.occurred_from
    return at.date() if at and incident.occurred_precision in TO_THE_DAY else None


def falsified_among(components: Iterable[UUID], user: User) -> set[UUID]:
    """Components on which a date code was found to be struck over."""
    codes = Marking.objects.visible_to(user).filter(
        component__in=list(components), kind=MarkingKind.DATE_CODE, state=FALSIFIED
    )
    return set(codes.values_list("component", flat=True))
