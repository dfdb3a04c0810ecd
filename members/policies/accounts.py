"""Which sessions are a member's own, to be looked at and ended?"""

from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from members.models import Member


def own_sessions(viewer: Member) -> QuerySet[UserSession]:
    """Return the sessions that exist for this viewer: their own, whatever their role."""
    sessions: QuerySet[UserSession] = UserSession.objects.filter(user=viewer)
    return sessions
