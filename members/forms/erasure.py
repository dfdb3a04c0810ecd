"""What does somebody confirm who wants to be forgotten?"""

from django import forms
from django.utils.translation import gettext_lazy as _


class ErasureForm(forms.Form):
    """One tick: what is emptied can't be brought back."""

    confirmed = forms.BooleanField(label=_("Yes, end my membership and erase what is kept about me"))
