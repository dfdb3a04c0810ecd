"""What dies at once when somebody may no longer come in? Sessions, private links, half-open sign-ins, queued mail.

Standing is asked at every request and at every letter. What was given out before must not come back to life with it.
"""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.sessions.models import Session
from django.db.models import F

from congress.core import mail
from congress.core.roles import Standing
from members.models import Member


def shut_out(member: Member, standing: Standing, *, at: datetime) -> None:
    """Give a locked member a standing without a way in, and end everything that was given out to them."""
    member.standing = standing
    Member.objects.filter(pk=member.pk).update(standing=standing, authz_epoch=F("authz_epoch") + 1, epoch_began_at=at)
    member.refresh_from_db(fields=["standing", "authz_epoch", "epoch_began_at"])
    sessions = UserSession.objects.filter(user=member)
    Session.objects.filter(pk__in=sessions.values("session_key")).delete()
    sessions.delete()
    mail.drop(member.pk, member.email, at=at)


class PasswordLinks(PasswordResetTokenGenerator):
    """Makes links for a new password that end with the epoch in which they were mailed."""

    def check_token(self, user: Member | None, token: str | None) -> bool:
        """Tell whether a link is this person's, and whether they may sign in at all."""
        return user is not None and user.is_active and super().check_token(user, token)

    def _make_hash_value(self, user: Member, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.authz_epoch}"
