"""What is asked of a person who takes one step with a notice?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from events.forms import ZONES
from members.forms import LineField
from notices.actions import Passage
from notices.models import Question, Section


class ConfirmForm(forms.Form):
    """Nothing is asked; refusals of the action find their place here."""


def _decision(*steps: str) -> forms.ChoiceField:
    """Return what the buttons send. Nothing is cleared or published by a form that does not say so."""
    sentence = _("Press one of the buttons at the end of the form.")
    return forms.ChoiceField(
        label=_("Decision"),
        choices=[(step, step) for step in (*steps, "return")],
        widget=forms.HiddenInput,
        error_messages={"required": sentence, "invalid_choice": sentence},
    )


@dataclass(frozen=True)
class PassageFields:
    """Where a remark on one section is typed, and the words that it is about."""

    section: Section
    quote: BoundField
    remark: BoundField

    @property
    def is_open(self) -> bool:
        """Tell whether there is something to see or to correct."""
        return bool(self.quote.value() or self.remark.value() or self.quote.errors or self.remark.errors)


class DecisionForm(forms.Form):
    """Go on, or send back with a remark on the whole, on sections, or both."""

    remark = forms.CharField(
        label=_("Remark for the author"),
        help_text=_("Needed when you return the notice without a remark on a section."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, sections: Sequence[Section] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections
        for section in sections:
            self.fields[f"quote_{section.kind}"] = _quote()
            self.fields[f"remark_{section.kind}"] = _remark()

    @property
    def passages(self) -> list[PassageFields]:
        """Return the fields for a remark on each section, in the order of reading."""
        return [
            PassageFields(section, self[f"quote_{section.kind}"], self[f"remark_{section.kind}"])
            for section in self.sections
        ]

    @property
    def has_remarks(self) -> bool:
        """Tell whether something was typed about a section."""
        return any(fields.is_open for fields in self.passages)

    @property
    def remarks(self) -> list[Passage]:
        """Return what was said of sections."""
        data = self.cleaned_data
        return [
            Passage(section.kind, data[f"quote_{section.kind}"], data[f"remark_{section.kind}"])
            for section in self.sections
            if data[f"remark_{section.kind}"]
        ]

    @property
    def returns(self) -> bool:
        """Tell whether the notice goes back to its author."""
        return bool(self.cleaned_data["decision"] == "return")

    def clean(self) -> dict[str, Any]:
        """A return without a word helps nobody, and a remark without a return reaches nobody."""
        data = super().clean() or {}
        fields = ["remark", *(f"remark_{section.kind}" for section in self.sections)]
        remarks = [name for name in fields if data.get(name)]
        if data.get("decision") != "return":
            for name in remarks:
                self.add_error(name, _("Return the notice with this remark, or take the remark out."))
        elif not remarks:
            self.add_error("remark", _("Say what the author should change."))
        for section in self.sections:
            if data.get(f"quote_{section.kind}") and not data.get(f"remark_{section.kind}"):
                self.add_error(f"remark_{section.kind}", _("Say what is to be changed about these words."))
        return data


class ReviewForm(DecisionForm):
    """The checklist of a compliance officer, each question with room for a note."""

    decision = _decision("clear")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in Question:
            self.fields[question] = forms.BooleanField(label=question.label, required=False)
            self.fields[f"{question}_note"] = _note()

    @property
    def questions(self) -> list[tuple[BoundField, BoundField]]:
        """Return each question's tick box and note, in the order of the list."""
        return [(self[question], self[f"{question}_note"]) for question in Question]

    @property
    def answers(self) -> dict[str, str]:
        """Return the note to each question answered with yes."""
        data = self.cleaned_data
        return {str(question): data[f"{question}_note"] for question in Question if data[question]}

    def clean(self) -> dict[str, Any]:
        """Whoever clears says yes to everything; whoever returns may leave questions open."""
        data = super().clean()
        if data.get("decision") != "return":
            for question in Question:
                if not data.get(question):
                    self.add_error(question, _("It can't be cleared before this is so. Return it to its author."))
        return data


def _quote() -> forms.CharField:
    return LineField(
        label=_("About these words"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"data-quote": ""}),
        help_text=_("Copy them from the text. If you select them first, they are filled in here."),
    )


def _remark() -> forms.CharField:
    return forms.CharField(label=_("Remark"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


def _note() -> forms.CharField:
    return forms.CharField(label=_("Note"), required=False, max_length=500)


class PublicationForm(DecisionForm):
    """Publish now, at an hour in some zone, or send back."""

    decision = _decision("publish", "schedule")
    publish_on = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    publish_time = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), required=False, choices=[(zone, zone.replace("_", " ")) for zone in ZONES], initial="UTC"
    )

    @property
    def schedules(self) -> bool:
        """Tell whether an hour is chosen, or was tried to."""
        return bool(self.data.get("decision") == "schedule")

    @property
    def publish_at(self) -> datetime:
        """Return the hour that was chosen, in UTC."""
        data = self.cleaned_data
        local = datetime.combine(data["publish_on"], data["publish_time"], ZoneInfo(data["zone"] or "UTC"))
        return local.astimezone(UTC)

    def clean(self) -> dict[str, Any]:
        """An hour has a day and a time."""
        data = super().clean()
        for name in ("publish_on", "publish_time"):
            if self.schedules and not data.get(name) and name not in self.errors:
                self.add_error(name, _("Say when it is to be published."))
        return data


class ConfirmationForm(forms.Form):
    """Until when a notice in force holds."""

    review_on = forms.DateField(
        label=_("Review again on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("At most 24 months from now."),
    )


class TakingBackForm(forms.Form):
    """Why a notice is taken back; its readers see this."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody who could read the notice sees this sentence in its place. Do not repeat what it said."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
