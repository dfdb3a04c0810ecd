"""What does a list of members from outside say, and what is wrong with which line?

Source: the project's contract (columns of `manage.py members import`).
"""

import csv
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import StringIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from congress.core.addresses import PUBLIC_DOMAIN
from congress.core.geography import REGION_BY_COUNTRY, Region, country_choices, find_country
from congress.core.languages import LANGUAGE_CODES, language_choices
from congress.core.prose import one_line
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from members.actions.rosters import Newcomer
from members.forms.expertise import EXPERTISE_LIMIT

REQUIRED = ("latin_name", "native_name", "email", "sector", "country", "organisation", "position")
OPTIONAL = ("other_names", "region", "expertise", "topics", "languages", "joined_on")
# How the files begin that Excel and LibreOffice write unless they are asked for CSV.
WORKBOOK = b"PK\x03\x04"
# What European and other versions of Excel write between cells.
DELIMITERS = ",;\t"
# What may stand between the values of one cell.
SEPARATORS = "|;,"
NAME_LENGTH = 200
LENGTHS = dict.fromkeys(("latin_name", "native_name", "other_names", "organisation"), NAME_LENGTH) | {
    "email": 254,
    "position": 160,
}
OTHER_NAMES_LIMIT = 5
# With these a spreadsheet begins what it calculates, and what it says when it can't.
FORMULA_SIGNS = ("=", "#")
FORMULA_SHOWN = 40
_UNKNOWN = _("“%(value)s” is unknown")
_NO_ADDRESS = _("“%(value)s” is no e-mail address")
LATIN_ENDS, LATIN_AGAIN = "\u0250", range(0x1E00, 0x1F00)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line, counted from 1 with the line of headings."""

    line: int
    text: str

    def __str__(self) -> str:
        return str(_("line %(line)d: %(text)s") % {"line": self.line, "text": self.text})


@dataclass(frozen=True)
class Roster:
    """The people of a list, and everything that is wrong with it; `allowed` explains the values that are unknown."""

    newcomers: list[Newcomer]
    problems: list[Problem]
    allowed: dict[str, list[str]]


class _WrongError(Exception):
    """A cell that can't be used."""

    def __init__(self, column: str, text: str | Promise, *, unknown: bool = False) -> None:
        super().__init__(f"{column}: {text}")
        self.column, self.is_unknown = column, unknown


def read_roster(data: bytes, *, today: date) -> Roster:
    """Read a CSV file: UTF-8 with or without its mark; comma, semicolon or tab between cells."""
    if data.startswith(WORKBOOK):
        return Roster([], [Problem(1, str(_("This is a workbook. Save it as “CSV UTF-8”.")))], {})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Roster([], [Problem(line, str(_("This is not UTF-8. Save the file as “CSV UTF-8”.")))], {})
    try:
        return _Reading(today).of(_lines(text))
    except csv.Error as error:
        return Roster([], [Problem(1, str(_("This is no CSV file: %(reason)s.") % {"reason": error}))], {})


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield cells with the number of the line on which they begin; empty lines are left out."""
    head = text.partition("\n")[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(DELIMITERS, key=head.count))
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


class _Reading:
    """Collects people and problems while a file is read."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.roster = Roster([], [], {})
        self.line_of_address: dict[str, int] = {}

    def of(self, lines: Iterator[tuple[int, list[str]]]) -> Roster:
        """Read the headings, then everybody."""
        line, cells = next(lines, (1, []))
        columns = [_written(cell.strip()) for cell in _without_empty_end(cells)]
        for text in _faults_of(columns):
            self.roster.problems.append(Problem(line, text))
        if not self.roster.problems:
            for line, cells in lines:
                self._person(line, columns, cells)
            if not self.line_of_address and not self.roster.problems:
                self.roster.problems.append(Problem(line, str(_("Nobody stands in this file."))))
        return self.roster

    def _person(self, line: int, columns: list[str], cells: list[str]) -> None:
        cells = _without_empty_end(cells, at_least=len(columns))
        if len(cells) != len(columns):
            counts = {"cells": len(cells), "columns": len(columns)}
            self._wrong(
                line,
                ngettext("%(cells)d cell instead of %(columns)d", "%(cells)d cells instead of %(columns)d", len(cells))
                % counts,
            )
            return
        row = dict(zip(columns, map(one_line, cells), strict=True))
        clean = dict(self._cells(line, row))
        self._unique(line, clean.get("email", ""))
        if len(clean) == len(_COLUMNS):
            del clean["region"]
            self.roster.newcomers.append(Newcomer(line=line, **clean))

    def _cells(self, line: int, row: dict[str, str]) -> Iterator[tuple[str, Any]]:
        for column, read in _COLUMNS.items():
            try:
                value = read(row)
            except _WrongError as error:
                self._wrong(line, str(error))
                if error.is_unknown:
                    self.roster.allowed[column] = sorted(value for value, _label in _PAIRS[column]())
            else:
                if column == "joined_on" and value and value > self.today:
                    self._wrong(line, str(_("joined_on: in the future")))
                yield column, value

    def _unique(self, line: int, email: str) -> None:
        first = self.line_of_address.setdefault(email, line) if email else line
        if first != line:
            self._wrong(line, str(_("email: the same address as in line %(line)d") % {"line": first}))

    def _wrong(self, line: int, text: str) -> None:
        self.roster.problems.append(Problem(line, text))


def _without_empty_end(cells: list[str], *, at_least: int = 0) -> list[str]:
    """Return the cells without the empty ones that spreadsheets write for columns that nobody filled."""
    while len(cells) > at_least and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _faults_of(columns: list[str]) -> Iterator[str]:
    known = (*REQUIRED, *OPTIONAL)
    for said, names in (
        (_("missing columns: %(names)s"), [name for name in REQUIRED if name not in columns]),
        (_("unknown columns: %(names)s"), [name or "?" for name in columns if name not in known]),
        (_("columns that are there twice: %(names)s"), sorted({n for n in columns if columns.count(n) > 1})),
    ):
        if names:
            yield str(said % {"names": ", ".join(names)})


Row = Mapping[str, str]


def _text(column: str, *, required: bool = True) -> Callable[[Row], str]:
    def read(row: Row) -> str:
        value = row[column]
        if required and not value:
            raise _WrongError(column, _("empty"))
        if value.startswith(FORMULA_SIGNS):
            raise _WrongError(column, _("“%(value)s” is a formula or its error") % {"value": value[:FORMULA_SHOWN]})
        if len(value) > LENGTHS[column]:
            raise _WrongError(column, _("longer than %(limit)d letters") % {"limit": LENGTHS[column]})
        if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in value):
            raise _WrongError(column, _("control characters"))
        return value

    return read


def _latin_name(row: Row) -> str:
    value = _text("latin_name", required=False)(row)
    if not value and not row["native_name"]:
        raise _WrongError("latin_name", _("empty, and native_name too; one of them is needed"))
    if not all(letter < LATIN_ENDS or ord(letter) in LATIN_AGAIN or not letter.isalpha() for letter in value):
        raise _WrongError("latin_name", _("not in Latin letters"))
    return value


def _email(row: Row) -> str:
    value = _text("email")(row).lower()
    try:
        EmailValidator()(value)
    except ValidationError as error:
        raise _WrongError("email", _NO_ADDRESS % {"value": value}) from error
    if not PUBLIC_DOMAIN.search(value):
        raise _WrongError("email", _NO_ADDRESS % {"value": value})
    return value


def _chosen(column: str, value: str) -> str:
    if found := _choices(column).get(_written(value)):
        return found
    raise _WrongError(column, _UNKNOWN % {"value": value}, unknown=True)


@cache
def _choices(column: str) -> dict[str, str]:
    """Return the values of a column by themselves and by their English names."""
    pairs = _PAIRS[column]()
    return {_written(said): value for value, label in pairs for said in (value, str(label))}


def _written(value: str) -> str:
    return value.casefold().replace(" ", "_")


def _sector(row: Row) -> str:
    return _chosen("sector", _given(row, "sector"))


def _given(row: Row, column: str) -> str:
    if not row[column]:
        raise _WrongError(column, _("empty"))
    return row[column]


def _country(row: Row) -> str:
    value = _given(row, "country")
    if code := find_country(value):
        return code
    raise _WrongError("country", _UNKNOWN % {"value": value}, unknown=True)


def _region(row: Row) -> str:
    """Return the region said, which must be that of the country; it is not kept, because the country has it."""
    if not row.get("region"):
        return ""
    region = _chosen("region", row["region"])
    country = find_country(row["country"])
    if country and REGION_BY_COUNTRY[country] != region:
        raise _WrongError("region", _("%(country)s does not lie there") % {"country": country})
    return region


def _several(column: str, limit: int) -> Callable[[Row], list[str]]:
    def read(row: Row) -> list[str]:
        values = [_chosen(column, value) for value in _values(row.get(column, ""))]
        if len(values) > limit:
            raise _WrongError(column, _("more than %(limit)d") % {"limit": limit})
        return list(dict.fromkeys(values))

    return read


def _values(cell: str) -> list[str]:
    """Take a cell apart at the first of the separators that it holds, so that a label may contain a comma."""
    separator = next((one for one in SEPARATORS if one in cell), "|")
    return [value.strip() for value in cell.split(separator) if value.strip()]


def _other_names(row: Row) -> list[str]:
    names = _values(row.get("other_names", ""))
    if len(names) > OTHER_NAMES_LIMIT:
        raise _WrongError("other_names", _("more than %(limit)d") % {"limit": OTHER_NAMES_LIMIT})
    for name in names:
        _text("other_names")({"other_names": name})
    return names


def _joined_on(row: Row) -> date | None:
    value = row.get("joined_on", "")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise _WrongError("joined_on", _("“%(value)s” is no date like 2026-11-22") % {"value": value}) from error


_COLUMNS: dict[str, Callable[[Row], Any]] = {
    "latin_name": _latin_name,
    "native_name": _text("native_name", required=False),
    "email": _email,
    "sector": _sector,
    "country": _country,
    "organisation": _text("organisation"),
    "position": _text("position"),
    "other_names": _other_names,
    "region": _region,
    "expertise": _several("expertise", EXPERTISE_LIMIT),
    "topics": _several("topics", len(Topic)),
    "languages": _several("languages", len(LANGUAGE_CODES)),
    "joined_on": _joined_on,
}
_PAIRS: dict[str, Callable[[], Iterable[tuple[str, object]]]] = {
    "sector": lambda: Sector.choices,
    "country": lambda: country_choices("en"),
    "region": lambda: Region.choices,
    "expertise": lambda: Expertise.choices,
    "topics": lambda: Topic.choices,
    "languages": lambda: language_choices("en"),
}
