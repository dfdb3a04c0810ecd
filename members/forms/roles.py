"""What does an administrator say who proposes a role?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.core.roles import Role
from members.actions.roles import LONGEST
from members.forms.lasting import LastDayForm, last_day


class RoleForm(LastDayForm):
    """Which role, and until which day."""

    longest = LONGEST
    not_such_a_day = _("Choose a day from today on, at most two years ahead.")

    role = forms.TypedChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in Role if role != Role.MEMBER],
        coerce=Role,
        widget=forms.RadioSelect,
    )
    ends_on = last_day(_("At most two years from now. The role ends by itself after this day."))
