"""What do officers type, tick and filter at the vetting desk?"""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from congress.core.geography import Region
from congress.core.sectors import Sector
from members.models import APPLICATION_STATES, UNDER_WAY, Application, Member
from members.queries.vetting import QueueFilters

VALUE_LIMIT = 60
STAGE_CHOICES = [(state, APPLICATION_STATES.states[state].label) for state in UNDER_WAY]
OWNER_CHOICES = [("me", _("Mine")), ("nobody", _("Nobody’s")), ("somebody", _("A colleague’s"))]
CLOCK_CHOICES = [("overdue", _("Overdue")), ("soon", _("Due within two days")), ("call", _("Call-back asked for"))]


def read_queue_filters(data: MultiValueDict[str, str]) -> QueueFilters:
    """Return what an address of the queue asks for; unknown values are left out."""
    return QueueFilters(
        is_open=data.get("state") != "closed",
        stage=_known(data, "stage", UNDER_WAY),
        owner=_known(data, "owner", dict(OWNER_CHOICES)),
        clock=_known(data, "clock", dict(CLOCK_CHOICES)),
        sector=_known(data, "sector", Sector.values),
        region=_known(data, "region", Region.values),
    )


def _known(data: MultiValueDict[str, str], name: str, allowed: Collection[str]) -> tuple[str, ...]:
    return tuple(value for value in dict.fromkeys(data.getlist(name)[:VALUE_LIMIT]) if value in allowed)


class BulkForm(forms.Form):
    """One step for many cases. Deciding is none of them."""

    TAKE, CALL = "take", "call"

    step = forms.ChoiceField(
        label=_("With those chosen"), choices=[(TAKE, _("Take them")), (CALL, _("Ask for a call-back"))]
    )
    case = forms.ModelMultipleChoiceField(
        label=_("Cases"),
        queryset=Application.objects.none(),
        to_field_name="public_id",
        error_messages={
            "required": _("Choose at least one case."),
            "invalid_choice": _("One of these cases is closed, or comes from your own organisation."),
        },
    )

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    """Whose case it becomes."""

    TAKE, GIVE_BACK, HAND_OVER = "take", "give_back", "hand_over"

    step = forms.ChoiceField(choices=[(value, value) for value in (TAKE, GIVE_BACK, HAND_OVER)])
    officer = forms.ModelChoiceField(
        label=_("Hand over to"),
        queryset=Member.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Choose an officer"),
    )

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Require an officer to hand over to."""
        clean: dict[str, Any] = super().clean() or {}
        if clean.get("step") == self.HAND_OVER and "officer" not in self.errors and not clean.get("officer"):
            self.add_error("officer", _("Choose an officer."))
        return clean
