"""Does a programme stand in the right rows, columns and days?"""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from events.queries.programme import Item
from events.queries.timetable import Day, timetable

NAIROBI = ZoneInfo("Africa/Nairobi")
serial = count(1)


def item(title: str, starts: str, minutes: int, room: int | None = 1, **fields: Any) -> Item:
    begin = datetime.fromisoformat(starts).replace(tzinfo=UTC)
    values: dict[str, Any] = {
        "speakers": (),
        "session": next(serial),
        "public_id": title,
        "title": title,
        "format": "panel",
        "tlp": "TLP:CLEAR",
        "is_chatham_house": False,
        "track": None,
        "track_name": None,
        "room": room,
        "room_name": f"Room {room}" if room else None,
        "room_position": room,
        "starts_at": begin,
        "ends_at": begin + timedelta(minutes=minutes),
    }
    return Item(**{**values, **fields})


def drawn(day: Day) -> list[str]:
    """Write a day as lines: the time, then each cell as title×rows×columns, or a dot."""
    return [
        " ".join([row.clock, *(f"{c.title}x{c.row_span}x{c.column_span}" if c.title else "." for c in row.cells)])
        for row in day.rows
    ]


def test_timetable_sets_rooms_beside_each_other_in_their_order():
    [day] = timetable(
        [item("B", "2027-04-12 06:00", 60, 2), item("A", "2027-04-12 06:00", 60, 1)], NAIROBI
    )  # fmt: skip
    assert day.columns == ["Room 1", "Room 2"]
    assert drawn(day) == ["09:00 Ax1x1 Bx1x1"]


def test_timetable_lets_long_sessions_span_rows_and_leaves_empty_places():
    items = [
        item("Long", "2027-04-12 06:00", 180, 1),
        item("Short", "2027-04-12 06:00", 60, 2),
        item("Next", "2027-04-12 08:00", 60, 3),
    ]
    [day] = timetable(items, NAIROBI)
    assert drawn(day) == ["09:00 Longx2x1 Shortx1x1 .", "11:00 . Nextx1x1"]


def test_timetable_lets_a_break_without_a_room_span_all_rooms():
    items = [
        item("A", "2027-04-12 06:00", 60, 1),
        item("B", "2027-04-12 06:00", 60, 2),
        item("Coffee", "2027-04-12 07:00", 30, None),
        item("C", "2027-04-12 07:30", 60, 2),
    ]
    [day] = timetable(items, NAIROBI)
    assert drawn(day) == ["09:00 Ax1x1 Bx1x1", "10:00 Coffeex1x2", "10:30 . Cx1x1"]


def test_timetable_gives_roomless_sessions_that_are_not_alone_a_column():
    items = [
        item("A", "2027-04-12 06:00", 120, 1),
        item("Tour", "2027-04-12 06:00", 60, None),
        item("Walk", "2027-04-12 06:00", 120, None),
        item("Talk", "2027-04-12 07:00", 60, None),
    ]
    [day] = timetable(items, NAIROBI)
    assert day.columns == ["Room 1", "", ""]
    assert drawn(day) == ["09:00 Ax2x1 Tourx1x1 Walkx2x1", "10:00 Talkx1x1"]


def test_timetable_of_sessions_without_any_room_has_one_column():
    [day] = timetable([item("Opening", "2027-04-12 06:00", 60, None)], NAIROBI)
    assert (day.columns, drawn(day)) == ([""], ["09:00 Openingx1x1"])


def test_timetable_keeps_a_session_past_midnight_on_the_day_on_which_it_begins():
    [day] = timetable([item("Night", "2027-04-12 20:00", 120)], NAIROBI)
    assert day.day == date(2027, 4, 12)
    assert day.rows[0].cells[0].clock == "23:00–01:00 (next day)"


def test_timetable_divides_days_by_the_clock_of_the_place():
    items = [item("Evening", "2027-04-12 20:59", 30), item("After midnight", "2027-04-12 21:00", 30)]
    assert [day.day for day in timetable(items, NAIROBI)] == [date(2027, 4, 12), date(2027, 4, 13)]


def test_timetable_says_how_the_clock_stands_on_each_day():
    items = [item("Summer", "2026-10-24 08:00", 60), item("Winter", "2026-10-25 08:00", 60)]
    days = timetable(items, ZoneInfo("Europe/Paris"))
    assert [(day.offset, day.rows[0].clock) for day in days] == [("UTC+02:00", "10:00"), ("UTC+01:00", "09:00")]


def test_timetable_keeps_the_hour_apart_that_comes_twice():
    # 02:30 in Paris, first in summer time, an hour later in winter time.
    items = [item("First", "2026-10-25 00:30", 30), item("Second", "2026-10-25 01:30", 30)]
    [day] = timetable(items, ZoneInfo("Europe/Paris"))
    assert drawn(day) == ["02:30 Firstx1x1", "02:30 Secondx1x1"]


def test_timetable_shows_the_readers_clock_with_the_day_where_it_differs():
    items = [item("Early", "2027-04-12 02:00", 30), item("Noon", "2027-04-12 09:00", 30)]
    [day] = timetable(items, NAIROBI, ZoneInfo("America/Lima"))
    assert [row.reader_clock for row in day.rows] == ["Sun 21:00", "04:00"]


def test_timetable_calls_a_keynote_a_keynote_and_its_speaker_a_speaker():
    keynote = item("A", "2027-04-12 06:00", 60, format="keynote", speakers=(("Ana Kovač", "keynote"),))
    [cell] = timetable([keynote], NAIROBI)[0].rows[0].cells
    assert (cell.format, cell.speakers) == ("Keynote", "Ana Kovač (Keynote speaker)")


def test_timetable_names_the_parts_that_the_format_does_not_say():
    speakers = (("Ana Kovač", "chair"), ("Bo Ito", "panellist"), ("Chi Ndu", "rapporteur"))
    [day] = timetable([item("A", "2027-04-12 06:00", 60, speakers=speakers)], NAIROBI)
    assert day.rows[0].cells[0].speakers == "Ana Kovač (Chair), Bo Ito, Chi Ndu (Rapporteur)"
