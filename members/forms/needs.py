"""What does a member ask the network, and whom?"""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congress.core.geography import Region, find_country
from congress.core.languages import language_choices
from congress.core.recipes import explain, passages
from congress.core.topics import Expertise, Topic
from members.actions.needs import NeedText
from members.forms.texts import PlainLineField, ProseField
from members.models import LONGEST_NEED_DAYS, NEED_LIMIT, TITLE_LIMIT
from members.queries.filters import Filters
from members.queries.needs import Wanted

COUNTRIES_LENGTH = 300


def asked_for(filters: Filters) -> dict[str, object]:
    """Return what a need begins with whose asker found nobody in the directory with these filters."""
    # By their codes: the names of some countries hold a comma.
    countries = ", ".join(filters.country)
    return {
        "topics": filters.topic,
        "expertise": filters.expertise,
        "regions": filters.region,
        "countries": countries if len(countries) <= COUNTRIES_LENGTH else "",
        "languages": filters.language,
    }


def _several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


class NeedForm(forms.Form):
    """A need in words, and whom it means."""

    title = PlainLineField(
        label=_("What do you need, in one line?"),
        max_length=TITLE_LIMIT,
        help_text=_("This line stands in the weekly digest, as TLP:GREEN and without your name."),
    )
    text = ProseField(
        label=_("What should those who can help know?"),
        max_length=NEED_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("They read it in the portal, with your name. Nothing above TLP:GREEN, and no instructions."),
    )
    topics = _several(_("Topics"), Topic.choices)
    expertise = _several(_("Expertise"), Expertise.choices)
    regions = _several(_("Regions"), Region.choices)
    countries = forms.CharField(
        label=_("Countries"),
        max_length=COUNTRIES_LENGTH,
        required=False,
        help_text=_("Separated by commas. Regions and countries add up; without any, it goes everywhere."),
    )
    languages = _several(_("Languages"), ())
    ends_on = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The last day on which somebody can answer, at most 60 days from now."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        languages = cast("forms.MultipleChoiceField", self.fields["languages"])
        languages.choices = language_choices(get_language() or "en")

    def clean_title(self) -> str:
        """Refuse what teaches how to make something harmful. Raises: ValidationError."""
        return _no_recipe(self.cleaned_data["title"])

    def clean_text(self) -> str:
        """Refuse what teaches how to make something harmful. Raises: ValidationError."""
        return _no_recipe(self.cleaned_data["text"])

    def clean_countries(self) -> list[str]:
        """Return the codes of the countries. Raises: ValidationError, with what is unknown."""
        named = [name.strip() for name in self.cleaned_data["countries"].split(",") if name.strip()]
        found = {name: find_country(name) for name in named}
        if unknown := [name for name, code in found.items() if code is None]:
            raise ValidationError(_("“%(name)s” is no country that we know.") % {"name": unknown[0]})
        return [code for code in found.values() if code]

    def clean_ends_on(self) -> date:
        """Return a day that lies ahead, and not too far. Raises: ValidationError."""
        day: date = self.cleaned_data["ends_on"]
        if not self.today <= day <= self.today + timedelta(days=LONGEST_NEED_DAYS):
            raise ValidationError(_("Choose a day from today on, at most 60 days ahead."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for something that people can know."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned["topics"] or cleaned["expertise"]):
            raise ValidationError(_("Choose at least one topic or field of expertise."))
        return cleaned

    @property
    def said(self) -> NeedText:
        """Return the words of a valid form."""
        return NeedText(**{name: self.cleaned_data[name] for name in ("title", "text", "ends_on")})

    @property
    def wanted(self) -> Wanted:
        """Return whom a valid form means."""
        names = ("topics", "expertise", "regions", "countries", "languages")
        return Wanted(**{name: tuple(self.cleaned_data[name]) for name in names})


def _no_recipe(text: str) -> str:
    for passage in passages(text):
        raise ValidationError(explain(passage))
    return text


class NeedAnswerForm(forms.Form):
    """What somebody answers."""

    text = ProseField(
        label=_("Your answer"),
        max_length=NEED_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("It opens a conversation with whoever asks. Nothing above TLP:GREEN; your address is not shown."),
    )


class TakeNeedAwayForm(forms.Form):
    """Why a need is taken away."""

    reason = ProseField(
        label=_("Why do you take it away?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever asked reads it, without your name."),
    )
