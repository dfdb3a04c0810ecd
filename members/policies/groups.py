"""Who may see the network's groups, and who says who sits in them?"""

from django.db.models import QuerySet

from congress.core.roles import Permission
from members.models import Group, Member


def groups_visible_to(viewer: Member) -> QuerySet[Group]:
    """Return the groups that exist for this viewer: whoever browses the directory sees all of them."""
    return Group.objects.all() if viewer.may(Permission.BROWSE_MEMBERS) else Group.objects.none()
