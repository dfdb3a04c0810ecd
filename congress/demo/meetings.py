"""When did the demonstration network meet, who came, and who spoke?"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from congress.core.roles import Standing
from congress.demo.reading import code, dice, read
from congress.demo.shapes import Appearance, Meeting, Person, Registration, Room, Session, Track

PAST = ("meetings/2018", "meetings/2019", "meetings/2022", "meetings/2023")
UPCOMING = "meetings/upcoming"
FULL_NETWORK = 1500
FEWEST_DELEGATES = 24
WEEKS_AHEAD = 21
TUESDAY = 1
PARTS = {
    "ceremony": ("chair", "presenter"),
    "keynote": ("chair", "keynote"),
    "panel": ("chair", "panellist", "panellist", "panellist", "rapporteur"),
    "workshop": ("presenter", "presenter", "rapporteur"),
    "case_study": ("chair", "presenter"),
    "break": (),
}
LABELS = {"ceremony": "CLEAR", "keynote": "CLEAR", "break": "CLEAR"}
STATES_BEFORE = {"confirmed": 62, "applied": 26, "offered": 3, "withdrawn": 6, "refused": 3}
NEEDS = (
    "Vegetarian meals.",
    "Step-free access to the stage.",
    "Interpretation into French.",
    "A quiet room for prayer.",
)
# Accounts that are already on the list of the upcoming plenary; all others can try the registration themselves.
REGISTERED_ACCOUNTS = ("focal@", "member.international@")


@dataclass
class Plan:
    """One meeting in the making: its data file, its dice, and who has already been asked to speak."""

    content: dict[str, Any]
    rng: Random
    first_day: date
    delegates: list[Person]
    appearances: Counter[str] = field(default_factory=Counter)

    def instant(self, day: int, at: time) -> datetime:
        """Return an instant of the meeting's own clock, in UTC."""
        local = datetime.combine(self.first_day + timedelta(days=day - 1), at, ZoneInfo(self.content["time_zone"]))
        return local.astimezone(UTC)

    def span(self, written: str) -> tuple[datetime, datetime]:
        """Return from when to when "1 09:00 60" lasts: the first day at nine, for an hour."""
        day, clock, minutes = written.split()
        starts_at = self.instant(int(day), time.fromisoformat(clock))
        return starts_at, starts_at + timedelta(minutes=int(minutes))


def meetings(seed: int, people: list[Person], today: date) -> list[Meeting]:
    """Return the past plenaries and the one that is open for registration, the oldest first."""
    past = [_past(seed, name, people) for name in PAST]
    return [*past, _upcoming(seed, people, today)]


def _past(seed: int, name: str, people: list[Person]) -> Meeting:
    content, rng = read(name), dice(seed, name)
    first_day: date = content["first_day"]
    were_members = (Standing.MEMBER, Standing.LAPSED, Standing.FORMER)
    eligible = [person for person in people if person.standing in were_members and person.joined_on < first_day]
    plan = Plan(content, rng, first_day, _delegates(rng, eligible, content, len(people)))
    registrations = [_attendance(plan, person) for person in plan.delegates]
    return _meeting(plan, registrations, released_on=first_day - timedelta(days=30))


def _upcoming(seed: int, people: list[Person], today: date) -> Meeting:
    content, rng = read(UPCOMING), dice(seed, UPCOMING)
    first_day = today + timedelta(weeks=WEEKS_AHEAD, days=(TUESDAY - today.weekday()) % 7)
    accounts = {entry["mailbox"] + "@" for entry in read("accounts")["account"]} - set(REGISTERED_ACCOUNTS)
    eligible = [
        person
        for person in people
        if person.standing == Standing.MEMBER and not person.email.startswith(tuple(sorted(accounts)))
    ]
    asking = _delegates(rng, eligible, content, len(people))
    registrations = [_application(rng, person, today) for person in asking]
    seated = {registration.person for registration in registrations if registration.state == "confirmed"}
    plan = Plan(content, rng, first_day, [person for person in asking if person.email in seated])
    return _meeting(plan, registrations, released_on=today - timedelta(days=9))


def _delegates(rng: Random, eligible: list[Person], content: dict[str, Any], member_count: int) -> list[Person]:
    """Return delegates from as many countries as the meeting had, with at least its share of women."""
    count = max(FEWEST_DELEGATES, content["delegates"] * min(member_count, FULL_NETWORK) // FULL_NETWORK)
    by_country: dict[str, list[Person]] = defaultdict(list)
    for person in rng.sample(eligible, len(eligible)):
        by_country[person.country].append(person)
    countries = sorted(by_country, key=lambda country: (-len(by_country[country]), country))[: content["countries"]]
    chosen = [by_country[country].pop() for country in countries][:count]
    others = [person for country in countries for person in by_country[country]]
    rng.shuffle(others)
    women_missing = ceil(content["women"] * count) - sum(person.gender == "f" for person in chosen)
    first = [person for person in others if person.gender == "f"][: max(0, women_missing)]
    rest = [person for person in others if person not in first]
    return (chosen + first + rest)[:count]


def _attendance(plan: Plan, person: Person) -> Registration:
    before = timedelta(days=plan.rng.randint(25, 150))
    applied = plan.instant(1, time(9, 0)) - before
    state = "absent" if plan.rng.random() < 0.04 else "attended"
    return Registration(person.email, state, applied, applied + timedelta(days=plan.rng.randint(1, 14)))


def _application(rng: Random, person: Person, today: date) -> Registration:
    state = rng.choices(list(STATES_BEFORE), list(STATES_BEFORE.values()))[0]
    if person.email.startswith(REGISTERED_ACCOUNTS):
        state = "confirmed"
    minutes_ago = rng.randint(120, 28 * 24 * 60)
    applied = datetime.combine(today, time(0, 0), UTC) - timedelta(minutes=minutes_ago)
    decided = None if state == "applied" else applied + timedelta(minutes=rng.randint(60, minutes_ago))
    return Registration(person.email, state, applied, decided, rng.choice(NEEDS) if rng.random() < 0.08 else "")


def _meeting(plan: Plan, registrations: list[Registration], released_on: date) -> Meeting:
    content, first = plan.content, plan.first_day
    sessions = tuple(session for block in content["block"] for session in _block(plan, block))
    midnight = datetime.combine(first, time(0, 0), UTC)
    last = max(int(block["at"].split()[0]) for block in content["block"])
    return Meeting(
        slug=content["slug"].format(year=first.year),
        title=content["title"].format(year=first.year),
        theme=content["theme"],
        summary=content["summary"],
        story=content["story"].strip(),
        venue=content["venue"],
        address=content["address"],
        city=content["city"],
        country=content["country"],
        time_zone=content["time_zone"],
        starts_on=first,
        ends_on=first + timedelta(days=last - 1),
        capacity=content["capacity"],
        registration_opens_at=midnight - timedelta(weeks=WEEKS_AHEAD + 6),
        registration_closes_at=midnight - timedelta(weeks=3),
        released_at=datetime.combine(released_on, time(10, 0), UTC),
        rooms=tuple(Room(name, seats) for name, seats in content["rooms"]),
        tracks=tuple(Track(slug, name) for slug, name in content["tracks"].items()),
        sessions=sessions,
        draft=_draft(plan, sessions),
        registrations=tuple(registrations),
    )


def _draft(plan: Plan, sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """Return the sessions as the next release will place them: one gone, some moved, one new."""
    changes = plan.content.get("draft")
    if changes is None:
        return ()
    kept = (session for session in sessions if session.title not in changes["gone"])
    new = (session for block in changes["block"] for session in _block(plan, block))
    return (*(_moved(plan, session, changes["moved"]) for session in kept), *new)


def _moved(plan: Plan, session: Session, moved: dict[str, str]) -> Session:
    if session.title not in moved:
        return session
    starts_at, ends_at = plan.span(moved[session.title])
    return replace(session, starts_at=starts_at, ends_at=ends_at)


def _block(plan: Plan, block: dict[str, Any]) -> Iterator[Session]:
    """Yield the sessions of one block, which run in parallel: nobody speaks in two of them."""
    starts_at, ends_at = plan.span(block["at"])
    busy: set[str] = set()
    for entry, (room, _seats) in zip(block["session"], plan.content["rooms"], strict=False):
        kind = next(key for key in PARTS if key in entry)
        yield Session(
            public_id=code(plan.rng).lower(),
            title=entry[kind],
            abstract=entry.get("abstract", ""),
            format=kind,
            track=entry.get("track", ""),
            tlp=f"TLP:{entry.get('tlp', LABELS.get(kind, 'GREEN'))}",
            room="" if kind == "break" else room,
            starts_at=starts_at,
            ends_at=ends_at,
            appearances=_appearances(plan, PARTS[kind], set(entry.get("fields", ())), busy),
        )


def _appearances(plan: Plan, parts: tuple[str, ...], fields: set[str], busy: set[str]) -> tuple[Appearance, ...]:
    found = [Appearance(person.email, part) for part in parts if (person := _speaker(plan, fields, busy))]
    return tuple(found)


def _speaker(plan: Plan, fields: set[str], busy: set[str]) -> Person | None:
    """Return the free delegate who knows most about the subject and has spoken least."""
    free = [person for person in plan.delegates if person.email not in busy]
    if not free:
        return None
    chosen = min(
        free,
        key=lambda person: (
            plan.appearances[person.email],
            -len(fields.intersection(person.expertise)),
            plan.rng.random(),
        ),
    )
    busy.add(chosen.email)
    plan.appearances[chosen.email] += 1
    return chosen
