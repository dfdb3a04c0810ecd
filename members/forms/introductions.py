"""What does a member say who wants to be introduced, and who introduces?"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.forms.named import only
from members.forms.texts import LineField, ProseField
from members.models import REASON_LIMIT, Member
from members.queries.naming import people_named


class IntroductionForm(forms.Form):
    """Through whom, and why."""

    introducer = LineField(
        label=_("Who is to introduce you?"),
        max_length=200,
        help_text=_("A member who knows you both, by name. They learn whom you want to meet, and why."),
    )
    reason = ProseField(
        label=_("Why do you want to meet?"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Both read this. Nothing above TLP:GREEN."),
    )

    def __init__(self, *args: Any, viewer: Member, wanted: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.wanted = viewer, wanted
        # Whom the answer names, for the budget of names.
        self.candidates: list[Member] = []

    def clean_introducer(self) -> Member:
        """Return the member who is meant. Raises: ValidationError."""
        [match] = people_named(self.viewer, [self.cleaned_data["introducer"]])
        self.candidates = match.found
        person = only(match)
        if person.pk in {self.viewer.pk, self.wanted.pk}:
            raise ValidationError(_("Name a third person, neither yourself nor the one whom you want to meet."))
        return person


class RecommendationForm(forms.Form):
    """What the one who introduces says."""

    text = ProseField(
        label=_("Your own line"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("How you know them, and why the two should talk. Nothing above TLP:GREEN."),
    )
