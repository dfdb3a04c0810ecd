"""Why is a member let read on?"""

from django import forms
from django.utils.translation import gettext_lazy as _


class LiftForm(forms.Form):
    """The reason for which a member's budgets are lifted for a day."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Organisers and auditors read it, and the member in the copy of their own data."),
    )
