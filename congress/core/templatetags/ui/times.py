"""How are dates and times written? For people in words, for machines in `datetime`, with the zone named."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from congress.core.templatetags.ui.library import markup, register

DATE_STYLES = {"short": "j M Y", "long": "j F Y", "weekday": "l j F Y", "month": "F Y"}
MINUTE, HOUR, DAY = 60, 3600, 86400


@register.simple_tag(name="date")
def date_tag(value: date, style: str = "short") -> SafeString:
    """Write a day: short (22 Nov 2026), long, weekday or month."""
    day = timezone.localdate(value) if isinstance(value, datetime) else value
    return markup('<time datetime="{}">{}</time>', day.isoformat(), _written(day, style, get_language()))


@register.simple_tag(name="time")
def time_tag(value: datetime, zone: str = "") -> SafeString:
    """Write a time of day in the reader's zone, or in the zone of a place; the zone is in the tooltip."""
    local = _in_zone(value, zone)
    return markup('<time datetime="{}" title="{}">{}</time>', local.isoformat(), _zone_name(local), f"{local:%H:%M}")


@register.simple_tag(name="datetime")
def datetime_tag(value: datetime, zone: str = "") -> SafeString:
    """Write a day and time with the zone named."""
    local = _in_zone(value, zone)
    text = f"{_written(local.date(), 'short', get_language())}, {local:%H:%M}"
    return markup('<time datetime="{}">{} {}</time>', local.isoformat(), text, _zone_name(local))


@register.simple_tag
def date_range(first: date, last: date) -> SafeString:
    """Write a span of days as briefly as it can be read: 3–5 May 2027, 30 April – 2 May 2027."""
    end = date_format(last, DATE_STYLES["long"])
    if first == last:
        text = end
    elif (first.year, first.month) == (last.year, last.month):
        text = f"{first.day}–{end}"
    elif first.year == last.year:
        text = f"{date_format(first, 'j F')} – {end}"
    else:
        text = f"{date_format(first, DATE_STYLES['long'])} – {end}"
    return markup('<time datetime="{}">{}</time>', first.isoformat(), text)


@register.simple_tag
def age(value: datetime, at: datetime) -> SafeString:
    """Say how long ago something was, seen from `at`; after 30 days the date says more."""
    seconds = (at - value).total_seconds()
    if seconds >= 30 * DAY:
        return date_tag(value)
    return markup(
        '<time datetime="{}" title="{}">{}</time>', value.isoformat(), date_format(value, "j M Y, H:i"), _ago(seconds)
    )


@lru_cache(maxsize=4096)
def _written(day: date, style: str, language: str | None) -> str:
    """Return a day in words; a list says the same few days again and again. The language only keys the cache."""
    return date_format(day, DATE_STYLES[style])


def _ago(seconds: float) -> str:
    minutes, hours, days = int(seconds // MINUTE), int(seconds // HOUR), int(seconds // DAY)
    if days > 0:
        return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}
    if hours > 0:
        return ngettext("%(count)s hour ago", "%(count)s hours ago", hours) % {"count": hours}
    if minutes > 0:
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}
    return _("just now")


def _in_zone(value: datetime, zone: str) -> datetime:
    return timezone.localtime(value, ZoneInfo(zone) if zone else None)


def _zone_name(local: datetime) -> str:
    # Zones without letters of their own are called "+07" in the database, which reads like part of the time.
    name = local.tzname() or ""
    return f"UTC{name}" if name.startswith(("+", "-")) else name
