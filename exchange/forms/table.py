"""What a person says of a table when it is brought in, and how it is to be read."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from exchange import services
from exchange.formats.tables.plan import TableMap, ready_maps
from exchange.formats.tables.sniffing import ENCODINGS
from exchange.models import ColumnMap, RecordKind, TableFormat, TableImport
from investigations.models import Case

SIGNS = [
    (",", _("comma")),
    (";", _("semicolon")),
    ("\t", _("tabulator")),
    ("|", _("vertical bar")),
]
LETTERS: dict[str, str | Promise] = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "windows-1256": _("Windows-1256 (Arabic)"),
    "windows-1251": _("Windows-1251 (Cyrillic)"),
    "windows-1252": _("Windows-1252 (Western European)"),
    "iso-8859-1": "ISO-8859-1",
}


class TableForm(forms.Form):
    """A table from elsewhere, and what its rows are."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("Each row is one of these"), choices=[])
    file = forms.FileField(
        label=_("CSV or XLSX"),
        help_text=_("The first line names the columns. The file is kept as it came."),
    )

    def __init__(self, *typed: Any, case: Case, user: User, **more: Any) -> None:
        super().__init__(*typed, **more)
        duties = case.duties(user)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, kind.label) for kind in RecordKind if services.KINDS[kind].duty in duties
        ]


class ReadingForm(forms.Form):
    """In which letters a text is written and what parts its cells, or which sheet is meant."""

    encoding = forms.ChoiceField(
        label=_("Encoding"),
        choices=[(name, LETTERS[name]) for name in ENCODINGS],
        help_text=_("Choose the one in which the first lines below read well."),
    )
    delimiter = forms.ChoiceField(label=_("What parts the cells"), choices=SIGNS)
    sheet = forms.ChoiceField(label=_("Sheet"), choices=[])

    def __init__(self, *typed: Any, table: TableImport, sheets: list[str], **more: Any) -> None:
        now = {name: getattr(table, name) for name in ("encoding", "delimiter", "sheet")}
        super().__init__(*typed, **{"initial": now, **more})
        if table.format == TableFormat.XLSX:
            del self.fields["encoding"], self.fields["delimiter"]
            self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
        else:
            del self.fields["sheet"]


class TakeMapForm(forms.Form):
    """A map that was kept, or one of those that come with the program."""

    chosen = forms.ChoiceField(label=_("Map"), choices=[])

    def __init__(self, *typed: Any, table: TableImport, user: User, **more: Any) -> None:
        super().__init__(*typed, **more)
        kept = ColumnMap.objects.visible_to(user).filter(kind=table.kind)
        self.plans: dict[str, TableMap] = {str(row.pk): TableMap.of(row.plan) for row in kept}
        ready = [plan for plan in ready_maps() if plan.kind == table.kind]
        self.plans |= {plan.scheme: plan for plan in ready}
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            *[(str(row.pk), row.name) for row in kept],
            *[(plan.scheme, plan.title) for plan in ready],
        ]

    @property
    def plan(self) -> TableMap:
        """The map that was chosen."""
        return self.plans[self.cleaned_data["chosen"]]


class KeepMapForm(forms.Form):
    """The name under which a map is kept."""

    name = forms.CharField(label=_("Name of the map"), max_length=80)
    for_agency = forms.BooleanField(
        label=_("For everybody of my agency"),
        required=False,
        help_text=_("It holds the names of columns and words, and nothing of the case."),
    )
