"""What does a member tell the officers about what was sent to them?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.texts import ProseField
from members.models.reports import REASON_OF_REPORT_LIMIT


class ReportForm(forms.Form):
    """What is wrong with it."""

    reason = ProseField(
        label=_("What is wrong with it?"),
        max_length=REASON_OF_REPORT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Officers read this and what was sent to you, nothing else."),
    )
