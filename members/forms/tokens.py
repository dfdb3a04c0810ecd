"""What does a member say about a program that reads for them?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.texts import LineField
from members.models import LONGEST_DAYS, Scope


class TokenForm(forms.Form):
    """What a token is for, what it opens and for how long."""

    name = LineField(label=_("What is it for?"), max_length=80, help_text=_("For instance: contact list of our unit."))
    scopes = forms.MultipleChoiceField(
        label=_("What may it read?"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=30,
        help_text=_("At most 90. Then make a new one."),
    )
