"""How do the members of the demonstration network reach each other?"""

from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from random import Random
from typing import Any

from congress.demo.reading import code, dice, read
from congress.demo.shapes import Conversation, Introduction, Need, Person, Reaching, Search

DAY = timedelta(days=1)
TARGETS = ("topics", "expertise", "regions", "countries", "languages")


def reaching(seed: int, people: list[Person], today: date) -> Reaching:
    """Return what members wrote to each other, asked for and kept, as it stands on a day, the oldest first."""
    told, rng = read("reaching"), dice(seed, "reaching")
    addresses = {person.email.partition("@")[0]: person.email for person in people}
    needs = (_need(entry, addresses, rng, today) for entry in told["need"])
    introductions = (_introduction(entry, addresses, rng, today) for entry in told["introduction"])
    return Reaching(
        needs=tuple(sorted(needs, key=attrgetter("opened_at"))),
        introductions=tuple(sorted(introductions, key=attrgetter("asked_at"))),
        conversations=tuple(_conversation(entry, addresses, rng, today) for entry in told["conversation"]),
        searches=tuple(
            Search(addresses[entry["member"]], entry["name"], entry["query"], _days_ago(today, entry["days"], rng))
            for entry in told["search"]
        ),
    )


def _need(entry: dict[str, Any], addresses: dict[str, str], rng: Random, today: date) -> Need:
    opened_at = _days_ago(today, entry["days"], rng)
    return Need(
        public_id=code(rng).lower(),
        asker=addresses[entry["asker"]],
        title=entry["title"],
        text=entry["text"],
        targets={name: tuple(entry.get(name, ())) for name in TARGETS},
        opened_at=opened_at,
        ends_on=opened_at.date() + entry["lasts"] * DAY,
        state=entry.get("state", "open"),
        answers=tuple(entry.get("answers", ())),
        reason=entry.get("reason", ""),
        report=entry.get("report", ""),
    )


def _introduction(entry: dict[str, Any], addresses: dict[str, str], rng: Random, today: date) -> Introduction:
    return Introduction(
        public_id=code(rng).lower(),
        asker=addresses[entry["asker"]],
        introducer=addresses[entry["introducer"]],
        wanted=addresses[entry["wanted"]],
        state=entry.get("state", "asked"),
        reason=entry["reason"],
        recommendation=entry.get("recommendation", ""),
        asked_at=_days_ago(today, entry["days"], rng),
    )


def _conversation(entry: dict[str, Any], addresses: dict[str, str], rng: Random, today: date) -> Conversation:
    return Conversation(
        public_id=code(rng).lower(),
        opener=addresses[entry["opener"]],
        answerer=addresses[entry["answerer"]],
        opened_at=_days_ago(today, entry["days"], rng),
        lines=tuple(entry["lines"]),
        shown=entry.get("shown", ""),
        report=entry.get("report", ""),
    )


def _days_ago(today: date, days: int, rng: Random) -> datetime:
    return datetime.combine(today - days * DAY, time(7, rng.randrange(60)), UTC)
