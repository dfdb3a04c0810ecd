"""Somebody else saved the draft while it was open here: what differs, and whose text is taken?"""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congress.core.comparing import Piece, compare

TAKE = "take_"
MINE, THEIRS = "mine", "theirs"
WHOSE = [(MINE, _("What stands below, as I typed it or change it now")), (THEIRS, _("What was saved"))]


@dataclass(frozen=True)
class Difference:
    """One field that says one thing here and another in what was saved: both as one text, and whose is taken."""

    label: str | Promise
    pieces: list[Piece]
    choice: BoundField


def opened_with(values: Mapping[str, Any]) -> str:
    """Return a short mark of each value that a form was opened with: so it is known later who changed what."""
    return json.dumps({name: _mark(value) for name, value in values.items() if name != "version"})


def settled(posted: "MultiValueDict[str, str]", saved: Mapping[str, Any]) -> "MultiValueDict[str, str]":
    """Return what was posted, with what was saved elsewhere wherever the author chose that."""
    data = posted.copy()
    for name in posted:
        if name.startswith(TAKE) and posted[name] == THEIRS:
            field = name.removeprefix(TAKE)
            data.setlist(field, as_typed(saved.get(field)))
    return data


def mended(
    posted: "MultiValueDict[str, str]", saved: Mapping[str, Any], wrong: Iterable[str]
) -> "MultiValueDict[str, str]":
    """Return what was posted, with what was saved before in place of what can't be saved as it is."""
    data = posted.copy()
    for name in wrong:
        data.setlist(name, as_typed(saved.get(name)))
    return data


def differences(form: forms.Form, saved: Mapping[str, Any]) -> list[Difference]:
    """Return what differs, each with the question whose text is taken.

    What was not touched here is taken from there, unless its author says otherwise.
    """
    marks = _marks(str(form.data.get("opened", "")))
    differing = [bound for bound in form.visible_fields() if _plain(saved.get(bound.name)) != _plain(bound.data)]
    # A form of its own: what was not asked before shows its suggestion, and nothing that was posted.
    asking = forms.Form()
    for bound in differing:
        # What was empty then has no mark.
        untouched = marks.get(bound.name, _mark("")) == _mark(bound.data)
        asking.fields[TAKE + bound.name] = _whose(THEIRS if untouched else MINE)
    return [_difference(bound, saved.get(bound.name), asking[TAKE + bound.name]) for bound in differing]


def _whose(suggested: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Which text is saved?"), choices=WHOSE, required=False, initial=suggested, widget=forms.RadioSelect
    )


def _difference(bound: BoundField, theirs: Any, choice: BoundField) -> Difference:
    return Difference(bound.label, compare(_shown(bound, theirs), _shown(bound, bound.data)), choice)


def _shown(bound: BoundField, value: Any) -> str:
    choices = dict(getattr(bound.field, "choices", ()))
    return "\n".join(str(choices.get(each, each)) for each in as_typed(value))


def as_typed(value: Any) -> list[str]:
    """Return a value as a browser posts it."""
    if isinstance(value, list | tuple | set):
        return [str(each) for each in value]
    return [value.isoformat() if isinstance(value, date) else str(value or "")]


def _plain(value: Any) -> str:
    """Browsers end lines with two characters, and choices come in any order."""
    return "\n".join(sorted(as_typed(value))).replace("\r\n", "\n").strip()


def _mark(value: Any) -> str:
    return f"{zlib.crc32(_plain(value).encode()):x}"


def _marks(opened: str) -> Mapping[str, str]:
    try:
        marks = json.loads(opened)
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}
