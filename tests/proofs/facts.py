"""What is true in the generated world? Plain values, which know no database and decide nothing."""

from dataclasses import dataclass, field
from functools import cached_property

from tests.proofs.words import Planted, word_of


@dataclass(frozen=True)
class Person:
    """One actor: standing, the roles in force, where they work and belong."""

    pk: int
    name: str
    standing: str = "member"
    roles: frozenset[str] = frozenset()
    sector: str = "industry"
    country: str = "PE"
    body: int | None = None
    has_factor: bool = True
    former_roles: frozenset[str] = frozenset()
    coming_roles: frozenset[str] = frozenset()
    # Seats in force, those that ended on this very day, and those that begin tomorrow.
    groups: frozenset[int] = frozenset()
    former_groups: frozenset[int] = frozenset()
    coming_groups: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Label:
    """A TLP label and whom the audience names and excludes."""

    tlp: str = "TLP:GREEN"
    sectors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    bodies: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    not_countries: tuple[str, ...] = ()
    not_bodies: tuple[int, ...] = ()
    not_people: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()


@dataclass(frozen=True)
class Exempt:
    """One exception to an audience: whom it is for, what it does, and whether it holds: `now`, `ended` or `expired`."""

    pk: int
    effect: str
    holds: str = "now"
    person: int | None = None
    body: int | None = None
    country: str = ""


@dataclass(frozen=True)
class Text:
    """One edition: its number, its label, and what hangs on it."""

    pk: int
    number: int
    label: Label
    sections: tuple[str, ...] = ("summary",)
    attachments: tuple[int, ...] = ()
    saved: tuple[int, ...] = ()
    overrides: tuple[int, ...] = ()
    drafted_as: str = ""
    # By person: whether they promised to handle it so.
    readings: dict[int, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One notice: its state, its people of record, its editions, the last of them in force, and what hangs on it."""

    pk: int
    number: str
    state: str
    author: int
    editions: tuple[Text, ...]
    coauthors: tuple[int, ...] = ()
    cleared_by: int | None = None
    approved_by: int | None = None
    published_by: int | None = None
    cosponsors: tuple[int, ...] = ()
    exceptions: tuple[Exempt, ...] = ()
    remarks: tuple[int, ...] = ()
    checks: tuple[int, ...] = ()
    updates: int | None = None
    is_urgent: bool = False

    @property
    def text(self) -> Text:
        """Return the edition in force, or the one that is drafted."""
        return self.editions[-1]


@dataclass
class World:
    """Everybody and everything, and the word that stands in each text."""

    seed: int
    people: dict[int, Person] = field(default_factory=dict)
    bodies: dict[int, tuple[str, str]] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    planted: dict[str, Planted] = field(default_factory=dict)

    def word(self, part: str, notice: int = 0, edition: int = 0, thing: int = 0) -> str:
        """Return the word of one text, and remember what it gives away."""
        planted = Planted(part, notice, edition, thing)
        word = word_of(planted, self.seed)
        self.planted[word] = planted
        return word

    def called(self, name: str) -> Person:
        """Return the actor of this name."""
        return next(person for person in self.people.values() if person.name == name)

    @cached_property
    def numbers(self) -> dict[str, Case]:
        """Return the notice that each number leads to, also that under which an edition was drafted."""
        own = {case.number: case for case in self.cases.values()}
        drafted = {text.drafted_as: case for case in self.cases.values() for text in case.editions if text.drafted_as}
        return own | drafted
