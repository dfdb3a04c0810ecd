"""Where does the content come from? Data files that people can read, and dice that fall the same way each time."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from congress.core.identifiers import ALPHABET

CONTENT = Path(__file__).parent / "content"


@cache
def read(name: str) -> dict[str, Any]:
    """Return one data file, such as "countries" or "meetings/2023"."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def read_folder(name: str) -> list[dict[str, Any]]:
    """Return all data files of a folder, in the order of their names."""
    return [read(f"{name}/{path.stem}") for path in sorted((CONTENT / name).glob("*.toml"))]


def dice(seed: int, subject: str) -> Random:
    """Return a generator of its own for each subject, so that more notices do not change the members."""
    return Random(f"congress {seed} {subject}")


def code(rng: Random, length: int = 12) -> str:
    """Return a code as the portal makes them, only repeatable."""
    return "".join(rng.choices(ALPHABET, k=length))


def apportion(weights: Mapping[str, int], total: int) -> dict[str, int]:
    """Share out a total by weight, at least one each; the heaviest first where the total is too small for all."""
    heaviest = sorted(weights, key=lambda key: (-weights[key], key))[:total]
    spare, mass = total - len(heaviest), sum(weights[key] for key in heaviest)
    shares = {key: 1 + spare * weights[key] // mass for key in heaviest}
    for key in heaviest[: total - sum(shares.values())]:
        shares[key] += 1
    return dict(sorted(shares.items()))
