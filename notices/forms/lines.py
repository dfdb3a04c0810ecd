"""How are lists typed, one entry in a line, and given back the same way?"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congress.core.chemicals import cas_number
from congress.core.geography import country_name, find_country

MOST_LINES = 300
LONGEST_LINE = 200


class LinesField(forms.CharField):
    """A text in which every line is an entry."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return what the lines mean."""
        text = super().clean(value)
        lines = tuple(dict.fromkeys(line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()))
        if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
            raise ValidationError(_("Write at most 300 lines, each with at most 200 characters."))
        return self.read(lines)

    def read(self, lines: tuple[str, ...]) -> Any:
        """Return what the lines mean; themselves, unless a kind of field knows better."""
        return lines


class CountriesField(LinesField):
    """Countries by name or code; a comma separates as well as a line."""

    def read(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Return the codes."""
        known = {text: find_country(text) for line in lines for text in _texts(line)}
        unknown = [text for text, code in known.items() if code is None]
        if unknown:
            sentence = _("“%(name)s” is no country that we know. Write its name or its two-letter code.")
            raise ValidationError([sentence % {"name": name} for name in unknown])
        return tuple(dict.fromkeys(code for code in known.values() if code))


class ChemicalsField(LinesField):
    """Chemicals as "name; CAS number"; the number may be missing."""

    def read(self, lines: tuple[str, ...]) -> tuple[dict[str, str], ...]:
        """Return name and number of each."""
        return tuple(_chemical(line) for line in lines)


def country_lines(codes: Iterable[str]) -> str:
    """Return countries as they are typed."""
    return "\n".join(sorted(country_name(code, get_language() or "en") for code in codes))


def chemical_lines(chemicals: Iterable[dict[str, str]]) -> str:
    """Return chemicals as they are typed."""
    return "\n".join("; ".join(filter(None, (each["name"], each.get("cas")))) for each in chemicals)


def _texts(line: str) -> Iterator[str]:
    # Hong Kong, China is one country: a line is taken as a whole first.
    if find_country(line):
        yield line
    else:
        yield from (text.strip() for text in re.split(r"[,;]", line) if text.strip())


def _chemical(line: str) -> dict[str, str]:
    name, _semicolon, number = (part.strip() for part in line.partition(";"))
    if not number:
        return {"name": name, "cas": ""}
    cas = cas_number(number)
    if cas is None or not name:
        raise ValidationError(
            _("“%(line)s” is not a name and a CAS number: the number may be mistyped, or the name is missing.")
            % {"line": line}
        )
    return {"name": name, "cas": cas}
