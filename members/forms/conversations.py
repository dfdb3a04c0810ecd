"""What do members write to each other?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.texts import ProseField
from members.models import MESSAGE_LIMIT


class MessageForm(forms.Form):
    """One message."""

    text = ProseField(
        label=_("Message"),
        max_length=MESSAGE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("Nothing above TLP:GREEN: there are notices for that. Your address is not shown."),
    )
