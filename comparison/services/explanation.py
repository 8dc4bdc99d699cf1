"""Say in words and figures what a link's assessment rests on, from what was frozen with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from comparison.methods.words import spoken_figure
from comparison.models import (
    FEATURES,
    GROUPS,
    REASONS,
    Agreement,
    Link,
    Outcome,
    Side,
)
from core.grading import Band
from evidence.models import Component
from evidence.models.vocabulary import MarkingState

_IN_WORDS = frozenset(
    {"category", "serial-state", "concealment", "colour", "finish", "casting", "technique",
     "fasteners", "wiring", "connector", "adhesive", "material"}
)  # fmt: skip
_SIGNS = {"agree": "same", "not-comparable": "not-recorded"}
_WIDEST = 4.0
"""log10 of the cap on a total: a bar of this length is full."""


@dataclass(frozen=True)
class Line:
    """One compared feature, ready to be read: words, figures, and the length of its bar.

    `ratio` is the feature's likelihood ratio, `log10` what it adds, `share` its bar in per cent of
    the widest, `counted` f of n as a sentence, `note` the field for a note where one is asked for,
    `beside` how components laid beside the pair stand.
    """

    feature: str
    label: str
    left: str
    right: str
    agreement: str
    agreement_label: str
    group: str
    ratio: str
    log10: str
    share: int
    counted: str
    why: str
    is_prose: bool
    needs_explaining: bool
    weight: float = 0.0
    note: Any = None
    beside: Sequence[Any] = ()

    @property
    def is_difference(self) -> bool:
        return self.agreement == Agreement.DIFFER

    @property
    def sign(self) -> str:
        """The state whose glyph and tint go with it."""
        return _SIGNS.get(self.agreement, self.agreement)

    @property
    def is_against(self) -> bool:
        """Whether it speaks for different origin."""
        return self.log10.startswith("-")

    @property
    def speaks(self) -> bool:
        """Whether it adds to the figure."""
        return bool(self.log10)


def lines_of(link: Link) -> list[Line]:
    """Every compared feature of a link, as frozen, in the reader's language."""
    return [line_of(row, link) for row in link.rows]


def line_of(row: Mapping[str, Any], link: Link) -> Line:
    """One frozen row, ready to be read."""
    feature = row["feature"]
    return Line(
        feature=feature,
        label=str(FEATURES.get(feature, feature)),
        left=in_words(feature, row["left"], link.left),
        right=in_words(feature, row["right"], link.right),
        agreement=row["agreement"],
        agreement_label=str(Agreement(row["agreement"]).label),
        group=str(GROUPS.get(row["group"], row["group"])),
        ratio=exact_figure(row["ratio"]),
        log10=f"{row['log10']:+.2f}" if row["log10"] else "",
        share=min(100, round(abs(row["log10"]) / _WIDEST * 100)),
        counted=counted(row),
        why=why(row),
        is_prose=feature in _IN_WORDS,
        needs_explaining=row["needs_explaining"],
        weight=row["log10"] or 0.0,
    )


def in_words(feature: str, value: str, component: Component) -> str:
    """A frozen value as people read it: codes of vocabularies by their names."""
    if feature == "category" and value == component.category_id:
        return str(component.category)
    if feature == "serial-state" and value in MarkingState.values:
        return str(MarkingState(value).label)
    return value


def exact_figure(ratio: float | None) -> str:
    """A likelihood ratio for the table: 6,399, 122.8, 3.96, 0.02."""
    if ratio is None:
        return ""
    decimals = 0 if ratio >= 1_000 else 1 if ratio >= 10 else 2
    return f"{ratio:,.{decimals}f}"


def counted(row: Mapping[str, Any]) -> str:
    """How many recoveries hold the value agreed on."""
    if row["holders"] is None:
        return ""
    return _("%(holders)s of %(recoveries)s other recoveries") % {
        "holders": f"{row['holders']:,}",
        "recoveries": f"{row['recoveries']:,}",
    }


def why(row: Mapping[str, Any]) -> str:
    """Why it is dropped, how far apart serials lie, or an examiner's own reason."""
    sentences = [str(REASONS.get(row["dropped_because"], row["dropped_because"]))]
    if row["feature"] == "serial" and row["note"]:
        apart = _("%(distance)s apart.") % {"distance": f"{int(row['note']):,}"}
        sentences.insert(0, apart)
    elif row["note"]:
        sentences.insert(0, row["note"])
    return " ".join(sentence for sentence in sentences if sentence)


def sentence_of(link: Link) -> str:
    """What a link may be reported in; it always ends by saying what it does not address."""
    return f"{_what_was_found(link)} {_('It does not address who used either weapon.')}"


def _what_was_found(link: Link) -> str:
    if link.outcome == Outcome.WITHHELD:
        return _("No figure is given: %(alarm)s.") % {"alarm": link.get_alert_display()}
    if link.outcome == Outcome.INSUFFICIENT:
        return _(
            "There are too few recoveries of this kind of component to give a figure. What agrees "
            "and what differs is shown; how rare it is, is not known."
        )
    if link.ratio is None:
        return _("Nothing recorded of these two components can be compared.")
    propositions = [Side.SAME.label, Side.DIFFERENT.label]
    if link.ratio < 1:
        propositions.reverse()
    return _(
        "The observations are about %(figure)s times more probable if %(one)s than if %(other)s. "
        "This is %(words)s."
    ) % {
        "figure": spoken_figure(link.ratio),
        "one": propositions[0],
        "other": propositions[1],
        "words": Band(link.band).label,
    }
