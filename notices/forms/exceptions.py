"""What does somebody type who makes an exception, or asks why a person may see a notice?"""

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congress.core.geography import find_country
from members.forms import LineField
from members.forms.named import one_body, one_person
from members.models import Member, Organisation
from notices.actions import Terms
from notices.models import Effect

END_OF_DAY = time(23, 59, 59)


class ExceptionForm(forms.Form):
    """One person, one body or one country; what it changes is shown before it is made."""

    effect = forms.ChoiceField(
        label=_("What does it do?"),
        choices=[(Effect.GRANT, _("Let them read it")), (Effect.DENY, _("Keep them from it"))],
        widget=forms.RadioSelect,
    )
    person = LineField(
        label=_("One person"), required=False, help_text=_("A name, an e-mail address or an id."), max_length=200
    )
    organisation = LineField(label=_("Or one organisation"), required=False, max_length=200)
    country = LineField(label=_("Or one country"), required=False, max_length=200)
    reason = LineField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Publishers read it. Do not repeat what the notice says."),
    )
    until = forms.DateField(
        label=_("Until the end of"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("At most 12 months from now, in UTC. It ends by itself."),
    )
    # What the page showed the effect of: whoever changes it afterwards is shown the effect anew.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_person(self) -> Member | None:
        """Return whom the line means."""
        line = self.cleaned_data["person"]
        return one_person(self.viewer, line) if line else None

    def clean_organisation(self) -> Organisation | None:
        """Return which body the line means."""
        line = self.cleaned_data["organisation"]
        return one_body(line) if line else None

    def clean_country(self) -> str:
        """Return the code of the country."""
        line = self.cleaned_data["country"]
        code = find_country(line) if line else ""
        if code is None:
            raise ValidationError(_("This is no country that we know. Write its name or its two-letter code."))
        return code

    def clean(self) -> dict[str, Any]:
        """An exception is about one person, or one body, or one country."""
        data = super().clean() or {}
        named = [name for name in ("person", "organisation", "country") if self.data.get(name, "").strip()]
        if len(named) != 1:
            self.add_error("person", _("Name one person, or one organisation, or one country."))
        return data

    @property
    def is_confirmed(self) -> bool:
        """Tell whether the button was pressed that stands below the effect of exactly this."""
        return "make" in self.data and self.cleaned_data["shown"] == self.signature

    @property
    def signature(self) -> str:
        """Return what decides the effect, as one line."""
        return "|".join(self.data.get(name, "").strip() for name in ("effect", "person", "organisation", "country"))

    def terms(self) -> Terms:
        """Return what was typed, as the action takes it."""
        data = self.cleaned_data
        until = datetime.combine(data["until"], END_OF_DAY, UTC)
        whom = {"member": data["person"], "organisation": data["organisation"], "country": data["country"]}
        return Terms(effect=data["effect"], reason=data["reason"], until=until, **whom)


class WhyForm(forms.Form):
    """Whom a question is about."""

    person = LineField(label=_("Person"), max_length=200, help_text=_("A name, an e-mail address or an id."))

    def __init__(self, *args: Any, viewer: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean_person(self) -> Member:
        """Return whom the line means, of the viewer's directory: nobody else is known, whatever the reason."""
        return one_person(self.viewer, self.cleaned_data["person"])
