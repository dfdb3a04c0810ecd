"""As whom is a notice to be looked at?"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congress.core.geography import find_country
from congress.core.roles import Standing
from congress.core.sectors import Sector
from members.forms import LineField
from members.forms.named import one_person
from members.models import Member

# Members first: where an address says no standing, that is who is meant, and what the form shows.
STANDINGS = sorted(Standing.of_people(), key=lambda choice: choice[0] != Standing.MEMBER)


class PreviewForm(forms.Form):
    """A kind of reader, or one person by name."""

    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices, required=False)
    country = LineField(label=_("Country"), max_length=100, required=False, help_text=_("Its name or two-letter code."))
    standing = forms.ChoiceField(label=_("Standing"), choices=STANDINGS, required=False)
    person = LineField(
        label=_("Or one person"),
        max_length=200,
        required=False,
        help_text=_("A name, an e-mail address or an id. It counts alone then."),
    )

    def __init__(self, *args: Any, viewer: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_country(self) -> str:
        """Return the code."""
        name = self.cleaned_data["country"]
        code = find_country(name) if name else ""
        if code is None:
            raise ValidationError(_("We know no country of that name."))
        return code

    def clean_person(self) -> Member | None:
        """Return whom the line means, of the viewer's directory."""
        line = self.cleaned_data["person"]
        return one_person(self.viewer, line) if line else None

    def clean(self) -> dict[str, Any]:
        """A kind of reader has a sector and a country: an audience asks for both."""
        data = super().clean() or {}
        if not self.errors and not data["person"]:
            for name in ("sector", "country"):
                if not data[name]:
                    self.add_error(name, _("Say which, or name a person."))
        return data
