"""How many people are found across scripts, with how many strangers, and how fast?

Everybody is stored in one form only: Arabic, Russian, Thai and Hebrew names in their own script, the rest in Latin
letters. Names are put together from the pairs of `tests/bench/pairs`; searches are made of the held-out half.
"""

from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from members.actions import refresh_search
from members.models import Member
from members.queries.directory import directory
from members.queries.filters import Filters
from tests import bench
from tests.bench.world import copy_in

PAIRS = Path(bench.__path__[0]) / "pairs"
SHARES = {"arabic": 0.3, "russian": 0.3, "thai": 0.15, "hebrew": 0.1}
SEARCHES = 200
FIRST = 10
HELD_OUT = "held-out"
LATIN_ENDS = "\u0250"
HEAD = f"{'stored, searched':34}{'@1 %':>7}{'@10 %':>7}{'strangers':>11}{'results':>9}{'p50 ms':>8}{'p95 ms':>8}"


@dataclass(frozen=True)
class Sought:
    """A search, the name that it should find as it is stored, and in which table row it counts."""

    row: str
    text: str
    stored: str


@dataclass(frozen=True)
class Answer:
    """The place of the name (0 is the first, -1 nowhere), strangers among the first ten, results, and the time."""

    place: int
    strangers: int
    count: int
    seconds: float


class Command(BaseCommand):
    """Lets the network grow to each size in turn and prints its table."""

    help = "Measures the search by name in an empty database; `python -m tests.bench.names` makes one for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the sizes."""
        parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure each size."""
        rng = Random(7)
        sought = list(searches(rng))
        for size in options["sizes"]:
            seconds = people(rng, size, sought)
            self.stdout.write(f"\n{size:,} members; {seconds:.0f} s for the rows and keys that were missing\n{HEAD}")
            for row, line in results(sought).items():
                self.stdout.write(row.ljust(34) + line)


def tokens(script: str) -> list[dict[str, str]]:
    """Return the pairs of a script, by column name."""
    head, *lines = (PAIRS / f"{script}.tsv").read_text().splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


def searches(rng: Random) -> Iterator[Sought]:
    """Yield searches in Latin letters for names of the held-out half, then one Latin spelling for another."""
    for script in SHARES:
        held = [pair for pair in tokens(script) if pair["half"] == HELD_OUT]
        for _ in range(SEARCHES):
            one, other = rng.choice(held), rng.choice(held)
            stored = f"{one['native']} {other['native']}"
            yield Sought(f"{script}, Latin", f"{one['latin']} {other['latin']}", stored)
            if "spelt" in one:
                yield Sought(f"{script}, as people spell it", f"{one['spelt']} {other['spelt']}", stored)
    for script in ("arabic", "russian"):
        yield from spellings(script, rng)


def spellings(script: str, rng: Random) -> Iterator[Sought]:
    """Yield searches for a Latin name in another Latin spelling: two that have the same native form."""
    same = defaultdict(set)
    for pair in tokens(script):
        if pair["half"] == HELD_OUT:
            same[pair["native"]].add(pair["latin"])
    several = [sorted(forms) for forms in same.values() if len(forms) > 1]
    for _ in range(SEARCHES):
        one, other = (rng.sample(rng.choice(several), 2) for _each in range(2))
        yield Sought(f"Latin, other Latin ({script})", f"{one[0]} {other[0]}", f"{one[1]} {other[1]}")


def people(rng: Random, size: int, sought: list[Sought]) -> float:
    """Fill the network up to a size, those who are sought first; returns the seconds it took."""

    begun = perf_counter()
    there = Member.objects.count()
    wanted = [] if there else list(dict.fromkeys(one.stored for one in sought))
    wanted += invented(rng, size - there - len(wanted))
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


def invented(rng: Random, count: int) -> Iterator[str]:
    """Yield names of two tokens, of both halves, in the shares of the scripts; the rest is Latin."""
    native = {script: [pair["native"] for pair in tokens(script)] for script in SHARES}
    latin = [pair["latin"] for script in SHARES for pair in tokens(script)]
    for script in rng.choices([*SHARES, ""], [*SHARES.values(), 1 - sum(SHARES.values())], k=max(0, count)):
        choice = native.get(script, latin)
        yield f"{rng.choice(choice)} {rng.choice(choice)}"


def results(sought: list[Sought]) -> dict[str, str]:
    """Search for everybody and return the figures of each table row."""
    viewer = Member.objects.with_rights(datetime.now(UTC)).get(pk=1)
    found = defaultdict(list)
    for one in sought:
        found[one.row].append(search(viewer, one))
    return {row: figures(answers) for row, answers in found.items()}


def search(viewer: Member, one: Sought) -> Answer:
    """Search as the directory does, facets included."""
    begun = perf_counter()
    answer = directory(viewer, Filters(q=one.text))
    seconds = perf_counter() - begun
    names = [str(row) for row in answer.page.rows]
    first = names[:FIRST]
    strangers = sum(name != one.stored for name in first)
    return Answer(names.index(one.stored) if one.stored in names else -1, strangers, answer.count, seconds)


def figures(answers: list[Answer]) -> str:
    """Return recall at 1 and 10, strangers among the first ten, results, and times, as one line."""
    first, ten = (100 * sum(0 <= a.place < limit for a in answers) / len(answers) for limit in (1, FIRST))
    strangers, count = (median(values) for values in zip(*((a.strangers, a.count) for a in answers), strict=True))
    cuts = quantiles((1000 * a.seconds for a in answers), n=20, method="inclusive")
    return f"{first:7.1f}{ten:7.1f}{strangers:11.0f}{count:9.0f}{cuts[9]:8.1f}{cuts[18]:8.1f}"
