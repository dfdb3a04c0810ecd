"""Which languages does somebody work in, and how well? Rows of a form, the best language first."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congress.core.languages import LanguageLevel, Spoken, language_choices

# At most, unless more are there: each row is drawn with every language.
ROWS_AT_LEAST, ROWS_AT_MOST = 4, 12
_ROW = re.compile(r"language_([1-9][0-9]?)")


def _languages() -> list[tuple[str, Any]]:
    return [("", _("Choose a language")), *language_choices(get_language() or "en")]


class SpokenForm(forms.Form):
    """A form with rows of a language and a level: as many as were sent, or as are filled and some more."""

    wants_level = True

    def add_rows(self, spoken: Sequence[Spoken], *, free: int = 0) -> None:
        """Add the rows; without this the form has none."""
        filled = len(spoken) + free
        sent = max((int(found[1]) for name in self.data if (found := _ROW.fullmatch(name))), default=filled)
        count = max(ROWS_AT_LEAST, min(sent, max(filled, ROWS_AT_MOST)))
        self.rows = range(1, count + 1)
        for row in self.rows:
            said = spoken[row - 1] if row <= len(spoken) else Spoken("")
            self.fields |= {f"language_{row}": _language(row, said), f"level_{row}": _level(row, said)}

    @property
    def language_rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Yield the fields of each row."""
        return ((self[f"language_{row}"], self[f"level_{row}"]) for row in self.rows)

    def clean(self) -> dict[str, Any]:
        """Want each language once, and a level for each where the form asks for one."""
        cleaned = super().clean() or {}
        codes = [cleaned.get(f"language_{row}", "") for row in self.rows]
        for row, code in zip(self.rows, codes, strict=True):
            level = cleaned.get(f"level_{row}")
            if code and codes.index(code) < row - 1:
                self.add_error(f"language_{row}", ValidationError(_("You gave this language above.")))
            if code and not level and self.wants_level:
                self.add_error(f"level_{row}", ValidationError(_("Say how well you work in this language.")))
            if level and not code:
                self.add_error(f"language_{row}", ValidationError(_("Say which language you work in so well.")))
        return cleaned

    @property
    def spoken(self) -> list[Spoken]:
        """Return the languages with their levels, in the order given."""
        said = [Spoken(self.cleaned_data[f"language_{row}"], self.cleaned_data[f"level_{row}"]) for row in self.rows]
        return [each for each in said if each.code]


def _language(row: int, said: Spoken) -> forms.ChoiceField:
    label = _("Language %(number)s") % {"number": row}
    return forms.ChoiceField(label=label, choices=_languages, required=False, initial=said.code)


def _level(row: int, said: Spoken) -> forms.ChoiceField:
    label = _("How well, language %(number)s") % {"number": row}
    levels = [("", _("Choose a level")), *LanguageLevel.choices]
    return forms.ChoiceField(label=label, choices=levels, required=False, initial=said.level)
