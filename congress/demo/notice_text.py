"""What does a fictitious notice say, section by section?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, Self

from congress.core.labels import Tlp
from congress.demo.reading import read
from congress.demo.shapes import Section

# How strict the mark of a section is at most: recognition and advice are written to be passed on.
PORTIONS = {
    "summary": Tlp.RED,
    "events": Tlp.RED,
    "method": Tlp.RED,
    "objects": Tlp.RED,
    "concealment": Tlp.RED,
    "signs": Tlp.GREEN,
    "advice": Tlp.GREEN,
    "advice_mail_room": Tlp.GREEN,
    "advice_retailer": Tlp.GREEN,
    "advice_customs": Tlp.GREEN,
    "advice_laboratory": Tlp.GREEN,
    "advice_hospital": Tlp.GREEN,
    "advice_transport": Tlp.GREEN,
    "ask": Tlp.AMBER,
    "sources": Tlp.RED,
    "contact": Tlp.CLEAR,
}
# On which card each group of people finds what concerns them; for all others it stands in the general advice.
CARDS = {
    "advice_mail_room": {"Mail rooms", "Newsrooms and public figures"},
    "advice_retailer": {"Retail and distribution", "Sellers", "Online sellers", "Wholesale", "Suppliers"},
    "advice_customs": {"Customs", "Customs and post"},
    "advice_laboratory": {"Laboratories", "Forensic laboratories", "Laboratory suppliers", "Universities"},
    "advice_hospital": {"Hospitals", "Emergency departments", "Health services"},
    "advice_transport": {"Shippers", "Terminals", "Freight exchanges", "Mines and carriers"},
}
EVENT_DAYS_BEFORE = (60, 160)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when a case took place, in the words of a notice."""

    area: str
    countries: tuple[str, ...]
    month: str
    year: int
    count: str

    @classmethod
    def drawn(cls, rng: Random, scenario: dict[str, Any], published_at: datetime) -> Self:
        """Return a random setting some months before publication, or the one that the scenario fixes."""
        areas, parts = read("areas"), read("notice_parts")
        area = scenario.get("area") or rng.choice(list(areas))
        happened = published_at - timedelta(days=rng.randint(*EVENT_DAYS_BEFORE))
        concerned = rng.sample(areas[area], rng.randint(1, 3))
        countries = tuple(sorted({"EC"} if "area" in scenario else concerned))
        return cls(area, countries, parts["months"][happened.month - 1], happened.year, rng.choice(parts["counts"]))

    def fill(self, text: str) -> str:
        """Return a text with place and time put in."""
        words = {"count": self.count, "Count": self.count.capitalize()}
        return text.format(area=self.area, month=self.month, year=self.year, **words)


def sections(rng: Random, scenario: dict[str, Any], case: int, tlp: Tlp, setting: Setting) -> tuple[Section, ...]:
    """Return the parts of a notice in the order of reading, none marked stricter than the notice."""
    return tuple(
        Section(kind, min(tlp, PORTIONS[kind], key=lambda label: label.rank), setting.fill(body))
        for kind, body in _bodies(rng, scenario, case)
    )


def _bodies(rng: Random, scenario: dict[str, Any], case: int) -> Iterator[tuple[str, str]]:
    content, parts = scenario["case"][case], read("notice_parts")
    yield "summary", content["summary"]
    yield "events", content["events"]
    yield "method", content.get("method") or scenario["method"][case % len(scenario["method"])]
    for kind in ("objects", "concealment"):
        if kind in scenario:
            yield kind, scenario[kind]
    yield "signs", _bullets(_some(rng, content.get("signs", scenario["signs"]), 5))
    yield from _advice(scenario["advice"])
    yield "ask", "\n\n".join(_some(rng, scenario["ask"], 1 + case % 2))
    yield "sources", rng.choice(parts["sources"])
    yield "contact", rng.choice(parts["contact"])


def _advice(advice: dict[str, str]) -> Iterator[tuple[str, str]]:
    for_all = set(advice).difference(*CARDS.values())
    if for_all:
        yield "advice", _bullets([f"**{role}.** {text}" for role, text in advice.items() if role in for_all])
    for kind, roles in CARDS.items():
        texts = [text for role, text in advice.items() if role in roles]
        if texts:
            yield kind, "\n\n".join(texts)


def _some(rng: Random, lines: list[str], most: int) -> list[str]:
    """Return some of the lines, in their own order."""
    return sorted(rng.sample(lines, min(most, len(lines))), key=lines.index)


def _bullets(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
