"""Whose tokens are whose?"""

from congress.core.roles import Permission
from members.models import ApiToken, ApiTokenQuerySet, Member


def tokens_of(viewer: Member) -> ApiTokenQuerySet:
    """Return a member's own tokens; nobody sees another's."""
    return ApiToken.objects.filter(member=viewer)


def can_make_token(viewer: Member) -> bool:
    """Whoever may browse, with a second factor set, may let a program do it."""
    return viewer.may(Permission.BROWSE_MEMBERS) and viewer.has_second_factor
