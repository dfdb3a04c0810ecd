"""How does a programme, or what is a member's of several, become a calendar file?"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from events.models import Meeting, Release
from events.queries.feeds import OwnMeeting
from events.queries.programme import Item, Programme


def calendar_file(meeting: Meeting, programme: Programme) -> bytes:
    """Return a programme as iCalendar, in the meeting's own time zone with its rules.

    An event keeps its UID from release to release and carries the release's number as SEQUENCE, so that calendars
    replace what they have. Abstracts stay in the portal: a calendar copies itself to places that we don't know.
    Source: RFC 5545.
    """
    calendar = _calendar(meeting.title)
    calendar.add("x-wr-timezone", meeting.time_zone)
    calendar.add_component(_zone_rules(meeting.time_zone, meeting.starts_on.year, meeting.starts_on.year))
    for event in _sessions(meeting, programme):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def own_calendar(meetings: Sequence[OwnMeeting]) -> bytes:
    """Return a member's meetings as iCalendar: each in whole days, and the sessions in its own time zone.

    A session has the UID that it has in the file of the programme, so that a calendar that holds both shows it once.
    Source: RFC 5545.
    """
    calendar = _calendar(_("Congress: my meetings"))
    years: dict[str, set[int]] = defaultdict(set)
    for own in meetings:
        years[own.meeting.time_zone].add(own.meeting.starts_on.year)
    for name, named in sorted(years.items()):
        calendar.add_component(_zone_rules(name, min(named), max(named)))
    for own in meetings:
        calendar.add_component(_days(own))
        for event in _sessions(own.meeting, own.programme):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def feed_address(token: str) -> str:
    """Return the address that a calendar asks."""
    return settings.SITE_URL + reverse("events:calendar_feed", args=[token])


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Congress//Programme//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    return calendar


@lru_cache(maxsize=64)
def _zone_rules(name: str, first_year: int, last_year: int) -> Timezone:
    return Timezone.from_tzinfo(ZoneInfo(name), name, date(first_year - 1, 1, 1), date(last_year + 2, 1, 1))


def _days(own: OwnMeeting) -> Event:
    meeting, event = own.meeting, Event()
    event.add("uid", f"{meeting.slug}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", own.registration.decided_at or own.registration.applied_at)
    event.add("dtstart", meeting.starts_on)
    event.add("dtend", meeting.ends_on + timedelta(days=1))
    event.add("summary", meeting.title)
    event.add("location", ", ".join([meeting.venue, meeting.city]))
    event.add("status", "CONFIRMED" if own.has_seat else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("url", settings.SITE_URL + reverse("events:meeting", args=[meeting.slug]))
    return event


def _sessions(meeting: Meeting, programme: Programme) -> Iterator[Event]:
    if programme.release is not None:
        for item in programme.items:
            yield _event(meeting, programme.release, item)


def _event(meeting: Meeting, release: Release, item: Item) -> Event:
    event = Event()
    event.add("uid", f"{item.public_id}@{settings.MAIL_DOMAIN}")
    event.add("dtstamp", release.released_at)
    event.add("sequence", release.number)
    event.add("dtstart", item.starts_at.astimezone(meeting.zone))
    event.add("dtend", item.ends_at.astimezone(meeting.zone))
    event.add("summary", item.title if item.is_break else f"[{item.tlp}] {item.title}")
    event.add("location", ", ".join(filter(None, [item.room_name, meeting.venue, meeting.city])))
    if not item.is_break:
        address = settings.SITE_URL + reverse("events:session", args=[meeting.slug, item.public_id])
        event.add("description", _description(item, address))
        event.add("url", address)
    return event


def _description(item: Item, address: str) -> str:
    lines = [item.tlp]
    if item.is_chatham_house:
        lines.append(_("Held under the Chatham House Rule."))
    lines += [name for name, _part in item.speakers]
    return "\n".join([*lines, address])
