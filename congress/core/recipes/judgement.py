"""When do signs, taken together, make a recipe? One scored table; the package's docstring explains it."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from congress.core.recipes.reading import Seen, seen
from congress.core.recipes.signs import Find, Sign, finds


@dataclass(frozen=True, slots=True)
class Row:
    """What different finds of some signs are worth, each and at most."""

    signs: frozenset[Sign]
    points: int
    most: int


TABLE = (
    Row(frozenset({Sign.MAKING}), 2, 20),
    Row(frozenset({Sign.HANDLING}), 1, 3),
    Row(frozenset({Sign.AMOUNT, Sign.CONCENTRATION, Sign.CONDITION}), 1, 4),
    Row(frozenset({Sign.SEQUENCE}), 1, 2),
    Row(frozenset({Sign.EQUIPMENT}), 1, 1),
    Row(frozenset({Sign.DOSE}), 1, 2),
    Row(frozenset({Sign.DISGUISE}), 2, 2),
)
THRESHOLD = 8
# A window is what a reader still takes as one piece: so many sentences or lines, and so many letters.
WINDOW_UNITS, WINDOW_LETTERS = 8, 900
# Half a recipe is none; two halves are one: different steps, and amounts, in two texts or so many units apart in one.
INGREDIENTS = frozenset({Sign.AMOUNT, Sign.CONCENTRATION})
HALF_STEPS, HALF_INGREDIENTS = 3, 3
HALVES_APART = 40
# What shows signs and stands this close to a passage belongs to it: the list above the steps.
NEIGHBOURS = 2

UNIT_END = re.compile(r"\n+|[!?;]+|(?<!\d)\.(?=\s|$)")
LONGEST_UNIT = 250


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text that reads like instructions; offsets are those of the text as it was given."""

    start: int
    end: int
    text: str
    signs: tuple[Sign, ...]

    @property
    def digest(self) -> str:
        """Return a key of what is read here: it stays when only spaces change, and lapses with any other change."""
        return sha256(" ".join(seen(self.text).text.split()).encode()).hexdigest()


def explain(passage: Passage) -> str:
    """Return a sentence that tells the author what was found and what to write instead."""
    signs = get_text_list([str(sign.label) for sign in passage.signs], _("and"))
    return _(
        "This passage reads like instructions: it shows %(signs)s. Say how to recognise and to prevent it, "
        "without amounts, steps and conditions."
    ) % {"signs": signs}


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or line: which text it belongs to, its place in the text as it is read, and its signs."""

    name: str
    start: int
    end: int
    finds: tuple[Find, ...]

    @property
    def length(self) -> int:
        """Return the count of letters."""
        return self.end - self.start


def passages(text: str) -> list[Passage]:
    """Return the passages that read like instructions, in order, none overlapping another."""
    return passages_across({"": text})[""]


def passages_across(texts: Mapping[str, str]) -> dict[str, list[Passage]]:
    """Return the passages of each text, judged alone and together with the others, in the order given.

    So amounts in one section and steps in the next are found, and each is reported where it stands.
    """
    read = {name: seen(text) for name, text in texts.items()}
    units = [unit for name, text in read.items() for unit in _units(name, text)]
    marked = _marks(units, _is_whole) | _halves(units)
    return {name: list(_passages(texts[name], read[name], units, marked, name)) for name in texts}


def _units(name: str, read: Seen) -> Iterator[Unit]:
    found = finds(read.text)
    at = 0
    for start, end in _spans(read.text):
        first = at
        while at < len(found) and found[at].place < end:
            at += 1
        yield Unit(name, start, end, (*found[first:at], *_doses(found[first:at])))


def _doses(found: list[Find]) -> Iterator[Find]:
    """Yield a sign for a sentence that says how much to take for a step, as advice seldom does."""
    if {Sign.MAKING, Sign.AMOUNT} <= {find.sign for find in found}:
        yield Find(Sign.DOSE, found[0].place, f"{found[0].place}")


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in UNIT_END.finditer(text):
        yield from _cut(text, start, found.end())
        start = found.end()
    yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a span in pieces that no longer than a window can hold; a text without stops is no single sentence."""
    while end - start > LONGEST_UNIT:
        space = text.rfind(" ", start + 1, start + LONGEST_UNIT)
        cut = space if space > 0 else start + LONGEST_UNIT
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def points(found: Iterable[Find]) -> int:
    """Return what the finds of one window are worth by the table."""
    different = {(find.sign, find.name) for find in found}
    different -= {(Sign.HANDLING, name) for sign, name in different if sign == Sign.MAKING}
    return sum(_worth(row, different) for row in TABLE)


def _worth(row: Row, different: Iterable[tuple[Sign, str]]) -> int:
    return min(row.most, row.points * sum(sign in row.signs for sign, _word in different))


def _is_whole(found: Sequence[Find]) -> bool:
    return points(found) >= THRESHOLD and any(find.sign == Sign.MAKING for find in found)


def _has_steps(found: Sequence[Find]) -> bool:
    return len({find.name for find in found if find.sign == Sign.MAKING}) >= HALF_STEPS


def _has_ingredients(found: Sequence[Find]) -> bool:
    return sum(find.sign in INGREDIENTS for find in found) >= HALF_INGREDIENTS


def _halves(units: list[Unit]) -> set[int]:
    """Return the units of steps for which amounts stand elsewhere, and of those amounts."""
    steps, ingredients = _marks(units, _has_steps), _marks(units, _has_ingredients)
    return _with_partner(units, steps, ingredients) | _with_partner(units, ingredients, steps)


def _with_partner(units: list[Unit], marked: set[int], others: set[int]) -> set[int]:
    texts, places = {units[other].name for other in others}, sorted(others)
    return {index for index in marked if texts - {units[index].name} or _is_near(places, index)}


def _is_near(places: list[int], index: int) -> bool:
    next_one = bisect_left(places, index - HALVES_APART)
    return next_one < len(places) and places[next_one] <= index + HALVES_APART


def _marks(units: list[Unit], enough: Callable[[Sequence[Find]], bool]) -> set[int]:
    """Return every unit of the shortest windows, each within one text, that hold enough."""
    windows = (_window(units, last, enough) for last in range(len(units)) if units[last].finds)
    return {index for window in windows for index in window}


def _window(units: list[Unit], last: int, enough: Callable[[Sequence[Find]], bool]) -> range:
    found: list[Find] = []
    letters = 0
    for first in range(last, max(last - WINDOW_UNITS, -1), -1):
        letters += units[first].length
        if letters > WINDOW_LETTERS or units[first].name != units[last].name:
            break
        found += units[first].finds
        if units[first].finds and enough(found):
            return range(first, last + 1)
    return range(0)


def _passages(typed: str, read: Seen, units: list[Unit], marked: set[int], name: str) -> Iterator[Passage]:
    around = {near for index in marked for near in range(index - WINDOW_UNITS, index + WINDOW_UNITS + 1)} - marked
    shown = marked | {near for near in around if 0 <= near < len(units) and units[near].finds}
    for group in _groups(sorted(index for index in shown if units[index].name == name)):
        if not marked.isdisjoint(group):
            yield _passage(typed, read, units[group[0] : group[-1] + 1])


def _groups(indexes: list[int]) -> list[list[int]]:
    """Return runs of units; a gap that a reader would not notice parts none."""
    groups: list[list[int]] = []
    for index in indexes:
        if groups and index - groups[-1][-1] <= NEIGHBOURS:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _passage(typed: str, read: Seen, units: list[Unit]) -> Passage:
    start, end = read.places[units[0].start], read.places[units[-1].end]
    part = typed[start:end]
    start += len(part) - len(part.lstrip())
    shown = {find.sign for unit in units for find in unit.finds}
    return Passage(start, start + len(part.strip()), part.strip(), tuple(sign for sign in Sign if sign in shown))
