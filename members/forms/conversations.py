"""What do members write to each other?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import MESSAGE_LIMIT


class MessageForm(forms.Form):
    """One message."""

    text = forms.CharField(
        label=_("Message"),
        max_length=MESSAGE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Nothing above TLP:GREEN: there are notices for that. Your address is not shown."),
    )
