"""Whose calendar asks, and what does it get?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from congress.core.identifiers import token_digest
from congress.core.labels import Tlp
from events.models import REGISTRATION_STATES, CalendarFeed, Meeting, MeetingQuerySet, Registration
from events.policies import can_make_feed, feeds_of, registrations_visible_to, visible_to
from events.queries.programme import Item, Programme, programme
from members.models import Member

KEPT_FOR = timedelta(days=90)
# Source: decision 0032. A calendar copies itself to places that we don't know, as mail does (decision 0009).
IN_WORDS = frozenset({Tlp.CLEAR, Tlp.GREEN})


@dataclass(frozen=True)
class OwnMeeting:
    """A meeting of the member's, and as much of its programme as a calendar may say."""

    meeting: Meeting
    registration: Registration
    programme: Programme

    @property
    def has_seat(self) -> bool:
        """Tell whether it is certain that the member goes."""
        return self.registration.allows("holds_seat")


def own_feeds(viewer: Member) -> list[CalendarFeed]:
    """Return a member's addresses by name."""
    return list(feeds_of(viewer).order_by("name"))


def feed_behind(token: str, at: datetime) -> tuple[CalendarFeed, Member] | None:
    """Return which address this is and whose, if it opens anything now; two queries.

    No address carries a role: an organiser's calendar reads like any member's.
    """
    feed = CalendarFeed.objects.filter(digest=token_digest(token)).first()
    if feed is None:
        return None
    member = Member.objects.with_rights(at).get(pk=feed.member_id)
    vars(member)["loaded_roles"] = []
    return (feed, member) if feed.is_alive_for(member) and can_make_feed(member) else None


def own_meetings(viewer: Member, at: datetime) -> list[OwnMeeting]:
    """Return a member's meetings from ninety days back on, in order of time; three queries more for each with a seat.

    The programme stands there for those who have a seat.
    """
    open_states = REGISTRATION_STATES.having("is_open")
    rows = registrations_visible_to(viewer).filter(member=viewer, state__in=open_states)
    meetings = _recent(visible_to(viewer), at)
    found = rows.filter(meeting__in=meetings).select_related("meeting").order_by("meeting__starts_on", "pk")
    return [OwnMeeting(row.meeting, row, _said(viewer, row)) for row in found]


def _recent(meetings: MeetingQuerySet, at: datetime) -> MeetingQuerySet:
    return meetings.filter(ends_on__gte=(at - KEPT_FOR).date())


def _said(viewer: Member, registration: Registration) -> Programme:
    if not registration.allows("holds_seat"):
        return Programme(None, [])
    whole = programme(viewer, registration.meeting)
    return replace(whole, items=list(_in_words(item for item in whole.items if not item.is_break)))


def _in_words(items: Iterable[Item]) -> Iterable[Item]:
    for item in items:
        if Tlp(item.tlp) in IN_WORDS:
            yield item
        else:
            yield replace(item, title=_("A session; its title stands in the portal"), speakers=())
