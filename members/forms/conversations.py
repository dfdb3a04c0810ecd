"""What do members write to each other, and to the officers about it?"""

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


class ReportForm(forms.Form):
    """What is wrong with a message."""

    reason = forms.CharField(
        label=_("What is wrong with it?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Officers read this and the one message, nothing else of your conversation."),
    )
