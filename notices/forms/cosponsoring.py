"""What does an author type who asks other bodies, and what does a focal point answer?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.named import bodies_meant, body_lines
from notices.forms.lines import LinesField
from notices.models import Notice

ANSWERS = ("agree", "decline")


class CosponsorsForm(forms.Form):
    """Which bodies are asked to stand behind a notice."""

    bodies = LinesField(
        label=_("Organisations"),
        help_text=_("One name in a line. Their focal points read the notice once you have sent it to be checked."),
    )

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"bodies": body_lines(notice.cosponsors)}

    def clean_bodies(self) -> list[int]:
        """Return which bodies the lines mean."""
        return bodies_meant(self.cleaned_data["bodies"])


class CosponsorForm(forms.Form):
    """Agree or decline, for the version of the text that was read."""

    decision = forms.ChoiceField(
        label=_("Answer"),
        choices=[(answer, answer) for answer in ANSWERS],
        widget=forms.HiddenInput,
        error_messages={"required": _("Press one of the buttons at the end of the form.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("Remark"),
        help_text=_("Needed when you decline; those who work on the notice read it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def agrees(self) -> bool:
        """Tell whether the body stands behind the notice."""
        return bool(self.cleaned_data["decision"] == "agree")

    def clean(self) -> dict[str, Any]:
        """Declining without a word helps nobody."""
        data = super().clean() or {}
        if data.get("decision") == "decline" and not data.get("remark"):
            self.add_error("remark", _("Say why your organisation does not stand behind it."))
        return data
