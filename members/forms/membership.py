"""What do people say when somebody leaves or is shut out?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.actions.suspensions import LONGEST
from members.forms.lasting import LastDayForm, last_day
from members.forms.texts import LineField
from members.models import CODE_VERSION, Departure

_ROWS = forms.Textarea(attrs={"rows": 4})


class DepartureForm(forms.Form):
    """What is said with a departure; the member themselves may name a new employer, officers must give a reason."""

    note = forms.CharField(label=_("Reason"), max_length=2000, widget=_ROWS, required=False)
    moved_to = LineField(
        label=_("New organisation"),
        max_length=200,
        required=False,
        help_text=_("If you go on working in the field. Officers of the network then look at your move."),
    )
    confirmed = forms.BooleanField(label=_("Yes, the membership ends now"))

    def __init__(self, *args: Any, how: Departure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = how == Departure.OFFICER
        if how != Departure.LEFT:
            del self.fields["moved_to"]


class SuspensionForm(LastDayForm):
    """Why somebody is shut out, and until which day."""

    longest = LONGEST
    not_such_a_day = _("Choose a day from today on, at most one year ahead.")

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=_ROWS, help_text=_("Officers read it, now and later.")
    )
    ends_on = last_day(_("The suspension ends by itself after this day, at midnight UTC. At most one year from now."))


class RenewalForm(forms.Form):
    """Nothing changed, and the member agrees to the code of conduct that was shown."""

    version = forms.CharField(widget=forms.HiddenInput, initial=CODE_VERSION, max_length=16)
    agrees = forms.BooleanField(label=_("I have read the code of conduct, and I keep to it"))

    @property
    def agreed(self) -> dict[str, str]:
        """Return what the action needs to know of it."""
        return {"version": self.cleaned_data["version"]}
