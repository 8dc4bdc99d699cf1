"""Finds the records that cells name: of the catalogue once for a table, of a case by the batch."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models.functions import Lower

from accounts.models import User
from attribution.models import Actor, Claim
from catalogue.folding import fold
from catalogue.models import ComponentCategory, Country, Maker, Theatre, WeaponModel
from evidence.models import Component, Item
from exchange.formats.tables.wrong import WrongCell
from exchange.models import RecordKind, TheirReference
from investigations.models import Case, Incident

CALLED = {
    Country: ("code", "iso3", "name", "name_ar", "synonyms"),
    Theatre: ("name", "name_ar", "native_name"),
    ComponentCategory: ("code", "name", "name_ar"),
}
"""Short lists of the catalogue, read once, with the columns of their names."""
NUMBERED: dict[Any, tuple[str, str]] = {
    Incident: (RecordKind.INCIDENT, "ref"),
    Item: (RecordKind.ITEM, "exhibit_no"),
    Component: (RecordKind.COMPONENT, ""),
    Actor: (RecordKind.ACTOR, "name"),
    Claim: (RecordKind.CLAIM, "ref"),
}
"""Records of a case, each with the column by which a table names it; or else their reference."""
MOST_REMEMBERED = 5_000


class Names:
    """What is called how, for one import: `scheme` says whose references its cells hold."""

    def __init__(self, case: Case, by: User, scheme: str) -> None:
        self.case, self.by, self.scheme = case, by, scheme
        self.lists: dict[Any, dict[str, Any]] = {}
        self.looked_up: dict[tuple[Any, str], Any] = {}
        self.of_case: dict[Any, dict[str, Any]] = defaultdict(dict)
        self.known_kinds = ""

    def find(self, model: Any, text: str) -> Any:
        """The one record of this name; WrongCell where there is none or more than one."""
        if model in NUMBERED:
            found = self.of_case[model].get(text.lower())
        elif model in CALLED:
            found = self.listed(model).get(fold(text) or text)
        else:
            found = self.remembered(model, text)
        if found is None and model is ComponentCategory:
            raise WrongCell("unknown-kind", text, known=self.kinds())
        if found is None:
            raise WrongCell("unknown-record", text)
        return found

    def kinds(self) -> str:
        """All kinds of exhibits and parts, as the reader's language calls them."""
        if not self.known_kinds:
            self.known_kinds = ", ".join(sorted(map(str, ComponentCategory.objects.all())))
        return self.known_kinds

    def listed(self, model: Any) -> dict[str, Any]:
        """Every row of a short list by each of its names; a name of two rows is nobody's."""
        if model not in self.lists:
            called: dict[str, Any] = {}
            for row in model.objects.all():
                for name in names_of(row, CALLED[model]):
                    called[name] = row if called.get(name, row) == row else None
            self.lists[model] = called
        return self.lists[model]

    def remembered(self, model: Any, text: str) -> Any:
        """A maker or a weapon model of exactly this name, looked up once."""
        if len(self.looked_up) > MOST_REMEMBERED:
            self.looked_up.clear()
        if (model, text) not in self.looked_up:
            self.looked_up[model, text] = LOOKED_UP[model](text)
        return self.looked_up[model, text]

    def prepare(self, asked: dict[Any, set[str]]) -> None:
        """Look up everything of the case that a batch of lines names, kind by kind."""
        self.of_case.clear()
        for model, texts in asked.items():
            kind, column = NUMBERED[model]
            theirs = TheirReference.objects.visible_to(self.by).standing()
            rows = theirs.filter(case=self.case, kind=kind, scheme=self.scheme, reference__in=texts)
            for row in rows.select_related(kind):
                self.of_case[model][row.reference.lower()] = row.told_of
            if column:
                self.prepare_own(model, column, {text.lower() for text in texts})

    def prepare_own(self, model: Any, column: str, texts: set[str]) -> None:
        """Those that bear this number or name of ours, which goes before a reference of theirs."""
        rows = model.objects.visible_to(self.by).filter(case=self.case)
        for row in rows.annotate(called=Lower(column)).filter(called__in=texts):
            self.of_case[model][row.called] = row

    def learn(self, model: Any, record: Any, key: str) -> None:
        """A line of this very batch entered a record: lines below it may name it."""
        _kind, column = NUMBERED[model]
        for name in filter(None, [key, column and getattr(record, column)]):
            self.of_case[model].setdefault(name.lower(), record)


def names_of(row: Any, columns: Iterable[str]) -> set[str]:
    """Everything that a row of the catalogue is called, as it is compared."""
    said = [getattr(row, column, "") for column in columns]
    words = [word for one in said for word in (one if isinstance(one, list) else [one])]
    return {fold(word) or word for word in words if word}


def maker_named(text: str) -> Maker | None:
    """The maker of this name, whatever its legal form."""
    return Maker.objects.called(text).first()


def weapon_named(text: str) -> WeaponModel | None:
    """The one model of exactly this name; a compound or ambiguous name is none."""
    folded = fold(text)
    found = [one for one in WeaponModel.objects.named(text)[:20] if is_called(one, folded)]
    return found[0] if len(found) == 1 else None


def is_called(model: WeaponModel, folded: str) -> bool:
    """True where one of its names is this very one."""
    return folded in model.folded_names.split()


LOOKED_UP: dict[Any, Any] = {Maker: maker_named, WeaponModel: weapon_named}
