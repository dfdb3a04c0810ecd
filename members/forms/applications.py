"""What does an applicant say, step by step, and which clean values become of it?"""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, validate_email
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congress.core.addresses import PUBLIC_DOMAIN, is_disposable
from congress.core.geography import country_choices
from congress.core.sectors import Sector
from members.actions.naming import DISPOSABLE, Naming, troubles
from members.forms.expertise import ExpertiseField, TopicsField
from members.forms.spoken import SpokenForm
from members.forms.texts import (
    LatinNameField,
    NameField,
    OtherNamesField,
    OwnScriptField,
    PlainLineField,
    ProseField,
    StrangersForm,
)
from members.models import Application, NameOrder, Purpose

TELEPHONE = RegexValidator(r"^\+?[0-9][0-9 ()./-]{5,40}$")
ANOTHER_BODY = "another"
PARTS = ("name", "organisation_name", "email")


def _countries() -> list[tuple[str, Any]]:
    return [("", _("Choose a country")), *country_choices(get_language() or "en")]


class PublicAddressField(forms.EmailField):
    """One address of the public mail system that lasts longer than the letter."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 254, **kwargs})

    def clean(self, value: Any) -> str:
        """Return the address as it is compared everywhere. Raises: ValidationError."""
        email = str(super().clean(value)).lower()
        if email and not PUBLIC_DOMAIN.search(email):
            raise ValidationError(_("Enter an address of a domain name, like name@police.example."))
        return email


class ApplyForm(StrangersForm):
    """The address at which a stranger can be reached."""

    email = PublicAddressField(
        label=_("Work e-mail address"),
        help_text=_("We send a private link to this address. An address of your organisation speaks for you."),
    )

    def clean_email(self) -> str:
        """Refuse an address that is gone before the decision comes."""
        email: str = self.cleaned_data["email"]
        if is_disposable(email):
            raise ValidationError(DISPOSABLE)
        return email


class StepForm(StrangersForm):
    """One page of the application. As a draft it may have gaps, so that going back loses nothing."""

    label: ClassVar[str | Promise]
    title: ClassVar[str | Promise]
    lead: ClassVar[str | Promise]

    def __init__(self, *args: Any, application: Application, is_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.initial.update(self.told(application))
        for field in self.fields.values():
            field.required = field.required and not is_draft

    def told(self, application: Application) -> dict[str, Any]:
        """Return what was said on this page before."""
        return {name: getattr(application, name) for name in self.base_fields if hasattr(application, name)}

    @property
    def answers(self) -> dict[str, Any]:
        """Return what is kept with the application."""
        return dict(self.cleaned_data)


class NameStep(StepForm):
    """Who the applicant is."""

    label = _("You")
    title = _("Who are you?")
    lead = _("Only vetting officers read this. They compare it with what your organisation says about you.")

    latin_name = LatinNameField(label=_("Name in Latin letters, as in your passport"))
    name_order = forms.ChoiceField(
        label=_("In which order did you write it?"), choices=NameOrder.choices, widget=forms.RadioSelect
    )
    native_name = OwnScriptField(
        label=_("Name in your own script"), required=False, help_text=_("If it is not written in Latin letters.")
    )
    other_names = OtherNamesField(
        label=_("Other names"),
        required=False,
        help_text=_("Another spelling, a name before marriage: whatever colleagues may know you by. One a line."),
    )


class WorkStep(StepForm):
    """Where the applicant works, and who can confirm it."""

    label = _("Work")
    title = _("Where do you work?")
    lead = _("Officers ring your organisation, by a number that they find themselves.")

    organisation = forms.ChoiceField(
        label=_("Organisation"),
        widget=forms.RadioSelect,
        help_text=_("Known to the network by the domain of your address."),
    )
    organisation_name = PlainLineField(
        label=_("Name of the organisation"),
        max_length=200,
        required=False,
        help_text=_("Its official name, in English if there is one."),
    )
    position = PlainLineField(label=_("Position"), max_length=160)
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices, widget=forms.RadioSelect)
    country = forms.ChoiceField(label=_("Country in which you work"), choices=_countries)
    supervisor_name = NameField(
        label=_("Your supervisor"), required=False, help_text=_("Leave it empty if you head the organisation.")
    )
    supervisor_contact = forms.CharField(
        label=_("Telephone or e-mail address of your supervisor"), max_length=200, required=False
    )

    def __init__(self, *args: Any, bodies: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.public_id: body for body in bodies}
        is_draft = not self.fields["position"].required
        if self.application.nominated_by_id is not None:
            del self.fields["organisation"], self.fields["organisation_name"]
        elif self.bodies:
            known = [(body.public_id, body.name) for body in bodies]
            self.fields["organisation"].choices = [*known, (ANOTHER_BODY, _("Another one"))]  # type: ignore[attr-defined]
        else:
            del self.fields["organisation"]
            self.fields["organisation_name"].required = not is_draft

    def told(self, application: Application) -> dict[str, Any]:
        """Return what was said before; the organisation by its id in addresses."""
        told = super().told(application)
        proposed = ANOTHER_BODY if application.organisation_name else ""
        told["organisation"] = application.organisation.public_id if application.organisation else proposed
        return told

    def clean_supervisor_contact(self) -> str:
        """Return a telephone number or an address, and nothing else."""
        contact: str = self.cleaned_data["supervisor_contact"]
        if contact:
            try:
                (validate_email if "@" in contact else TELEPHONE)(contact)
            except ValidationError as error:
                raise ValidationError(_("Give one telephone number or one e-mail address.")) from error
        return contact

    def clean(self) -> dict[str, Any]:
        """Want a name for an organisation that is none of those offered."""
        cleaned = super().clean()
        if cleaned.get("organisation") == ANOTHER_BODY and not cleaned.get("organisation_name"):
            self.add_error("organisation_name", ValidationError(_("Name your organisation.")))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        """Return the organisation as a row where it was chosen, and its name in any case."""
        answers = super().answers
        if "organisation_name" in self.fields:
            body = self.bodies.get(answers.pop("organisation", ""))
            answers["organisation"] = body
            answers["organisation_name"] = body.name if body else answers["organisation_name"]
        return answers


class ExpertiseStep(SpokenForm, StepForm):
    """What colleagues could ask the applicant, and in which language."""

    label = _("Expertise")
    title = _("What can colleagues ask you?")
    lead = _("If you are admitted, this becomes your profile; you can change it at any time.")

    expertise = ExpertiseField()
    topics = TopicsField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_rows(self.application.spoken)

    @property
    def answers(self) -> dict[str, Any]:
        """Return the languages as codes with levels, in the order given."""
        said, languages = self.cleaned_data, [[each.code, each.level] for each in self.spoken]
        return {"expertise": said["expertise"], "topics": said["topics"], "languages": languages}


class ReasonsStep(StepForm):
    """Why, and to what the applicant agrees."""

    label = _("Reasons")
    title = _("Why do you want to join?")
    lead = _("And what may the network do with what you tell it?")

    motivation = ProseField(
        label=_("Why you want to join"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("What you work on, what you would bring, and whom in the network you know."),
    )
    consents = forms.MultipleChoiceField(
        label=_("What you agree to"),
        choices=Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each is needed for a decision. Withdraw the application, and none of it goes on."),
    )

    def clean(self) -> dict[str, Any]:
        """Want every purpose: nobody can be vetted, and be a member, without one of them."""
        cleaned = super().clean()
        is_whole = set(cleaned.get("consents", ())) == set(Purpose.values)
        if self.fields["consents"].required and not is_whole and "consents" not in self.errors:
            self.add_error("consents", ValidationError(_("Tick each of them; without one nobody can decide.")))
        return cleaned


class SponsorsStep(StepForm):
    """Two people of different organisations who know the applicant."""

    label = _("Sponsors")
    title = _("Who vouches for you?")
    lead = _(
        "Name two people of different organisations who know you from work. They need not be members. We ask them when "
        "you send the application; what they answer is confidential."
    )
    positions: ClassVar[tuple[str, ...]] = ("first", "second")

    first_name = NameField(label=_("Name of the first sponsor"))
    first_organisation_name = PlainLineField(label=_("Organisation of the first sponsor"), max_length=200)
    first_email = PublicAddressField(label=_("Work e-mail address of the first sponsor"))
    second_name = NameField(label=_("Name of the second sponsor"))
    second_organisation_name = PlainLineField(label=_("Organisation of the second sponsor"), max_length=200)
    second_email = PublicAddressField(label=_("Work e-mail address of the second sponsor"))

    def __init__(self, *args: Any, sponsors: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for position, sponsor in zip(self.positions, sponsors, strict=False):
            self.initial.update({f"{position}_{part}": getattr(sponsor, part) for part in PARTS})

    def told(self, application: Application) -> dict[str, Any]:
        """Return nothing of the application's own: sponsors are rows."""
        return {}

    def clean(self) -> dict[str, Any]:
        """Say of each why they can't be a sponsor."""
        cleaned = super().clean()
        for trouble in troubles(self.application, self.namings):
            self.add_error(f"{self.positions[trouble.number]}_{trouble.part}", ValidationError(str(trouble.sentence)))
        return cleaned

    @property
    def namings(self) -> list[Naming]:
        """Return both as they were named; what was refused before is empty."""
        said = self.cleaned_data
        return [Naming(*(said.get(f"{position}_{part}", "") for part in PARTS)) for position in self.positions]


STEPS: dict[str, type[StepForm]] = {
    "name": NameStep,
    "work": WorkStep,
    "expertise": ExpertiseStep,
    "reasons": ReasonsStep,
    "sponsors": SponsorsStep,
}


class AnotherSponsorForm(StrangersForm):
    """One more person who knows the applicant."""

    name = NameField(label=_("Name"))
    organisation_name = PlainLineField(label=_("Organisation"), max_length=200)
    email = PublicAddressField(label=_("Work e-mail address"))

    @property
    def naming(self) -> Naming:
        """Return whom the applicant names."""
        return Naming(**self.cleaned_data)
