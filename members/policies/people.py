"""Whom may a member see, and what may they change about themselves?"""

from congress.core.roles import Permission
from members.models import Member, MemberQuerySet


def visible_to(viewer: Member) -> MemberQuerySet:
    """Return the members who exist for this viewer: everyone listed, and always oneself."""
    if not viewer.may(Permission.BROWSE_MEMBERS):
        return Member.objects.filter(pk=viewer.pk)
    return Member.objects.listed()


def can_edit_profile(viewer: Member, member: Member) -> bool:
    """A profile is written by the person it is about."""
    return viewer.pk == member.pk
