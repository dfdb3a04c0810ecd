"""How does a member let a calendar ask for their meetings, and how does that end?"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import DomainError, permit
from congress.core.identifiers import secret_token, token_digest
from events.models import FEEDS_AT_MOST, CalendarFeed
from events.policies import can_make_feed, feeds_of
from members.models import Member

NOTED_EVERY = timedelta(hours=1)
_OWN = "the member did it and sees it in their list"
MADE = journal.event("events.calendar.made", _("A member made an address for a calendar."), silent=_OWN)
ENDED = journal.event("events.calendar.ended", _("A member ended the address of a calendar."), silent=_OWN)


class TooManyFeedsError(DomainError):
    """Nobody can look after so many."""

    code = "too_many_feeds"
    message = _("You have 5 addresses for calendars, and that is the most. End one that you no longer use first.")


@transaction.atomic
def make_feed(member: Member, *, by: Member, at: datetime, name: str) -> tuple[CalendarFeed, str]:
    """Make an address for a device; one of the same name is renewed, and its old address dead.

    Returns the row and the token, which is kept nowhere. Raises: NotPermittedError, TooManyFeedsError.
    """
    permit(by.pk == member.pk and can_make_feed(by))
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if feeds_of(locked).exclude(name=name).count() >= FEEDS_AT_MOST:
        raise TooManyFeedsError
    token = secret_token()
    fresh = {"digest": token_digest(token), "proof": locked.get_session_auth_hash(), "made_at": at}
    made, _is_new = CalendarFeed.objects.update_or_create(
        member=locked, name=name, defaults={**fresh, "last_used_at": None}
    )
    journal.record(MADE, target=made, by=by, at=at)
    return made, token


@transaction.atomic
def end_feed(feed: CalendarFeed, *, by: Member, at: datetime) -> None:
    """End an address now. Raises: NotPermittedError."""
    permit(feeds_of(by).filter(pk=feed.pk).exists())
    journal.record(ENDED, target=feed, by=by, at=at)
    CalendarFeed.objects.filter(pk=feed.pk).delete()


def note_use(feed: CalendarFeed, *, at: datetime) -> None:
    """Write down that a calendar asked, once an hour at most."""
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lt=at - NOTED_EVERY)
    CalendarFeed.objects.filter(stale, pk=feed.pk).update(last_used_at=at)
