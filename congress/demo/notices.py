"""Which notices has the demonstration network written, and where does each of them stand?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from congress.core.labels import Tlp
from congress.core.roles import Role, Standing
from congress.demo.audiences import Readership
from congress.demo.files import with_files, with_stand_in
from congress.demo.notice_text import Setting, sections
from congress.demo.reading import code, dice, read, read_folder
from congress.demo.shapes import Chemical, Edition, Notice, Organisation, Person, Section

# Every twelve notices hold each label at least once.
LABELS = (
    Tlp.GREEN,
    Tlp.AMBER,
    Tlp.AMBER_STRICT,
    Tlp.CLEAR,
    Tlp.RED,
    Tlp.GREEN,
    Tlp.AMBER,
    Tlp.GREEN,
    Tlp.AMBER,
    Tlp.AMBER_STRICT,
    Tlp.GREEN,
    Tlp.AMBER,
)
STRICTER = (Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED)
YEARS = {2018: 4, 2019: 8, 2020: 9, 2021: 10, 2022: 13, 2023: 17, 2024: 19, 2025: 20, 2026: 16}
# The first plenary agreed on notices in October 2018.
FIRST_DAY = date(2018, 11, 2)
# What the newest notices are still waiting for; one in eight is not published yet.
UNFINISHED = (
    "in_review",
    "draft",
    "cleared",
    "returned",
    "draft",
    "in_review",
    "cleared",
    "draft",
    "in_review",
    "returned",
)
ONE_IN_UNFINISHED = 8
FRESH = 4
EXPIRES_AFTER = timedelta(days=5 * 365)
WITHDRAWN, UPDATED, URGENT = 0.08, 0.15, 0.1
FINISHED = {"published", "withdrawn", "expired"}


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a scenario, with the round in which it is told (more than the first only in large networks)."""

    scenario: dict[str, Any]
    number: int
    round: int

    @property
    def content(self) -> dict[str, Any]:
        """Return what the data file says of this case alone."""
        content: dict[str, Any] = self.scenario["case"][self.number]
        return content

    @property
    def title(self) -> str:
        """Return a title that no other notice has."""
        title: str = self.content["title"]
        return title if self.round == 1 else f"{title} (report {self.round})"


class Desk:
    """The people who write, check and publish, and the dice."""

    def __init__(self, rng: Random, people: list[Person]) -> None:
        self.rng = rng
        self.members = [person for person in people if person.standing == Standing.MEMBER]

    @property
    def analysts(self) -> list[str]:
        """Return all analysts, the demonstration accounts first."""
        return [person.email for person in self.members if Role.ANALYST in person.roles]

    def author(self, day: date) -> str:
        """Return an analyst; the two demonstration accounts, which come first, write more than the others."""
        analysts = self._holders(Role.ANALYST, day)
        return self.rng.choice(analysts[:2] if self.rng.random() < 0.35 else analysts)

    def one(self, role: Role, day: date) -> str:
        """Return somebody who holds a role and was a member by then."""
        return self.rng.choice(self._holders(role, day))

    def other_publisher(self, publisher: str, day: date) -> str:
        """Return the publisher who agrees first where two are needed."""
        return next(other for other in self._holders(Role.PUBLISHER, day) if other != publisher)

    def _holders(self, role: Role, day: date) -> list[str]:
        return [person.email for person in self.members if role in person.roles and person.joined_on < day]


def notices(
    seed: int, count: int, people: list[Person], organisations: list[Organisation], today: date
) -> list[Notice]:
    """Return `count` notices, the oldest first; the newest are still on their way to publication."""
    rng = dice(seed, "notices")
    desk, readership = Desk(rng, people), Readership(rng, people, organisations)
    days = _days(rng, count, today)
    cases = _in_order(_cases(rng, count), days)
    unfinished = count // ONE_IN_UNFINISHED
    told = []
    for index, (case, day) in enumerate(zip(cases, days, strict=True)):
        from_end = count - 1 - index
        state = UNFINISHED[from_end % len(UNFINISHED)] if from_end < unfinished else _finished(rng, day, today)
        if "published" in case.content:
            state = "published"
        told.append(_notice(desk, readership, case, LABELS[index % len(LABELS)], day, state))
    return with_files(with_stand_in(_with_examples(told, readership), desk.analysts[0]))


def _with_examples(told: list[Notice], readership: Readership) -> list[Notice]:
    """Return the notices, the newest of each stricter label open to all accounts: who tries them meets every label.

    The newest TLP:GREEN one leaves out one of them, by name.
    """
    newest = {notice.tlp: index for index, notice in enumerate(told) if notice.state == "published"}
    chosen = {newest[tlp]: readership.of_accounts(tlp) for tlp in STRICTER if tlp in newest}
    if Tlp.GREEN in newest:
        chosen[newest[Tlp.GREEN]] = readership.without_one_account()
    return [replace(notice, audience=chosen.get(index, notice.audience)) for index, notice in enumerate(told)]


def _cases(rng: Random, count: int) -> list[Case]:
    """Return enough cases, the one modelled on public facts always among them."""
    scenarios = [scenario for file in read_folder("notices") for scenario in file["scenario"]]
    per_round = sum(len(scenario["case"]) for scenario in scenarios)
    chosen: list[Case] = []
    for number in range(1, 2 + count // per_round):
        cases = [Case(scenario, case, number) for scenario in scenarios for case in range(len(scenario["case"]))]
        rng.shuffle(cases)
        chosen += sorted(cases, key=lambda case: "published" not in case.content) if number == 1 else cases
    return chosen[:count]


def _in_order(cases: list[Case], days: list[date]) -> list[Case]:
    """Return the cases in the order of the days, those that refer to an earlier event not before it."""
    placed: dict[int, Case] = {}
    for case in sorted(cases, key=lambda case: _earliest(case) is None):
        earliest = _earliest(case) or days[0]
        free = [index for index in range(len(days)) if index not in placed]
        placed[next((index for index in free if days[index] >= earliest), free[-1])] = case
    return [placed[index] for index in range(len(days))]


def _earliest(case: Case) -> date | None:
    """Return the day before which the case makes no sense: a public event, or a technology not yet there."""
    earliest: date | None = case.content.get("published") or case.content.get("after") or case.scenario.get("after")
    return earliest


def _days(rng: Random, count: int, today: date) -> list[date]:
    """Return a day for each notice, in order; the last few lie in the week before loading."""
    recent = count // ONE_IN_UNFINISHED + FRESH
    years = rng.choices(list(YEARS), list(YEARS.values()), k=max(0, count - recent))
    last = today - timedelta(days=12)
    past = sorted(_day_of(rng, year, last) for year in years)
    fresh = [today - timedelta(days=5 - index * 4 // recent) for index in range(min(recent, count))]
    return past + fresh


def _day_of(rng: Random, year: int, last: date) -> date:
    first, end = max(date(year, 1, 8), FIRST_DAY), min(date(year, 12, 20), last)
    return first + timedelta(days=rng.randrange(max(1, (end - first).days)))


def _finished(rng: Random, day: date, today: date) -> str:
    if today - day > EXPIRES_AFTER and rng.random() < 0.6:
        return "expired"
    return "withdrawn" if rng.random() < WITHDRAWN and today - day > timedelta(days=90) else "published"


def _notice(desk: Desk, readership: Readership, case: Case, tlp: Tlp, day: date, state: str) -> Notice:
    rng, scenario, content = desk.rng, case.scenario, case.content
    published_on = content.get("published", day) if case.round == 1 else day
    tlp = Tlp.GREEN if "published" in content else tlp
    published_at = datetime.combine(published_on, time(rng.randint(7, 15), rng.randrange(60)), UTC)
    setting = Setting.drawn(rng, scenario, published_at)
    history = _history(rng, state, published_at)
    begun_on = history[0].date()
    publisher = desk.one(Role.PUBLISHER, begun_on) if state in FINISHED else ""
    parts = read("notice_parts")
    return Notice(
        number=f"PN-{history[0]:%Y}-{code(rng, 5)}",
        state=state,
        kind=scenario["kinds"][case.number],
        urgency="urgent" if content.get("urgent") or rng.random() < URGENT else "routine",
        title=case.title,
        topics=tuple(scenario["topics"]),
        countries=setting.countries,
        chemicals=tuple(_chemicals(scenario)),
        tlp=tlp,
        audience=readership.audience(tlp, setting.area, scenario["topics"]),
        author=desk.author(begun_on),
        cleared_by=desk.one(Role.COMPLIANCE_OFFICER, begun_on) if state in FINISHED | {"cleared"} else "",
        published_by=publisher,
        approved_by=desk.other_publisher(publisher, begun_on) if publisher and tlp == Tlp.RED else "",
        created_at=history[0],
        changed_at=history[1],
        published_at=published_at if state in FINISHED else None,
        editions=tuple(_editions(rng, case, tlp, setting, (history[0], published_at), state)),
        withdrawal_reason=rng.choice(parts["withdrawals"]) if state == "withdrawn" else "",
        remark=rng.choice(parts["remarks"]) if state == "returned" else "",
        remark_by=desk.one(Role.COMPLIANCE_OFFICER, begun_on) if state == "returned" else "",
    )


def _history(rng: Random, state: str, published_at: datetime) -> tuple[datetime, datetime]:
    """Return when the notice was begun and when it last changed."""
    begun = published_at - timedelta(hours=rng.randint(30, 200))
    if state == "withdrawn":
        return begun, published_at + timedelta(days=rng.randint(20, 80), minutes=rng.randrange(500))
    return begun, published_at


def _editions(
    rng: Random, case: Case, tlp: Tlp, setting: Setting, span: tuple[datetime, datetime], state: str
) -> Iterator[Edition]:
    """Yield the text, and for some in force the one before; `span` is from the beginning to the last publication."""
    text = sections(rng, case.scenario, case.number, tlp, setting)
    begun, published_at = span
    brought_out = published_at if state in FINISHED else None
    if state != "published" or rng.random() >= UPDATED:
        yield Edition(1, text, begun, brought_out)
        return
    parts, halfway = read("notice_parts"), begun + (published_at - begun) / 2
    yield Edition(1, text, begun, halfway)
    added = _extended(text, rng.choice(parts["additions"]))
    yield Edition(2, added, halfway, brought_out, rng.choice(parts["changes"]))


def _extended(text: tuple[Section, ...], addition: str) -> tuple[Section, ...]:
    return tuple(replace(part, body=f"{part.body}\n\n{addition}") if part.kind == "events" else part for part in text)


def _chemicals(scenario: dict[str, Any]) -> Iterator[Chemical]:
    for name in scenario.get("chemicals", ()):
        yield Chemical(name, read("chemicals")[name])
