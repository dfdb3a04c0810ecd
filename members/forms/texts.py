"""What may stand in a name or another single line that a stranger types, and which sentence says why not?

Letters go out with these texts to people who did not ask for them, and officers open them in a spreadsheet.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from congress.core.prose import JOINERS, one_line, without_turns

LONGEST_NAME = 120
# Spreadsheets calculate with the wide signs of Chinese and Japanese keyboards, too.
FORMULA = "=+-@＝＋－＠"
# Pointed Hebrew has up to four marks on a letter; what piles up more covers the lines above and below.
MOST_MARKS = 4
# Mail programs make links of these, whatever a letter says.
WEB_ADDRESS = re.compile(r"://|\bwww\.|\w\.[^\W\d_]{2,}|@\w", re.IGNORECASE)
INSIDE_NAMES = frozenset(" .,'’ʼʻʹ`´-‐‑·()/" + JOINERS)


class LineField(forms.CharField):
    """One line of text, as a reader sees it."""

    def to_python(self, value: Any) -> str:
        """Return the text with every run of white space as one blank."""
        return one_line(str(super().to_python(value)))


class PlainLineField(LineField):
    """One line of words: no markup, no formula, no web address, no pictures."""

    def validate(self, value: str) -> None:
        """Say what does not belong here. Raises: ValidationError."""
        super().validate(value)
        if "<" in value or ">" in value:
            raise ValidationError(_("Leave out the signs < and >."))
        if value.startswith(tuple(FORMULA)):
            raise ValidationError(_("Begin with a letter or a number, not with one of the signs = + - @."))
        if WEB_ADDRESS.search(value):
            raise ValidationError(_("A web or mail address does not belong here. After a full stop, leave a space."))
        if any(unicodedata.category(letter) in {"So", "Sk", "Cs"} and letter not in "`´" for letter in value):
            raise ValidationError(_("Leave out pictures and symbols; words are enough."))
        if any(is_mark and len(list(run)) > MOST_MARKS for is_mark, run in groupby(value, _is_mark)):
            raise ValidationError(_("Leave out the marks that pile up on one letter."))
        if value and sum(unicodedata.category(letter)[0] in "LN" for letter in value) <= 1:
            raise ValidationError(_("One letter is not enough. Write it out."))


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M" and unicodedata.category(letter) != "Mc"


class NameField(PlainLineField):
    """A person's name, in any script."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST_NAME, **kwargs})

    def validate(self, value: str) -> None:
        """Say what no name has. Raises: ValidationError."""
        super().validate(value)
        if any(unicodedata.category(letter)[0] not in "LM" and letter not in INSIDE_NAMES for letter in value):
            raise ValidationError(_("A name has letters, blanks, hyphens and apostrophes; leave out everything else."))
        directions = {unicodedata.bidirectional(letter) for letter in value}
        # Nobody could say in which order to read it.
        if "L" in directions and directions & {"R", "AL"}:
            raise ValidationError(_("Write the name in one script; it would read from both sides."))


class LatinNameField(NameField):
    """A name as passports have it."""

    def validate(self, value: str) -> None:
        """Say that other scripts have a field of their own. Raises: ValidationError."""
        super().validate(value)
        if any(letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN") for letter in value):
            raise ValidationError(_("Use Latin letters here, as in your passport. Your own script has its own field."))


class OwnScriptField(NameField):
    """A name in the script of its owner."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.TextInput(attrs={"dir": "auto"}), **kwargs})


class OtherNamesField(forms.CharField):
    """A few further names, each on a line of its own."""

    most = 5

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": 3, "dir": "auto"}), "max_length": 1000, **kwargs})
        self.name = NameField(required=False)

    def clean(self, value: Any) -> Any:
        """Return the names, each checked as one. Raises: ValidationError."""
        names = [self.name.clean(line) for line in str(super().clean(value)).splitlines()]
        given = list(dict.fromkeys(filter(None, names)))
        if len(given) > self.most:
            raise ValidationError(_("Give at most five further names."))
        return given

    def prepare_value(self, value: Any) -> Any:
        """Return what stands in the box: one name a line."""
        return "\n".join(value) if isinstance(value, list) else value


class ProseField(forms.CharField):
    """A text of several lines, without the characters that turn its direction."""

    def to_python(self, value: Any) -> str:
        """Return the text as it reads."""
        return without_turns(str(super().to_python(value)))


class StrangersForm(forms.Form):
    """A form that anybody may send: where one value belongs, several are refused instead of the last one taken."""

    def clean(self) -> dict[str, Any]:
        """Say where more than one value arrived."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in self._single():
            if isinstance(self.data, MultiValueDict) and len(self.data.getlist(self.add_prefix(name))) > 1:
                self.add_error(name, ValidationError(_("Give one value only.")))
        return cleaned

    def _single(self) -> Sequence[str]:
        several = (forms.MultipleChoiceField,)
        return [name for name, field in self.fields.items() if not isinstance(field, several)]
