"""Which letters does a member tick?"""

from django import forms
from django.utils.translation import gettext_lazy as _


class MailChoiceForm(forms.Form):
    """The letters that one may do without."""

    takes_digest = forms.BooleanField(
        label=_("The weekly digest"),
        required=False,
        help_text=_(
            "On Mondays: new notices for you, what members ask you, the next meeting. The portal says the same."
        ),
    )
    takes_needs = forms.BooleanField(
        label=_("What other members ask the network"),
        required=False,
        help_text=_("In the digest and on the page “Ask the network”. Nobody learns that you do without."),
    )
