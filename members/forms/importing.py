"""Which list does an administrator bring in, and did they see what it does?"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.actions.rosters import Newcomer, already_members, unknown_organisations
from members.forms.roster import Problem, read_roster

_MEMBER_ALREADY = _("email: belongs to a member already")
FILE_BYTES = 5_000_000
PEOPLE_SHOWN = 50


@dataclass(frozen=True)
class Preview:
    """What a list would do: who would come in, which bodies with them, or what is wrong with which line."""

    newcomers: list[Newcomer]
    problems: list[Problem]
    allowed: dict[str, list[str]]
    organisations: list[str]

    @property
    def shown(self) -> list[Newcomer]:
        """Return the first of the people."""
        return self.newcomers[:PEOPLE_SHOWN]


def preview(data: bytes, *, today: date) -> Preview:
    """Return what a list would do, without doing it; three queries."""
    roster = read_roster(data, today=today)
    known = already_members(roster.newcomers)
    problems = [*roster.problems, *(Problem(one.line, str(_MEMBER_ALREADY)) for one in known)]
    problems.sort(key=lambda problem: problem.line)
    return Preview(roster.newcomers, problems, roster.allowed, unknown_organisations(roster.newcomers))


class ImportForm(forms.Form):
    """A list. To look at what it would do, and then, with the same file again, to do it: none is kept in between."""

    file = forms.FileField(
        label=_("CSV file"), allow_empty_file=True, help_text=_("UTF-8, at most 5 MB. The portal does not keep it.")
    )
    # Of the file whose preview was shown.
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def clean_file(self) -> bytes:
        """Return what is in the file."""
        sent: Any = self.cleaned_data["file"]
        if (sent.size or 0) > FILE_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split the list and bring it in by parts."))
        return bytes(sent.read())

    def clean(self) -> dict[str, Any]:
        """Refuse a second file that is not the first."""
        clean = super().clean() or {}
        if clean.get("seen") and "file" in clean and clean["seen"] != self.digest:
            self.add_error("file", _("This is another file than the one shown below. Look at this one first."))
        return clean

    @property
    def digest(self) -> str:
        """Return what a file is known by again."""
        return sha256(self.cleaned_data["file"]).hexdigest()
