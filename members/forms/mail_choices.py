"""Which letters does a member tick?"""

from django import forms
from django.utils.translation import gettext_lazy as _


class MailChoiceForm(forms.Form):
    """The letters that one may do without."""

    takes_digest = forms.BooleanField(
        label=_("The weekly digest"),
        required=False,
        help_text=_("On Mondays: new notices for you, and the next meeting. In the portal you find the same."),
    )
