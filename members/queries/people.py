"""What does the page about one member need?"""

from members.models import Member, MemberQuerySet
from members.policies import fields_shown, visible_to

COLLEAGUES_SHOWN = 6


def profiles(viewer: Member) -> MemberQuerySet:
    """Return the members who exist for this viewer, with organisation, profile and what they show the viewer of it."""
    return fields_shown(viewer, visible_to(viewer).select_related("organisation", "profile"))


def colleagues(viewer: Member, member: Member) -> list[Member]:
    """Return some others of the same organisation, by name; at most one query."""
    if member.organisation_id is None:
        return []
    others = profiles(viewer).filter(organisation=member.organisation_id).exclude(pk=member.pk)
    return list(others.order_by("sort_name", "pk")[:COLLEAGUES_SHOWN])
