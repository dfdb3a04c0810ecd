"""What is typed about groups: what one is for, which seats it has, and who is to sit there until when?"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congress.core.geography import Region
from congress.core.sectors import Sector
from members.actions.groups import Charter
from members.actions.seats import LONGEST, Time
from members.forms.lasting import LastDayForm, last_day
from members.forms.named import one_person
from members.forms.texts import LineField
from members.models import Group, GroupKind, Member

SEATS_AT_ONCE = 20
ANYBODY = ("", _("Anybody"))


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, help_text=help_text)


class GroupForm(forms.Form):
    """What a group is for."""

    name = LineField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=GroupKind.choices, widget=forms.RadioSelect)
    mandate = forms.CharField(
        label=_("Mandate"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What it decides or advises on, and for whom. Every member reads it."),
    )
    begun_on = _day(_("Since"))

    @classmethod
    def of(cls, group: Group, data: Any) -> "GroupForm":
        """Return the form of a group as it stands."""
        return cls(data, initial={name: getattr(group, name) for name in cls.base_fields})

    def charter(self) -> Charter:
        """Return what was typed, as the actions take it."""
        return Charter(**self.cleaned_data)


class SeatsForm(forms.Form):
    """For whom some seats are meant, and how many."""

    sector = forms.ChoiceField(label=_("Sector"), choices=[ANYBODY, *Sector.choices], required=False)
    region = forms.ChoiceField(label=_("Region"), choices=[ANYBODY, *Region.choices], required=False)
    count = forms.IntegerField(label=_("How many seats"), min_value=1, max_value=SEATS_AT_ONCE, initial=1)


class SeatForm(LastDayForm):
    """Who is to sit there, from when until when."""

    longest = LONGEST
    not_such_a_day = _("Choose a day from today on, at most four years ahead.")

    member = LineField(label=_("Member"), max_length=200, help_text=_("A name, an e-mail address or an id."))
    begins_on = _day(_("First day"), _("Whoever is confirmed later begins on the day of the confirmation."))
    ends_on = last_day(_("The seat and its rights end by themselves after this day, at midnight UTC."))
    is_chair = forms.BooleanField(label=_("In the chair"), required=False)

    def __init__(self, *args: Any, viewer: Member, today: date, free_from: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, initial={"begins_on": free_from}, **kwargs)
        self.viewer = viewer

    def clean_member(self) -> Member:
        """Return whom the line means."""
        return one_person(self.viewer, self.cleaned_data["member"])

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        if {"begins_on", "ends_on"} <= set(cleaned) and cleaned["ends_on"] < cleaned["begins_on"]:
            raise ValidationError({"ends_on": _("The last day comes before the first.")})
        return cleaned

    def time(self) -> Time:
        """Return what was typed, as the actions take it."""
        return Time(self.cleaned_data["begins_on"], self.ends_at.date(), self.cleaned_data["is_chair"])
