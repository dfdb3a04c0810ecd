"""Who keeps searches of the directory, and whose does one see? Only one's own."""

from django.db.models import QuerySet

from congress.core.roles import Permission
from members.models import Member, SavedSearch


def can_keep_searches(viewer: Member) -> bool:
    """Whoever browses the directory keeps searches of it, for themselves."""
    return viewer.may(Permission.BROWSE_MEMBERS)


def own_searches(viewer: Member) -> QuerySet[SavedSearch]:
    """Return the searches that somebody keeps."""
    return SavedSearch.objects.filter(member=viewer) if can_keep_searches(viewer) else SavedSearch.objects.none()
