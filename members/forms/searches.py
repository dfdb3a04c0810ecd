"""Under which name does a member keep a search?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.texts import LineField


class SearchNameForm(forms.Form):
    """A name for one search."""

    name = LineField(
        label=_("Name"), max_length=80, help_text=_("As it is to stand beside your list: “Drones in the Americas”.")
    )
