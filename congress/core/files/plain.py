"""Is a file plain text or a table, and what in it would a spreadsheet run?"""

import csv
import re
import unicodedata
from pathlib import Path

from congress.core.files.kinds import ACTIVE_TEXT, Kind
from congress.core.files.refusal import Reason, RefusalError

ALLOWED_CONTROLS = frozenset("\t\n\r\f")
DELIMITERS = (",", ";", "\t")
# A cell that begins like this is a formula for a spreadsheet; numbers with a sign are none.
FORMULA = re.compile(r"""(^|[,;\t])(["\s]*)(?=[=@]|[+-](?![\d.,]))""", re.MULTILINE)


def clean(source: Path, target: Path) -> Kind:
    """Write UTF-8 text as it is, a table with its formulas as words; return which it is. Raises: RefusalError."""
    text = _decoded(source.read_bytes())
    kind = Kind.CSV if _is_table(text) else Kind.TEXT
    target.write_bytes((without_formulas(text) if kind is Kind.CSV else text).encode())
    return kind


def without_formulas(table: str) -> str:
    """Return a table in which no cell begins a formula: an apostrophe makes a word of it."""
    return FORMULA.sub(r"\1\2'", table)


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusalError(Reason.UNKNOWN_KIND) from error
    if not text.strip():
        raise RefusalError(Reason.EMPTY)
    if text.lstrip()[:20].lower().startswith(ACTIVE_TEXT) or any(map(_is_control, set(text))):
        raise RefusalError(Reason.UNKNOWN_KIND)
    return text


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc" and letter not in ALLOWED_CONTROLS


def _is_table(text: str) -> bool:
    """Tell whether each line has as many columns, two or more: the one thing that a name's ending would have said."""
    return any(_has_columns(text, delimiter) for delimiter in DELIMITERS)


def _has_columns(text: str, delimiter: str) -> bool:
    try:
        rows = [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if row]
    except csv.Error:
        return False
    widths = {len(row) for row in rows}
    return len(rows) > 1 and len(widths) == 1 and min(widths) > 1 and not _is_prose(rows)


def _is_prose(rows: list[list[str]]) -> bool:
    """Sentences have a space after each comma."""
    return all(cell.startswith(" ") for row in rows for cell in row[1:])
