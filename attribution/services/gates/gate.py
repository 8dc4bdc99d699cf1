"""Gates: what has to be settled before a finding is released, each with where that is done."""

from dataclasses import dataclass

from attribution.models import Citation, Finding
from attribution.models.vocabulary import Audience
from core.errors import Reason
from evidence.models import Item

EVERY_AUDIENCE = frozenset(Audience.values)
BEYOND_THE_TEAM = EVERY_AUDIENCE - {Audience.TEAM}


@dataclass(frozen=True)
class Gate:
    """One open ground against a release: in words, with the page on which it is mended.

    `closes` are the audiences to which the finding cannot go because of it.
    """

    kind: str
    words: str
    url: str
    closes: frozenset[str] = EVERY_AUDIENCE

    @property
    def audiences(self) -> list[str]:
        """To whom it keeps the finding from going, in words; empty where to nobody at all."""
        if self.closes == EVERY_AUDIENCE:
            return []
        return [str(one.label) for one in Audience if one in self.closes]

    @property
    def reason(self) -> Reason:
        """The same as a ground of a refusal."""
        return Reason(self.words, self.url)


@dataclass(frozen=True)
class Examined:
    """A finding with all that its gates look at, read in the program's own name."""

    finding: Finding
    citations: list[Citation]

    @property
    def items(self) -> list[Item]:
        """The exhibits cited, and those of this case whose components a cited comparison is of."""
        ends = [end.item for one in self.citations for end in one.own_ends]
        cited = [one.item for one in self.citations if one.item]
        return list({item.pk: item for item in [*cited, *ends]}.values())

    @property
    def prose(self) -> list[str]:
        """What its authors wrote: its passages, and what each citation is said to show."""
        return [*self.finding.prose, *(one.remark for one in self.citations if one.remark)]

    @property
    def texts(self) -> list[str]:
        """The same with the lines of its evidence, which are printed beside it."""
        return [*self.prose, *(str(one) for one in self.citations)]
