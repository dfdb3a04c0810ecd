"""How fast are the pages? The part of the benchmark that runs inside Django; `python -m tests.bench` calls it."""

import json
import os
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from django.core.management.base import BaseCommand

from congress.core import env
from tests.bench import pages, report, world
from tests.bench.measure import measure

Result = TypeVar("Result")


class Command(BaseCommand):
    """Measure the pages of a web server that runs, at two sizes of the network."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bind", help="where the web server listens, as host:port")
        parser.add_argument("results", type=Path, help="the JSON file to write")

    def handle(self, *args: Any, bind: str, results: Path, **options: Any) -> None:
        self.seconds: dict[str, float] = {}
        self.load = os.getloadavg()[0]
        rounds = env.number("BENCH_ROUNDS", 100)
        member_count = env.number("BENCH_MEMBERS", 100_000)
        notice_count = env.number("BENCH_NOTICES", 10_000)
        size = f"{member_count:,} members, {notice_count:,} notices"
        slug = self.timed("a programme of 300 sessions in 12 rooms", world.large_programme)
        small = self.timed("demonstration size", lambda: measure(pages.demonstration(slug), bind=bind, rounds=rounds))
        self.timed(f"growing to {size}", lambda: world.grow(member_count, notice_count))
        large = self.timed("large size", lambda: measure(pages.large(), bind=bind, rounds=rounds))
        self.tell(results, report.rows(small), report.rows(large), size)

    def timed(self, name: str, action: Callable[[], Result]) -> Result:
        """Do one part and say how long it took."""
        began = monotonic()
        result = action()
        self.seconds[name] = round(monotonic() - began, 1)
        self.stdout.write(f"{name}: {self.seconds[name]} s")
        self.stdout.flush()
        return result

    def tell(self, results: Path, small: list[report.Row], large: list[report.Row], size: str) -> None:
        """Print the tables and the bars, and leave them as JSON."""
        judged = report.bars(small, large, size)
        tables = report.table("Demonstration size", small), report.table(size, large)
        for text in (*tables, "", report.disturbance(self.load), "", *map(str, judged)):
            self.stdout.write(text)
        found = report.as_json({"demonstration": small, "large": large}, judged, self.seconds, self.load)
        results.write_text(json.dumps(found, indent=1))
        self.stdout.write(f"\nThe same as JSON: {results}")
