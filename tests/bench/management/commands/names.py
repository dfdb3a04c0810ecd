"""How many people are found across scripts, with how many strangers, and how fast?

Everybody is stored in one form only: most in their own script, the rest in Latin letters. A *stranger* on a page is
somebody with another name than the one sought, whatever the spelling; *far* are those of whom no word was sought.
"""

from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from os import getloadavg
from random import Random
from statistics import fmean, quantiles
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from members.actions import refresh_search
from members.models import Member
from members.queries.directory import directory, directory_page
from members.queries.filters import Filters
from members.queries.suggesting import suggestions
from tests.bench.absence import tables_of_absence
from tests.bench.sought import WAYS, Names, Sought, Token, searches, strangers
from tests.bench.world import copy_in

EACH = 30
FIRST = 10
PACED = 30
LATIN_ENDS = "\u0250"
COLUMNS = ("first", *WAYS, "listed", "strangers", "far", "p50 ms", "p95 ms")


@dataclass(frozen=True)
class Answer:
    """The place of the name (0 is the first, -1 nowhere), strangers before it, who is on the page, and the time."""

    place: int
    before: int
    listed: int
    strangers: int
    far: int
    seconds: float


class Command(BaseCommand):
    """Lets the network grow to each size in turn and prints its table."""

    help = "Measures the search by name in an empty database; `python -m tests.bench.names` makes one for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the sizes, and how many searches make one figure."""
        parser.add_argument("sizes", nargs="*", type=int, default=[100_000])
        parser.add_argument("--each", type=int, default=EACH)
        parser.add_argument("--missed", action="store_true", help="print what is not found, too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure each size."""
        rng = Random(7)
        sought = list(searches(rng, options["each"]))
        names: Names = {one.stored: one.tokens for one in sought}
        for size in options["sizes"]:
            seconds = people(rng, size, names)
            self.stdout.write(f"\n{size:,} members; {seconds:.0f} s for the rows and keys that were missing")
            self.stdout.write(f"{'in the first ten of 100':20}" + "".join(f"{name:>10}" for name in COLUMNS))
            found = answers(sought, names)
            for row in dict.fromkeys(one.row for one in sought):
                self.stdout.write(f"{row:20}" + "".join(f"{value:10}" for value in figures(found, row)))
            self.stdout.writelines(tables_of_absence(reader(), sought, names))
            self.stdout.writelines(paces(sought))
            if options["missed"]:
                self.missed(found)

    def missed(self, found: dict[Sought, Answer]) -> None:
        """Print what is not among the first ten."""
        for one, answer in found.items():
            if not 0 <= answer.place < FIRST:
                self.stdout.write(f"{one.row}\t{one.way}\t{one.text}\t{one.stored}\t{answer.place}")


def people(rng: Random, size: int, names: Names) -> float:
    """Fill the network up to a size, those who are sought first; returns the seconds it took."""
    begun = perf_counter()
    there = Member.objects.count()
    wanted = [] if there else list(names)
    for name, tokens in strangers(rng, size - there - len(wanted)):
        names.setdefault(name, tokens)
        wanted.append(name)
    copy_in(Member, (member(there + number, name) for number, name in enumerate(wanted, 1)))
    derive(there)
    return perf_counter() - begun


def member(number: int, name: str) -> Member:
    """Return a member of that name in one form."""
    is_latin = all(letter < LATIN_ENDS for letter in name)
    form = {"latin_name": name, "native_name": ""} if is_latin else {"latin_name": "", "native_name": name}
    return Member(
        pk=number, email=f"{number}@bench.example", standing="member", sector="industry", country="FR",
        joined_on=date(2020, 1, 1), **form,
    )  # fmt: skip


def derive(after: int) -> None:
    """Make the keys as `manage.py members keys` does, and let the planner know the tables."""
    refresh_search(Member.objects.filter(pk__gt=after))
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def answers(sought: Iterable[Sought], names: Names) -> dict[Sought, Answer]:
    """Search for everybody."""
    viewer = reader()
    return {one: search(viewer, one, names) for one in sought}


def reader() -> Member:
    """Return a member who looks for others."""
    return Member.objects.with_rights(datetime.now(UTC)).get(pk=1)


def search(viewer: Member, one: Sought, names: Names) -> Answer:
    """Search as the directory does for its list with the reasons, and look at the first page."""
    begun = perf_counter()
    rows = directory_page(viewer, Filters(q=one.text)).rows
    seconds = perf_counter() - begun
    listed = [str(row) for row in rows]
    shared = [common(names[name], one.tokens) for name in listed]
    is_stranger = [words < len(one.tokens) for words in shared]
    place = listed.index(one.stored) if one.stored in listed else -1
    return Answer(
        place=place,
        before=sum(is_stranger[:place]),
        listed=len(listed),
        strangers=sum(is_stranger),
        far=sum(not words for words in shared),
        seconds=seconds,
    )


def common(person: Sequence[Token], sought: Sequence[Token]) -> int:
    """Return how many of the tokens sought somebody bears, in any script and spelling."""
    return sum(any(is_same(token, other) for other in person) for token in sought)


def is_same(one: Token, other: Token) -> bool:
    """Tell whether two tokens share their native form or a spelling."""
    spellings = {one.latin, *one.spelt} & {other.latin, *other.spelt}
    return one.native.lower() == other.native.lower() or bool(spellings)


def figures(found: dict[Sought, Answer], row: str) -> list[str]:
    """Return a row of the table; *first* is who has no stranger before them."""
    ways = defaultdict(list)
    for one, answer in found.items():
        if one.row == row:
            ways[one.way].append(answer)
    every = [answer for answers in ways.values() for answer in answers]
    page = [f"{fmean(values):.1f}" for values in zip(*((a.listed, a.strangers, a.far) for a in every), strict=True)]
    found_first = share(not answer.before and answer.place >= 0 for answer in ways["official"])
    recalls = [share(0 <= answer.place < FIRST for answer in ways[way]) for way in WAYS]
    return [found_first, *recalls, *page, *pace(answer.seconds for answer in every)]


def paces(sought: Sequence[Sought]) -> Iterator[str]:
    """Yield how long the list with its facets takes, the list alone, and suggestions, for some of the searches."""
    viewer = reader()
    some = Random(8).sample(sought, PACED)
    for name, ask in {
        "list and facets": lambda text: directory(viewer, Filters(q=text)),
        "list": lambda text: directory_page(viewer, Filters(q=text)),
        "suggestions": lambda text: suggestions(viewer, text),
        "suggestions, three letters": lambda text: suggestions(viewer, text[:3]),
    }.items():
        middle, high = pace(map(partial(timed, ask), (one.text for one in some)))
        yield f"{name:30}{middle:>8}{high:>8}  load {getloadavg()[0]:.1f}\n"


def timed(ask: Callable[[str], object], text: str) -> float:
    """Return how many seconds a question takes."""
    begun = perf_counter()
    ask(text)
    return perf_counter() - begun


def pace(seconds: Iterable[float]) -> tuple[str, str]:
    """Return the median and the 95th percentile in milliseconds."""
    cuts = quantiles((1000 * each for each in seconds), n=20, method="inclusive")
    return f"{cuts[9]:.0f}", f"{cuts[18]:.0f}"


def share(answers: Iterable[bool]) -> str:
    """Return how many of a hundred are so."""
    each = list(answers)
    return f"{100 * fmean(each):.1f}" if each else "-"
