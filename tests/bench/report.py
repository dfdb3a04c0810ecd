"""What do the figures say: a table, one sentence for each bar, and the same as JSON?"""

import os
import platform
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

from tests.bench.measure import Figures

COLUMNS = (
    "page", "client ms: p10", "median", "p95", "p99", "HTTP ms: p10", "median", "p95", "p99",
    "× empty page", "× empty view", "queries", "kB", "kB gzip", "with CSS, JS",
)  # fmt: skip


@dataclass(frozen=True)
class Times:
    """Median and tails of one series, in milliseconds. The tenth percentile is what an undisturbed machine would do."""

    p10: float
    median: float
    p95: float
    p99: float

    @classmethod
    def of(cls, series: list[float]) -> "Times":
        """Return them for a series of at least two."""
        cuts = quantiles(series, n=100, method="inclusive")
        return cls(cuts[9], median(series), cuts[94], cuts[98])


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    figures: Figures
    client: Times
    http: Times
    ratio_page: float
    ratio_view: float

    @property
    def name(self) -> str:
        """What was measured."""
        return self.figures.page.name

    @property
    def median(self) -> float:
        """The slower of the two medians."""
        return max(self.client.median, self.http.median)

    @property
    def p95(self) -> float:
        """The slower of the two."""
        return max(self.client.p95, self.http.p95)


def rows(measured: list[Figures]) -> list[Row]:
    """Return the lines; the two floors are the first two pages measured, and ratios are taken over HTTP."""
    times = [(Times.of(figures.client), Times.of(figures.http)) for figures in measured]
    view, page = times[0][1].median, times[1][1].median
    return [
        Row(figures, client, http, http.median / page, http.median / view)
        for figures, (client, http) in zip(measured, times, strict=True)
    ]


def table(title: str, lines: list[Row]) -> str:
    """Return the figures as aligned text."""
    cells = [COLUMNS, *(_cells(row) for row in lines)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(COLUMNS))]
    text = ["  ".join(_aligned(line, widths)) for line in cells]
    return "\n".join(["", title, text[0], "-" * len(text[0]), *text[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    figures = row.figures
    times = [f"{value:.1f}" for value in (*vars(row.client).values(), *vars(row.http).values())]
    sizes = (figures.bytes_plain, figures.bytes_gzip, figures.bytes_with_parts)
    ratios = f"{row.ratio_page:.2f}", f"{row.ratio_view:.1f}"
    return (row.name, *times, *ratios, str(figures.query_count), *(f"{size / 1000:.1f}" for size in sizes))


def _aligned(line: tuple[str, ...], widths: list[int]) -> list[str]:
    name, *values = (cell.rjust(width) for cell, width in zip(line, widths, strict=True))
    return [name.strip().ljust(widths[0]), *values]


@dataclass(frozen=True)
class Bar:
    """Something promised, and whether it was kept."""

    promise: str
    met: bool
    found: str

    def __str__(self) -> str:
        return f"{'met    ' if self.met else 'NOT MET'}  {self.promise}: {self.found}."


def bar(promise: str, values: dict[str, float], limit: float, unit: str) -> Bar:
    """Judge a promise by the page that is furthest from keeping it."""
    worst = max(values, key=lambda name: values[name])
    over = [name for name, value in values.items() if value > limit]
    found = f"{worst} is the furthest with {values[worst]:.1f} {unit}"
    return Bar(promise, not over, found + (f"; over the bar: {'; '.join(over)}" if over else ""))


def bars(
    parts: dict[str, list[Row]], published: list[float], nights: dict[str, float], titles: dict[str, str]
) -> list[Bar]:
    """Return every promise with its answer. A programme of 300 sessions has a bar of its own, the floors have none."""
    demonstration = parts["demonstration"][2:]
    scale = [row for row in demonstration if row.name.startswith("programme, 300")]
    pages = [row for row in demonstration if row not in scale]
    return [
        bar("pages under 40 ms in the median", medians(pages), 40, "ms"),
        bar("programme of 300 sessions in 12 rooms under 40 ms in the median", medians(scale), 40, "ms"),
        bar("pages at most 4 times the empty page", {row.name: round(row.ratio_page, 1) for row in pages}, 4, "times"),
        bar("pages in at most 12 queries", {row.name: row.figures.query_count for row in demonstration}, 12, "queries"),
        bar("pages under 150 kB compressed, with styles and scripts", weights(demonstration), 150, "kB"),
        bar(f"a queue under 150 ms at p95, {titles['desk']}", tails(parts["desk"], "queue"), 150, "ms"),
        bar(f"a case under 80 ms at p95, {titles['desk']}", tails(parts["desk"], "case"), 80, "ms"),
        bar(f"searches under 100 ms at p95, {titles['searches']}", tails(parts["searches"], "search"), 100, "ms"),
        *_bars_of_directory(parts["large"], titles["large"]),
        bar(f"a night with everybody due on one day under 60 s, {titles['large']}", nights, 60, "s"),
        *_bars_of_notices(parts["notices"], parts["archive"], published, titles["notices"]),
    ]


def _bars_of_directory(large: list[Row], size: str) -> list[Bar]:
    profile = [row for row in large if row.name == "profile"]
    return [
        bar(f"directory under 300 ms at p95, {size}", tails(large, "directory"), 300, "ms"),
        bar(f"API under 300 ms at p95, {size}", tails(large, "API"), 300, "ms"),
        bar(f"suggestions under 50 ms at p95, {size}", tails(large, "suggestions"), 50, "ms"),
        bar(f"a profile under 40 ms in the median, {size}", medians(profile), 40, "ms"),
        bar(f"CSV begins within 1 s at p95, {size}", tails(large, "CSV"), 1000, "ms"),
    ]


def _bars_of_notices(listed: list[Row], vast: list[Row], published: list[float], size: str) -> list[Bar]:
    by_name = {row.name: row for row in listed}
    lists = tails(listed, "list") | tails(listed, "search")
    # Measured minutes apart, so by the percentile that other work on the machine disturbs least.
    growth = {row.name: row.http.p10 / by_name[row.name].http.p10 for row in vast[2:]}
    return [
        bar(f"lists and searches under 150 ms at p95, {size}", lists, 150, "ms"),
        bar("lists and searches at most twice as long for ten times as many notices", growth, 2, "times"),
        bar("a notice under 60 ms in the median", {"notice": by_name["notice"].median}, 60, "ms"),
        bar("audience preview under 300 ms at p95", tails(listed, "audience"), 300, "ms"),
        bar("publishing under 500 ms at p95", {"publishing": Times.of(published).p95}, 500, "ms"),
        bar("a PDF under 1 s at p95", tails(listed, "PDF"), 1000, "ms"),
    ]


def medians(rows: list[Row]) -> dict[str, float]:
    """Return the slower of the two medians of each page."""
    return {row.name: row.median for row in rows}


def weights(rows: list[Row]) -> dict[str, float]:
    """Return what a browser with an empty cache loads for each page, without fonts and images, in kB."""
    return {row.name: row.figures.bytes_with_parts / 1000 for row in rows}


def tails(rows: list[Row], kind: str) -> dict[str, float]:
    """Return the slower p95 of each page of one kind."""
    return {row.name: row.p95 for row in rows if row.name.startswith(kind)}


def disturbance(load: float) -> str:
    """Say how busy the machine was with other work before the start."""
    cores = os.cpu_count() or 1
    busy = "other work disturbs these figures" if load > cores / 2 else "nothing else disturbs these figures"
    return f"Load average before the start: {load:.1f} on {cores} cores; {busy}."


def as_json(parts: dict[str, list[Row]], judged: list[Bar], seconds: dict[str, float], load: float) -> dict[str, Any]:
    """Return everything that was printed, for programs."""
    return {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "load_before": load},
        "seconds": seconds,
        "pages": {part: [_row_as_json(row) for row in lines] for part, lines in parts.items()},
        "bars": [vars(one) for one in judged],
    }


def _row_as_json(row: Row) -> dict[str, Any]:
    figures = row.figures
    return {
        "name": row.name,
        "path": figures.page.path,
        "samples": len(figures.http),
        "client_ms": vars(row.client),
        "http_ms": vars(row.http),
        "ratio_to_empty_page": row.ratio_page,
        "ratio_to_empty_view": row.ratio_view,
        "queries": figures.query_count,
        "bytes": figures.bytes_plain,
        "bytes_gzip": figures.bytes_gzip,
        "bytes_gzip_with_styles_and_scripts": figures.bytes_with_parts,
    }
