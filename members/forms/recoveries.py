"""What does somebody type who lost their second factor?"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Member, Recovery


class HelperForm(forms.Form):
    """Whom the member asks; officers ask nobody in particular."""

    helper = forms.ChoiceField(label=_("Who helps you"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, helpers: Iterable[Member], needs_administrators: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helpers = {each.public_id: each for each in helpers}
        self.fields["helper"].choices = [(key, str(each)) for key, each in self.helpers.items()]  # type: ignore[attr-defined]
        if needs_administrators:
            del self.fields["helper"]

    @property
    def chosen(self) -> Member | None:
        """Return who was chosen, if anybody had to be."""
        return self.helpers.get(self.cleaned_data.get("helper", ""))


class CodeForm(forms.Form):
    """The parts of the code: one from the letter, one from each helper."""

    def __init__(self, *args: Any, recovery: Recovery, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        count = len(recovery.shares.all())
        labels = [_("Your helper’s part")] if count == 1 else [_("One administrator’s part"), _("The other one’s part")]
        for number, label in enumerate([_("The part in your letter"), *labels]):
            widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
            self.fields[f"part{number}"] = forms.CharField(label=label, max_length=20, widget=widget)

    @property
    def parts(self) -> list[str]:
        """Return what was typed, the mailed part first."""
        return [self.cleaned_data[name] for name in self.fields]
