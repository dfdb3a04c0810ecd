"""What does a sponsor say, and with which words do they take it back?"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.actions.sponsors import Statement
from members.forms.texts import StrangersForm
from members.models import NEEDED_ATTESTATIONS, Attestation

NOT_BY_HALVES = _("Tick the first four sentences to vouch, or decline.")


class StatementForm(StrangersForm):
    """Fixed sentences to tick and a comment; whoever declines need tick nothing."""

    ATTEST, DECLINE = "attest", "decline"

    attestations = forms.MultipleChoiceField(
        label=_("What you can say of this person"),
        choices=Attestation.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NOT_BY_HALVES},
        help_text=_("Without the first four nobody is admitted. The last two say how well you know each other."),
    )
    comment = forms.CharField(
        label=_("Comment"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Vetting officers read it. The applicant does not, whatever you answer."),
    )
    decision = forms.ChoiceField(choices=[(ATTEST, ATTEST), (DECLINE, DECLINE)], widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attestations"].required = self.data.get("decision") != self.DECLINE

    def clean(self) -> dict[str, Any]:
        """Refuse to vouch by halves."""
        cleaned: dict[str, Any] = super().clean() or {}
        missing = set(NEEDED_ATTESTATIONS).difference(cleaned.get("attestations", ()))
        if cleaned.get("decision") == self.ATTEST and missing and "attestations" not in self.errors:
            self.add_error("attestations", ValidationError(NOT_BY_HALVES))
        return cleaned

    @property
    def statement(self) -> Statement:
        """Return what was said."""
        return Statement(self.cleaned_data["attestations"], self.cleaned_data["comment"])


class TakingBackForm(StrangersForm):
    """Why a sponsor does not stand by their word any more."""

    reason = forms.CharField(
        label=_("Why you take it back"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Vetting officers read it. The applicant does not."),
    )
