"""How does a member end sessions of their own, and how is it known when each was last used?"""

from collections.abc import Collection
from datetime import datetime

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError
from congress.core.identifiers import token_digest
from members.models import Member
from members.policies import own_sessions

ENDED = journal.event(
    "members.member.sessions_ended", _("A member ended sessions of their own."), silent="the member sees it on the page"
)
# "Last seen" is right to within this; a write for each request would cost more than it tells.
SEEN_EVERY_SECONDS = 300


class SessionEndedError(DomainError):
    """The session was ended in the meantime, or ran out."""

    code = "session_ended"
    message = _("This session has ended already. Nothing was changed.")


@transaction.atomic
def end_sessions(keys: Collection[str], *, by: Member, at: datetime) -> int:
    """End those of a member's own sessions that have these keys; returns how many. Raises: SessionEndedError."""
    theirs = own_sessions(by).filter(session_key__in=keys)
    found = list(theirs.select_for_update().values_list("session_key", flat=True))
    if not found:
        raise SessionEndedError
    Session.objects.filter(pk__in=found).delete()
    theirs.delete()
    journal.record(ENDED, target=by, by=by, at=at, count=len(found))
    return len(found)


def note_presence(member: Member, key: str, *, at: datetime) -> None:
    """Write down that a session is in use, at most once in five minutes."""
    if cache.add(f"seen:{token_digest(key)}", 1, SEEN_EVERY_SECONDS):
        own_sessions(member).filter(session_key=key).update(last_seen_at=at)
