"""What is said to people about a table that cannot be read, or a cell that makes no sense."""

from collections.abc import Callable, Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.formats.tables.lines import MOST_COLUMNS
from exchange.formats.tables.wrong import WrongCell, WrongTable

OF_TABLES: dict[str, str | Promise] = {
    "empty": gettext_lazy("The file is empty."),
    "gone": gettext_lazy(
        "The stored file is missing. It can be read again once an administrator has put it back"
        " from a backup."
    ),
    "too-large": gettext_lazy("The file is larger than %(where)s: import it in parts."),
    "no-head": gettext_lazy("The table has no line with the names of its columns."),
    "head-broken": gettext_lazy(
        "The line with the names of the columns is no sound CSV: choose another sign between the"
        " cells. (%(where)s)"
    ),
    "too-wide": gettext_lazy(
        "The table has %(where)s columns, and at most %(most)s can be read. Leave out those that"
        " are not needed, or choose another sign between the cells."
    ),
    "nul": gettext_lazy("The file holds NUL characters: it is no text, or in another encoding."),
    "encoding": gettext_lazy(
        "The file holds bytes that this encoding does not have (%(where)s). Choose another one."
    ),
    "no-workbook": gettext_lazy(
        "The file is no whole XLSX workbook: it may have been cut off, or be protected by a"
        " password. Save it anew as XLSX or CSV."
    ),
    "too-large-unpacked": gettext_lazy(
        "The workbook unpacks to more than can be read at once. Save the sheet as CSV."
    ),
    "declares-entities": gettext_lazy(
        "A part of the workbook does not begin as spreadsheets write it (%(where)s). It was not"
        " opened. Save it anew in a spreadsheet program."
    ),
    "no-sheet": gettext_lazy("The workbook has no sheet “%(where)s”."),
}
OF_LINES: dict[str, str | Promise] = {
    "too-many-cells": gettext_lazy("The line has more cells than there are columns."),
    "too-few-cells": gettext_lazy("The line has fewer cells than there are columns."),
    "nul": gettext_lazy("The line holds a NUL character."),
    "no-csv": gettext_lazy("The line is no sound CSV."),
    "formula": gettext_lazy("The cell holds a formula: put its value there instead."),
    "error": gettext_lazy("The cell holds an error of the spreadsheet."),
}
OF_CELLS: dict[str, str | Promise] = {
    "number": gettext_lazy("“%(said)s” is no number. Is the decimal sign right?"),
    "count": gettext_lazy("“%(said)s” is no whole number of things."),
    "yes": gettext_lazy("“%(said)s” is neither yes nor no."),
    "day": gettext_lazy("“%(said)s” is no day or moment, such as 2024-03-01 or 2024-03-01 14:30."),
    "year": gettext_lazy("“%(said)s” lies in a year that cannot be meant."),
    "calendar": gettext_lazy("“%(said)s” is no day or time of the calendar."),
    "ambiguous-day": gettext_lazy(
        "“%(said)s” does not say which number is the month: say in which order days are written."
    ),
    "word": gettext_lazy("“%(said)s” is none of our words here: say which of them it means."),
    "unknown-record": gettext_lazy(
        "“%(said)s” is not known here, or not yours to see. What this very table enters is known"
        " once it is written: import the line again then."
    ),
    "unknown-kind": gettext_lazy("“%(said)s” is no kind that is known here. There are: %(known)s."),
    "too-long": gettext_lazy("The text is too long: “%(said)s…”"),
    "order": gettext_lazy("“%(said)s” lies before the beginning."),
}


def told_of_table(wrong: WrongTable) -> str:
    """Why a table cannot be read, and what to do about it."""
    return str(OF_TABLES[wrong.code]) % {"where": wrong.where, "most": MOST_COLUMNS}


def told_of_line(code: str) -> str:
    """What is wrong with a line as a whole, or with a cell whatever it should mean."""
    return str(OF_LINES[code])


def told_of_cell(label: str | Promise, wrong: WrongCell) -> str:
    """Which field a cell is about, and why it cannot be used."""
    words = str(OF_CELLS[wrong.code]) % {"said": wrong.said, "known": wrong.known}
    return _("%(field)s: %(words)s") % {"field": label, "words": words}


def told_of_refusal(problem: Exception, label: Callable[[str], str]) -> str:
    """Why a deed was refused, in one line, each complaint with the field that it is about."""
    if isinstance(problem, ValidationError):
        return " ".join(complaints(problem, label))
    if isinstance(problem, DatabaseError):  # its own words tell of columns and keys
        return _("The values of this line do not fit together.")
    return str(problem)


def complaints(problem: ValidationError, label: Callable[[str], str]) -> Iterator[str]:
    """What is wrong with a record, field by field; rules over several speak alone."""
    if not hasattr(problem, "error_dict"):
        yield from (str(message) for message in problem.messages)
        return
    for name, messages in problem.message_dict.items():
        words = " ".join(str(message) for message in messages)
        if name == NON_FIELD_ERRORS:
            yield words
        else:
            yield _("%(field)s: %(words)s") % {"field": label(name), "words": words}
