"""What is asked of people whose notice holds passages that read like instructions?"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from notices.queries.gate import Suspicion


class SubmissionForm(forms.Form):
    """Nothing is asked, unless something is suspicious: then whether compliance officers shall judge it."""

    asks_officer = forms.BooleanField(
        label=_("I ask the compliance officers to judge these passages"),
        help_text=_("Only if the notice would not protect anybody without them."),
        required=False,
    )

    def __init__(self, *args: Any, suspicions: Iterable[Suspicion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not suspicions:
            del self.fields["asks_officer"]

    @property
    def asks(self) -> bool:
        """Tell whether officers are asked."""
        return bool(self.cleaned_data.get("asks_officer"))


class GateForm(forms.Form):
    """Why each suspicious passage may stay, in the words of the officer who clears the notice."""

    def __init__(self, *args: Any, suspicions: Iterable[Suspicion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suspicions = tuple(suspicions)
        for one in self.suspicions:
            self.fields[f"reason_{one.key}"] = _reason()

    @property
    def rows(self) -> list[tuple[Suspicion, BoundField]]:
        """Return each passage with the field for its reason."""
        return [(one, self[f"reason_{one.key}"]) for one in self.suspicions]

    @property
    def reasons(self) -> dict[str, str]:
        """Return what was typed, by the passage's digest; nothing where it is too long or missing."""
        self.full_clean()
        return {one.digest: self.cleaned_data.get(f"reason_{one.key}", "") for one in self.suspicions}

    def clean(self) -> dict[str, Any]:
        """Whoever clears answers for each passage; whoever returns may leave them open."""
        data = super().clean() or {}
        if self.data.get("decision") == "clear":
            for one in self.suspicions:
                if not data.get(f"reason_{one.key}"):
                    self.add_error(f"reason_{one.key}", _("Say why this may stay, or return the notice."))
        return data


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Why this may stay"),
        help_text=_("Kept with your name, and shown to those who work on the notice. Do not repeat the passage."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
