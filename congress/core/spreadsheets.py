"""How does a list become a file that a spreadsheet opens, while it is still being read?"""

import csv
from collections.abc import Iterable, Iterator

# Without it a spreadsheet takes UTF-8 for the letters of its own country.
BYTE_ORDER_MARK = "\ufeff"
# With these a spreadsheet begins to calculate.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield rows as lines of CSV, one by one, none of whose cells a spreadsheet calculates."""
    lines = csv.writer(_Echo())
    mark = BYTE_ORDER_MARK
    for row in rows:
        yield mark + lines.writerow([_harmless(cell) for cell in row])
        mark = ""


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


class _Echo:
    """Hands each line back to the writer's caller."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line
