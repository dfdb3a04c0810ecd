"""Where is a member signed in at the moment?"""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session

from congress.core.identifiers import token_digest
from members.models import Member
from members.policies import own_sessions


@dataclass(frozen=True)
class OpenSession:
    """One sign-in that still works; its name says nothing of the cookie."""

    key: str
    user_agent: str
    ip: str
    since: datetime
    last_seen_at: datetime
    is_current: bool

    @property
    def name(self) -> str:
        """Return what a form calls this session."""
        return token_digest(self.key)[:24]


def open_sessions(member: Member, current_key: str | None, at: datetime) -> list[OpenSession]:
    """Return a member's sessions that still work, this one first, then the last seen first; two queries.

    A session from before a change of password, or from before the member was shut out, is dead and not listed.
    """
    rows = own_sessions(member)
    stored = {row.pk: row for row in Session.objects.filter(pk__in=rows.values("session_key"), expire_date__gt=at)}
    alive = {key for key, row in stored.items() if _is_theirs(row, member)}
    found = [_open(row, current_key) for row in rows.order_by("-last_seen_at", "-pk") if row.session_key in alive]
    return sorted(found, key=lambda each: not each.is_current)


def _is_theirs(stored: Session, member: Member) -> bool:
    return bool(stored.get_decoded().get(HASH_SESSION_KEY) == member.get_session_auth_hash())


def _open(row: UserSession, current_key: str | None) -> OpenSession:
    is_current = row.session_key == current_key
    return OpenSession(row.session_key, row.user_agent, row.ip, row.created_at, row.last_seen_at, is_current)
