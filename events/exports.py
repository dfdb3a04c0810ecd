"""How does a programme become a calendar file?"""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from events.models import Meeting, Release
from events.queries.programme import Item, Programme


def calendar_file(meeting: Meeting, programme: Programme) -> bytes:
    """Return a programme as iCalendar, in the meeting's own time zone with its rules.

    An event keeps its UID from release to release and carries the release's number as SEQUENCE, so that calendars
    replace what they have. Abstracts stay in the portal: a calendar copies itself to places that we don't know.
    Source: RFC 5545.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Congress//Programme//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", meeting.title)
    calendar.add("x-wr-timezone", meeting.time_zone)
    calendar.add_component(_zone_rules(meeting.time_zone, meeting.starts_on.year))
    if programme.release is not None:
        for item in programme.items:
            calendar.add_component(_event(meeting, programme.release, item))
    return bytes(calendar.to_ical())


@lru_cache(maxsize=64)
def _zone_rules(name: str, year: int) -> Timezone:
    return Timezone.from_tzinfo(ZoneInfo(name), name, date(year - 1, 1, 1), date(year + 2, 1, 1))


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
