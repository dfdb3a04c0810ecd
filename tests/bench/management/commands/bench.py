"""How fast are the pages? The part of the benchmark that runs inside Django; `python -m tests.bench` calls it."""

import json
import os
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from django.core.management.base import BaseCommand

from congress.core import env, wall
from congress.core.roles import Role
from tests.bench import archive, cases, nights, pages, report, world
from tests.bench.measure import Figures, measure, publishing

Result = TypeVar("Result")


class Command(BaseCommand):
    """Measure the pages of a web server that runs, at several sizes of the network."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bind", help="where the web server listens, as host:port")
        parser.add_argument("bind_of_owner", help="where another one listens that reads without the second wall")
        parser.add_argument("results", type=Path, help="the JSON file to write")

    def handle(self, *args: Any, bind: str, bind_of_owner: str, results: Path, **options: Any) -> None:
        self.seconds: dict[str, float] = {}
        self.load, self.sizes = os.getloadavg()[0], Sizes.chosen()
        with wall.reading_as_portal("the benchmark makes its world and chooses its pages"):
            parts = self.measured(bind, bind_of_owner)
        self.tell(results, parts)

    def measured(self, bind: str, bind_of_owner: str) -> dict[str, list[report.Row]]:
        """Measure one part after the other, in a world that grows."""
        sizes = self.sizes
        ask = partial(measure, bind=bind, rounds=sizes.rounds)
        without_wall = partial(measure, bind=bind_of_owner, rounds=sizes.rounds, inside=False)
        slug = self.timed("a programme of 300 sessions in 12 rooms", world.large_programme)
        small = self.part("demonstration", lambda: ask(pages.demonstration(slug)))
        self.timed(f"{cases.CASES:,} open cases", cases.grow)
        desk = self.part("desk", lambda: ask(pages.desk()))
        self.timed(f"growing to {sizes.notices:,} notices", lambda: archive.grow(0, sizes.notices))
        cleared = archive.wait_for_publication(sizes.rounds + 1)
        listed = self.part("notices", lambda: ask(pages.archive()))
        plain = self.part("wall off", lambda: without_wall(pages.archive()))
        self.published = publishing(pages.holder(Role.PUBLISHER), cleared[1:])
        self.timed(f"growing to {sizes.archive:,} notices", lambda: archive.grow(sizes.notices, sizes.archive))
        vast = self.part("archive", lambda: ask([*pages.floors(pages.reader()), *pages.scaled()]))
        self.timed(f"growing to {sizes.searched:,} members", lambda: world.grow(sizes.searched))
        searches = self.part("searches", lambda: ask(pages.searches()))
        self.timed(f"growing to {sizes.members:,} members", lambda: world.grow(sizes.members))
        large = self.part("large", lambda: ask(pages.large()))
        self.nights = self.timed("nights with everybody due on one day", nights.seconds_of_nights)
        parts = {"demonstration": small, "desk": desk, "notices": listed, "wall off": plain}
        return {**parts, "archive": vast, "searches": searches, "large": large}

    def part(self, name: str, ask: Callable[[], list[Figures]]) -> list[report.Row]:
        """Measure one part and print its table at once: what comes after it may not end."""
        title = self.sizes.titles[name]
        rows = report.rows(self.timed(title, ask))
        self.stdout.write(report.table(title, rows))
        self.stdout.flush()
        return rows

    def timed(self, name: str, action: Callable[[], Result]) -> Result:
        """Do one part and say how long it took."""
        began = monotonic()
        result = action()
        self.seconds[name] = round(monotonic() - began, 1)
        self.stdout.write(f"{name}: {self.seconds[name]} s")
        self.stdout.flush()
        return result

    def tell(self, results: Path, parts: dict[str, list[report.Row]]) -> None:
        """Print the bars, and leave everything as JSON."""
        judged = report.bars(parts, self.published, self.nights, self.sizes.titles)
        for text in ("", report.disturbance(self.load), "", *map(str, judged)):
            self.stdout.write(text)
        found = report.as_json(parts, judged, self.seconds, self.load)
        results.write_text(json.dumps(found, indent=1))
        self.stdout.write(f"\nThe same as JSON: {results}")


@dataclass(frozen=True)
class Sizes:
    """How large the worlds are, and how often each page is asked for."""

    rounds: int
    searched: int
    members: int
    notices: int
    archive: int

    @classmethod
    def chosen(cls) -> "Sizes":
        """Return what the environment says, or what was promised."""
        return cls(
            env.number("BENCH_ROUNDS", 100),
            env.number("BENCH_SEARCHED", 10_000),
            env.number("BENCH_MEMBERS", 100_000),
            env.number("BENCH_NOTICES", 10_000),
            env.number("BENCH_ARCHIVE", 100_000),
        )

    @property
    def titles(self) -> dict[str, str]:
        """Say what each part was measured on."""
        return {
            "demonstration": "Demonstration size",
            "desk": f"{cases.CASES:,} open cases on the vetting desk",
            "notices": f"{self.notices:,} notices of three editions",
            "wall off": f"{self.notices:,} notices, second wall off (over HTTP only)",
            "archive": f"{self.archive:,} notices of three editions",
            "searches": f"{self.searched:,} members",
            "large": f"{self.members:,} members",
        }
