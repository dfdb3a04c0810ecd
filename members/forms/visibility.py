"""What does a member choose about who sees what?"""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.forms.texts import LineField
from members.models import FIELDS, Field, FieldAudience, Group, Member


class SightForm(forms.Form):
    """Somebody through whose eyes a member looks at their own profile: an audience, or one person by name."""

    seen_by = forms.ChoiceField(label=_("Seen by"), choices=FieldAudience.choices, required=False)
    person = LineField(
        label=_("Or one person, by name"),
        max_length=200,
        required=False,
        help_text=_("Offices and seats at meetings are left out: who has one is not for everybody."),
    )

    def clean_seen_by(self) -> FieldAudience:
        """Return the audience, everybody where none is named."""
        return FieldAudience(self.cleaned_data["seen_by"] or FieldAudience.NETWORK)


class VisibilityForm(forms.Form):
    """An audience for each field, and the groups meant by groups."""

    groups = forms.MultipleChoiceField(
        label=_("Groups that I name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Meant by each field that is for groups. Whoever sits there at the time sees it."),
    )

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {group.public_id: group.pk for group in groups}
        self.fields |= {name: _choice(field) for name, field in FIELDS.items()}
        cast("forms.MultipleChoiceField", self.fields["groups"]).choices = [
            (each.public_id, each.name) for each in groups
        ]
        self.order_fields([*FIELDS, "groups"])

    @staticmethod
    def initial_of(member: Member, groups: Sequence[Group]) -> dict[str, Any]:
        """Return what a member has chosen so far."""
        profile = getattr(member, "profile", None)
        if profile is None:
            return {}
        named = [group.public_id for group in groups if group.pk in profile.trusted_groups]
        return {name: getattr(profile, f"{name}_audience") for name in FIELDS} | {"groups": named}

    def clean(self) -> dict[str, Any]:
        """Return audiences by field, and the ids of the groups; a field for groups needs one that is meant.

        Refused where a field is missing: read as the network's default it would open what its member had closed.
        """
        cleaned = super().clean() or {}
        if not all(name in self.data for name in FIELDS):
            raise ValidationError(_("The form did not arrive in full. Nothing was changed; send it again."))
        audiences = {name: cleaned.get(name, "") for name in FIELDS}
        groups = [self.by_id[public_id] for public_id in cleaned.get("groups", [])]
        if FieldAudience.GROUPS in audiences.values() and not groups:
            raise ValidationError(_("Name at least one group, or choose somebody else for what is meant for groups."))
        return {"audiences": audiences, "groups": groups}


def _choice(field: Field) -> forms.ChoiceField:
    # Who sees it comes first: a phone cuts the rest.
    default = _("%(audience)s (as the network sets it)") % {"audience": field.default.label}
    choices = [("", default), *FieldAudience.choices]
    return forms.ChoiceField(label=str(field.label), choices=choices, required=False, help_text=str(field.hint))
