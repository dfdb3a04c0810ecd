"""Whom may a member see, and what may they change about themselves?"""

from django.db.models import Exists, OuterRef, QuerySet

from congress.core.roles import Permission
from members.models import Member, MemberQuerySet, Organisation


def visible_to(viewer: Member) -> MemberQuerySet:
    """Return the members who exist for this viewer: everyone listed, and always oneself."""
    if not viewer.may(Permission.BROWSE_MEMBERS):
        return Member.objects.filter(pk=viewer.pk)
    return Member.objects.listed()


def can_edit_profile(viewer: Member, member: Member) -> bool:
    """A profile is written by the person it is about."""
    return viewer.pk == member.pk


def organisations_visible_to(viewer: Member) -> QuerySet[Organisation]:
    """Return the bodies that exist for this viewer: those of which they see somebody."""
    return Organisation.objects.filter(Exists(visible_to(viewer).filter(organisation=OuterRef("pk"))))
