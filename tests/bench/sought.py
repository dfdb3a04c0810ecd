"""Who is sought, by which spelling, and who else is there? Names put together from the lists of `tests/bench/pairs`.

The *samples* are pairs of single tokens, of which the half that is held out is sought. The lists hold given and family
names with the spellings that people use: rules were mended by what is missed of those in `everyday`, never by `unseen`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from string import ascii_lowercase

from tests import bench

PAIRS = Path(bench.__path__[0]) / "pairs"
SAMPLES = ("arabic", "russian", "thai", "hebrew")
SCRIPTS = (*SAMPLES, "ukrainian", "persian", "greek", "georgian", "armenian", "latin")
# Of a hundred strangers; the rest bears Latin spellings of all scripts.
SHARES = {"arabic": 28, "russian": 28, "thai": 15, "hebrew": 10} | dict.fromkeys(SCRIPTS[4:], 1)
LISTS = ("everyday", "unseen")
HELD_OUT = "held-out"
ONE_WORD = "one word"


@dataclass(frozen=True)
class Token:
    """A given or family name: as its people write it, in the official Latin spelling, and in others in use."""

    script: str
    part: str
    native: str
    latin: str
    spelt: tuple[str, ...]
    is_held_out: bool


@dataclass(frozen=True)
class Sought:
    """A search, the name as it is stored that it should find, its tokens, and where in the table it counts."""

    row: str
    way: str
    text: str
    stored: str
    tokens: tuple[Token, ...]


# The tokens of each name as it is stored.
Names = dict[str, tuple[Token, ...]]
Way = Callable[[Random, tuple[Token, ...]], tuple[str, str]]


def _whole(forms: list[str]) -> str:
    return " ".join(forms)


def _native(tokens: tuple[Token, ...]) -> str:
    return _whole([token.native for token in tokens])


def _latin(tokens: tuple[Token, ...]) -> str:
    return _whole([token.latin for token in tokens])


def _spelt(rng: Random, tokens: tuple[Token, ...]) -> str:
    return _whole([rng.choice(token.spelt or (token.latin,)) for token in tokens])


def _mistyped(rng: Random, name: str) -> str:
    """Return a name with one letter left out, doubled, exchanged for another or for its neighbour."""
    place = rng.choice([place for place, letter in enumerate(name[:-1]) if place and letter.isalpha()])
    letter, after = name[place], name[place + 1]
    wrong = rng.choice(("", letter * 2, rng.choice(ascii_lowercase), after + letter))
    return name[:place] + wrong + name[place + (2 if wrong == after + letter else 1) :]


# How a name is stored, and what is typed.
WAYS: dict[str, Way] = {
    "official": lambda _rng, tokens: (_native(tokens), _latin(tokens)),
    "spelt": lambda rng, tokens: (_native(tokens), _spelt(rng, tokens)),
    "native": lambda _rng, tokens: (_latin(tokens), _native(tokens)),
    "respelt": lambda rng, tokens: (_latin(tokens), _spelt(rng, tokens)),
    "mistyped": lambda rng, tokens: (_native(tokens), _mistyped(rng, _latin(tokens))),
    "swapped": lambda _rng, tokens: (_native(tokens), _latin(tokens[::-1])),
    ONE_WORD: lambda _rng, tokens: (_native(tokens[:1]), _latin(tokens[:1])),
}
OF_SPELLINGS = ("spelt", "respelt")


def samples(script: str) -> list[Token]:
    """Return the pairs of a script; what has one native form is one token, its commonest spelling the official one."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for pair in _rows(PAIRS / f"{script}.tsv"):
        found[pair["native"]].append(pair)
    return [_sample(script, native, pairs) for native, pairs in found.items()]


def _sample(script: str, native: str, pairs: list[dict[str, str]]) -> Token:
    first, *others = pairs
    spelt = (first["spelt"],) if "spelt" in first else tuple(pair["latin"] for pair in others)
    return Token(script, "", native, first["latin"], spelt, is_held_out=first["half"] == HELD_OUT)


def listed(folder: str, script: str) -> list[Token]:
    """Return the names of a script in one of the lists."""
    rows = _rows(PAIRS / folder / f"{script}.tsv")
    return [
        Token(
            script,
            row["part"],
            row["native"],
            row["latin"],
            tuple(filter(None, row["spelt"].split(","))),
            is_held_out=True,
        )
        for row in rows
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    head, *lines = path.read_text().splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


def searches(rng: Random, each: int) -> Iterator[Sought]:
    """Yield so many searches of each way for each script, by the samples and then by the lists."""
    for script in SAMPLES:
        yield from _searches(rng, f"{script}, samples", samples(script), each)
    for folder in LISTS:
        for script in SCRIPTS:
            yield from _searches(rng, f"{script}, {folder}", listed(folder, script), each)


def _searches(rng: Random, row: str, tokens: list[Token], each: int) -> Iterator[Sought]:
    held = [token for token in tokens if token.is_held_out]
    for way, ask in WAYS.items():
        # Of a name that is spelt in one way only no other spelling can be typed.
        for _ in range(each if way not in OF_SPELLINGS or any(token.spelt for token in held) else 0):
            person = named(rng, held, is_spelt=way in OF_SPELLINGS)
            stored, text = ask(rng, person)
            yield Sought(row, way, text, stored, person[:1] if way == ONE_WORD else person)


def named(rng: Random, tokens: list[Token], *, is_spelt: bool = False) -> tuple[Token, ...]:
    """Return a given and a family name; if other spellings are sought, the given name has some."""
    given = [token for token in tokens if token.part != "family" and (token.spelt or not is_spelt)]
    return rng.choice(given), rng.choice([token for token in tokens if token.part != "given"])


def tokens_of(script: str) -> list[Token]:
    """Return all tokens of a script that are known."""
    known = samples(script) if script in SAMPLES else []
    return known + [token for folder in LISTS for token in listed(folder, script)]


def strangers(rng: Random, count: int) -> Iterator[tuple[str, tuple[Token, ...]]]:
    """Yield others as they are stored, with their tokens: each script in its share, the rest in Latin spellings."""
    lists = {script: tokens_of(script) for script in SCRIPTS}
    everywhere = [tokens for script, tokens in lists.items() if script in SAMPLES]
    for script in rng.choices([*SHARES, ""], [*SHARES.values(), 100 - sum(SHARES.values())], k=max(0, count)):
        person = named(rng, lists[script] if script else rng.choice(everywhere))
        yield (_native(person) if script else _spelt(rng, person)), person
