"""Does a month of 1,500 normal members raise no alarm?

The model is generous. Of the members 70 % come on two days a week, 25 % on every working day, 5 % three times a day.
In one visit they search four times (the keen eight times): half of the searches are for a name and show five people,
half are for a facet and show thirty; each opens up to three profiles. Beside a profile stand six colleagues, of a body
of ten, and the four who are shown for its field of expertise, of which there are forty. In the week of the plenary 600
of them look delegates up in six hours of each day, with eight searches an hour. Sixty focal points open the profile of
each of their people, fifty at the most, within one hour. Everybody reads up to six notices in a visit and saves up to
two.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import pytest

from congress.core.budgets import BUDGETS, STOPPED, Budget, spend
from congress.core.models import Entry
from tests import factories
from tests.conftest import NOW

MEMBERS, NOTICES, FOCAL_POINTS, ATTENDEES = 1500, 400, 60, 600
MONTH = [NOW.replace(hour=0) + timedelta(days=day) for day in range(30)]
PLENARY = range(14, 19)

COLLEAGUES, BODY, ALIKE, FIELDS = 6, 10, 4, 40

Visit = dict[Budget, list[int]]


def visit(chance: Random, searches: int) -> Visit:
    """Return what one hour of one member shows them."""
    found = [chance.choices(range(MEMBERS), k=5 if chance.random() < 0.5 else 30) for _ in range(searches)]
    opened = [person for people in found for person in people[: chance.randint(0, 3)]]
    notices = chance.choices(range(NOTICES), k=chance.randint(0, 6))
    return {
        Budget.NAMES: [person for people in [*found, *map(beside, opened)] for person in people],
        Budget.PROFILES: opened,
        Budget.NOTICES: notices,
        Budget.FURTHER_PAGES: [chance.randrange(10_000) for _ in range(searches // 2)],
        Budget.EXPORTS: notices[: chance.randint(0, 2)],
    }


def beside(person: int) -> list[int]:
    """Return whom a profile names besides its own person."""
    first = person // BODY * BODY
    colleagues = [other for other in range(first, first + BODY) if other != person][:COLLEAGUES]
    return colleagues + [(person % FIELDS + FIELDS * turn) % MEMBERS for turn in range(ALIKE)]


def month(member: int) -> Iterator[tuple[datetime, Visit]]:
    """Yield the visits of one member."""
    chance = Random(member)
    times, searches = (3, 8) if member % 20 == 0 else (1, 4)
    every_day = member % 10 < 3
    for number, day in enumerate(MONTH):
        if number in PLENARY and member < ATTENDEES:
            yield from ((day + timedelta(hours=9 + hour), visit(chance, 8)) for hour in range(6))
        elif day.weekday() < (5 if every_day else 2):
            yield from ((day + timedelta(hours=8 + 4 * time), visit(chance, searches)) for time in range(times))
    if member < FOCAL_POINTS:
        yield (
            MONTH[7] + timedelta(hours=17),
            {
                Budget.PROFILES: list(range(50)),
                Budget.NAMES: sorted({other for person in range(50) for other in beside(person)}),
            },
        )


def busiest() -> dict[tuple[Budget, int], Counter[int]]:
    """Return how much each member read at most in an hour and in a day, by budget and seconds."""
    most: dict[tuple[Budget, int], Counter[int]] = defaultdict(Counter)
    for member in range(MEMBERS):
        held: dict[tuple[Budget, int, str], set[int]] = defaultdict(set)
        for at, shown in month(member):
            for budget, things in shown.items():
                for window in BUDGETS[budget]:
                    held[budget, window.seconds, window.name(at)].update(things)
        for (budget, seconds, _name), seen in held.items():
            most[budget, seconds][member] = max(most[budget, seconds][member], len(seen))
    return most


@pytest.fixture(scope="module")
def most() -> dict[tuple[Budget, int], Counter[int]]:
    return busiest()


@pytest.mark.parametrize("budget", Budget)
def test_nobody_of_1500_comes_near_a_budget_in_a_month(most, budget):
    for window in BUDGETS[budget]:
        assert most[budget, window.seconds].most_common(1)[0][1] <= window.limit


def test_month_of_the_busiest_raises_no_alarm(most, settings, db):
    settings.READING_FACTOR = 1
    busy = {person for counts in most.values() for person, _count in counts.most_common(2)}
    for number in busy:
        member = factories.member()
        for at, shown in month(number):
            for budget, things in shown.items():
                spend(member, budget, things, at=at)
    assert not Entry.objects.filter(event=STOPPED).exists()
