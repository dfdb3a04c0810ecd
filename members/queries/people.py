"""What does the page about one member need?"""

from datetime import datetime

from congress.core.roles import ROLES, Permission
from members.models import Member, MemberQuerySet, RoleGrant
from members.policies import fields_shown, visible_to

COLLEAGUES_SHOWN = 6


def profiles(viewer: Member) -> MemberQuerySet:
    """Return the members who exist for this viewer, with organisation, profile and what they show the viewer of it."""
    return fields_shown(viewer, visible_to(viewer).select_related("organisation", "profile"))


def holding(permission: Permission, at: datetime) -> MemberQuerySet:
    """Return the members in good standing to whom a role gives this permission now."""
    roles = [role for role, powers in ROLES.items() if permission in powers.permissions]
    held = RoleGrant.objects.in_force(at).filter(role__in=roles)
    return Member.objects.listed().filter(pk__in=held.values("member"))


def colleagues(viewer: Member, member: Member) -> list[Member]:
    """Return some others of the same organisation, by name; at most one query."""
    if member.organisation_id is None:
        return []
    others = profiles(viewer).filter(organisation=member.organisation_id).exclude(pk=member.pk)
    return list(others.order_by("sort_name", "pk")[:COLLEAGUES_SHOWN])
