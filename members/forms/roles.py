"""What does an administrator say who proposes a role?"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congress.core.roles import Role
from members.actions.roles import LONGEST


class RoleForm(forms.Form):
    """Which role, and until which day."""

    role = forms.TypedChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in Role if role != Role.MEMBER],
        coerce=Role,
        widget=forms.RadioSelect,
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("At most two years from now. The role ends by itself after this day."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_ends_on(self) -> date:
        """Return a day from today on, at most two years ahead."""
        day: date = self.cleaned_data["ends_on"]
        if not self.today <= day < self.today + LONGEST:
            raise ValidationError(_("Choose a day from today on, at most two years ahead."))
        return day

    @property
    def ends_at(self) -> datetime:
        """Return the instant at which the role is over."""
        return datetime.combine(self.cleaned_data["ends_on"] + timedelta(days=1), time(), UTC)
