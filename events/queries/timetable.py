"""How does a programme stand in rows of time and columns of rooms?"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.models import Format, Part
from events.queries.programme import Item

# What a panellist or presenter does is plain from the session's format.
_NAMED_PARTS = (Part.CHAIR, Part.KEYNOTE, Part.RAPPORTEUR)


@dataclass(frozen=True, slots=True)
class Cell:
    """A session in words, over as many rows and columns as it takes; without a title an empty place."""

    public_id: str = ""
    title: str = ""
    kind: str = ""
    format: str = ""
    clock: str = ""
    room: str = ""
    speakers: str = ""
    tlp: str = ""
    is_break: bool = False
    is_chatham_house: bool = False
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """Everything that begins at one instant."""

    starts_at: datetime
    clock: str
    reader_clock: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the programme in the clock of the place; columns without a name are for sessions without a room."""

    day: date
    offset: str
    columns: list[str]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class _Place:
    item: Item
    rows: range
    columns: range


@dataclass(frozen=True, slots=True)
class _Words:
    # Said once for each page, not once for each session.
    formats: dict[str, str]
    parts: dict[str, str]


def timetable(items: Iterable[Item], zone: ZoneInfo, reader_zone: ZoneInfo | None = None) -> list[Day]:
    """Set items (in order of time) into one table for each day on which something begins.

    Rows are the instants at which something begins, so a session that runs past the next one spans rows. Columns are
    the rooms in use. A session without a room spans them all if it is alone at its time, and has a column if not.
    """
    by_day: dict[date, list[Item]] = defaultdict(list)
    for item in items:
        by_day[item.starts_at.astimezone(zone).date()].append(item)
    words = _Words(*({value: str(label) for value, label in choices} for choices in (Format.choices, Part.choices)))
    return [_day(day, by_day[day], (zone, reader_zone), words) for day in sorted(by_day)]


def offset_of(at: datetime, zone: ZoneInfo) -> str:
    """Return how a zone's clock stands at an instant, like UTC+07:00."""
    digits = at.astimezone(zone).strftime("%z")
    return f"UTC{digits[:3]}:{digits[3:5]}"


def _day(day: date, items: Sequence[Item], zones: tuple[ZoneInfo, ZoneInfo | None], words: _Words) -> Day:
    zone, reader_zone = zones
    starts = sorted({item.starts_at for item in items})
    columns, places = _placed(items, starts)
    cells: dict[tuple[int, int], Cell | None] = {}
    for place in places:
        cells |= {(row, column): None for row in place.rows for column in place.columns}
        cells[place.rows[0], place.columns[0]] = _cell(place, zone, words)
    rows = [
        Row(
            start, f"{start.astimezone(zone):%H:%M}", _reader_clock(start, zone, reader_zone), _row(cells, row, columns)
        )
        for row, start in enumerate(starts)
    ]
    return Day(day, offset_of(starts[0], zone), columns, rows)


def _row(cells: dict[tuple[int, int], Cell | None], row: int, columns: Sequence[str]) -> list[Cell]:
    found = (cells.get((row, column), _EMPTY) for column in range(len(columns)))
    return [cell for cell in found if cell is not None]


_EMPTY = Cell()


def _placed(items: Sequence[Item], starts: Sequence[datetime]) -> tuple[list[str], list[_Place]]:
    rooms = sorted({(item.room_position or 0, item.room, item.room_name or "") for item in items if item.room})
    column_of = {room: column for column, (_position, room, _name) in enumerate(rooms)}
    rows_of = [range(bisect_left(starts, item.starts_at), bisect_left(starts, item.ends_at)) for item in items]
    lanes: list[int] = []

    def columns_of(item: Item, rows: range) -> range:
        if item.room is not None:
            column = column_of[item.room]
        elif _is_alone(rows, rows_of):
            return range(0)
        else:
            column = len(rooms) + _free_lane(lanes, rows)
        return range(column, column + 1)

    columns = [columns_of(item, rows) for item, rows in zip(items, rows_of, strict=True)]
    names = [name for _position, _room, name in rooms] + [""] * len(lanes) or [""]
    every = range(len(names))
    return names, [_Place(*place) for place in zip(items, rows_of, (own or every for own in columns), strict=True)]


def _is_alone(rows: range, all_rows: Iterable[range]) -> bool:
    return sum(rows.start < other.stop and other.start < rows.stop for other in all_rows) == 1


def _free_lane(lanes: list[int], rows: range) -> int:
    """Return the first column whose last session has ended, or a new one; `lanes` holds where each ends."""
    for lane, ends in enumerate(lanes):
        if ends <= rows.start:
            lanes[lane] = rows.stop
            return lane
    lanes.append(rows.stop)
    return len(lanes) - 1


def _cell(place: _Place, zone: ZoneInfo, words: _Words) -> Cell:
    item = place.item
    return Cell(
        public_id=item.public_id,
        title=item.title,
        kind=item.format,
        format=words.formats[item.format],
        clock=_clock(item, zone),
        room=item.room_name or "",
        speakers=", ".join(_with_part(name, part, words) for name, part in item.speakers),
        tlp=item.tlp,
        is_break=item.is_break,
        is_chatham_house=item.is_chatham_house,
        row_span=len(place.rows),
        column_span=len(place.columns),
    )


def _with_part(name: str, part: str, words: _Words) -> str:
    return f"{name} ({words.parts[part]})" if part in _NAMED_PARTS else name


def _clock(item: Item, zone: ZoneInfo) -> str:
    starts, ends = item.starts_at.astimezone(zone), item.ends_at.astimezone(zone)
    clock = f"{starts:%H:%M}–{ends:%H:%M}"
    if ends.date() == starts.date():
        return clock
    return _("%(clock)s (next day)") % {"clock": clock}


def _reader_clock(start: datetime, zone: ZoneInfo, reader_zone: ZoneInfo | None) -> str:
    if reader_zone is None:
        return ""
    local = start.astimezone(reader_zone)
    return date_format(local, "H:i" if local.date() == start.astimezone(zone).date() else "D H:i")
