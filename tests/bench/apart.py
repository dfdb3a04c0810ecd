"""Can an address of the network be told from any other by what a form answers, or by how long that takes?"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import erf, sqrt
from statistics import median
from time import perf_counter

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client

from members.models import Member

# What is random in every answer: the form's token, and what a session cookie holds.
RANDOM = re.compile(rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": ?)"[^"]+"')
# The private link of an applicant, each asks with one of their own.
PRIVATE = re.compile(r"/apply/status/[^/]+/")
VARYING = frozenset({"Set-Cookie", "Content-Length", "Date", "Expires"})

Path = Callable[[], str]
Data = Callable[[str], dict[str, str]]


class QuickHasher(Argon2PasswordHasher):
    """The portal's way of hashing at its lowest price.

    What differs besides the hashing would drown in hashes of a tenth of a second; here it shows.
    """

    time_cost, memory_cost, parallelism = 1, 64, 1


@dataclass
class Side:
    """What was seen of the known addresses, or of the unknown ones."""

    answers: set[tuple[int, str, bytes]] = field(default_factory=set)
    milliseconds: list[float] = field(default_factory=list)

    def note(self, address: str, path: str, data: dict[str, str], reader: Member | None) -> None:
        """Ask once with a fresh browser and no brakes, and keep what came back without the address and the path."""
        cache.clear()
        client = Client(headers={"host": "localhost"})
        if reader is not None:
            client.force_login(reader)
        began = perf_counter()
        answer = client.post(path, data)
        self.milliseconds.append((perf_counter() - began) * 1000)
        headers = "\n".join(sorted(f"{name}: {value}" for name, value in answer.items() if name not in VARYING))
        body = RANDOM.sub(b"", answer.content).replace(address.encode(), b"")
        self.answers.add((answer.status_code, PRIVATE.sub("", headers), body))


@dataclass
class Form:
    """One form that takes an address: where it stands, what is sent, and by whom if by a member."""

    name: str
    path: Path
    data: Data
    reader: Member | None = None
    # Where one answer takes long, so many pairs at most.
    most: int | None = None
    known: Side = field(default_factory=Side)
    unknown: Side = field(default_factory=Side)

    def compare(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Ask for known and unknown addresses in turn, the order changing with each pair."""
        for number, (known, unknown) in enumerate(pairs):
            turns = [(self.known, known), (self.unknown, unknown)]
            for side, address in turns if number % 2 else reversed(turns):
                side.note(address, self.path(), self.data(address), self.reader)

    def told(self) -> str:
        """Return the figures in one line."""
        known, unknown = self.known.milliseconds, self.unknown.milliseconds
        probability = rank_test(known, unknown)
        same = "the same" if self.known.answers == self.unknown.answers else "DIFFERENT"
        return (
            f"{self.name:<29} {len(known):>5} pairs   answers {same} ({len(self.known.answers)})   "
            f"median {median(known):.2f} / {median(unknown):.2f} ms   "
            f"p = {probability:.3f}   guessed right {100 * guessed(known, unknown):.1f} %"
        )


def rank_test(first: list[float], second: list[float]) -> float:
    """Return how likely so different ranks are by chance: two-sided, by the normal distribution.

    Source: Mann and Whitney, 1947.
    """
    count, other = len(first), len(second)
    larger = _larger(first, second)
    mean, deviation = count * other / 2, sqrt(count * other * (count + other + 1) / 12)
    return 1 - erf(abs(larger - mean) / deviation / sqrt(2))


def _larger(first: list[float], second: list[float]) -> float:
    """Return how many pairs have the larger value in the first series; a tie is a half."""
    ordered = sorted([(value, True) for value in first] + [(value, False) for value in second])
    ranks = sum(rank for rank, (_value, is_first) in enumerate(ordered, start=1) if is_first)
    return ranks - len(first) * (len(first) + 1) / 2


def guessed(first: list[float], second: list[float]) -> float:
    """Return how often somebody guesses right who knows the best line between the two series; half is chance."""
    total, rights = len(first) + len(second), len(first)
    best = rights / total
    for _value, is_first in sorted([(value, True) for value in first] + [(value, False) for value in second]):
        rights += -1 if is_first else 1
        best = max(best, rights / total, 1 - rights / total)
    return best
