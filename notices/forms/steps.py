"""What is asked of a person who takes one step with a notice?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ConfirmForm(forms.Form):
    """Nothing is asked; refusals of the action find their place here."""


class DecisionForm(forms.Form):
    """Go on, or send back with a remark."""

    decision = forms.CharField(required=False, widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("Remark for the author"),
        help_text=_("Needed when you return the notice: say which passage, and what to change."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    @property
    def returns(self) -> bool:
        """Tell whether the notice goes back to its author."""
        return bool(self.cleaned_data["decision"] == "return")

    def clean(self) -> dict[str, Any]:
        """A return without a word helps nobody."""
        data = super().clean() or {}
        if data.get("decision") == "return" and not data.get("remark"):
            self.add_error("remark", _("Say what the author should change."))
        return data


class WithdrawalForm(forms.Form):
    """Why a notice is taken back; its readers see this."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody who could read the notice sees this sentence in its place. Do not repeat what it said."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
