"""Who hears of members who read a great deal, and who may let them read on?"""

from congress.core.roles import Permission
from members.models import Member


def can_see_stops(viewer: Member) -> bool:
    """The list is for those who lift."""
    return viewer.may(Permission.LIFT_BRAKES)


def can_lift_budgets(viewer: Member, member: Member) -> bool:
    """An organiser or an auditor lets others read on, never themselves."""
    return viewer.may(Permission.LIFT_BRAKES) and viewer.pk != member.pk
