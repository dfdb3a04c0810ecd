"""Which letters can the fonts for print show, and what stands for the others?

A document that everybody can read aloud must not hold a letter without a shape: the typesetter refuses it as a whole.
"""

import struct
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from anyascii import anyascii

WINDOWS_UNICODE = (3, 1)
# Fonts have a shape for the byte order mark; PDF/UA forbids it. Source: ISO 14289-1.
FORBIDDEN = frozenset({0xFEFF})


def printable(value: Any, fonts: Path) -> Any:
    """Return plain data with each letter that no font of a folder can show written in Latin letters."""
    if isinstance(value, str):
        return _in_shapes(value, letters_of(fonts))
    if isinstance(value, dict):
        return {name: printable(part, fonts) for name, part in value.items()}
    return [printable(part, fonts) for part in value] if isinstance(value, list | tuple) else value


def _in_shapes(text: str, letters: frozenset[int]) -> str:
    return "".join(letter if ord(letter) in letters else _stand_in(letter) for letter in text)


def _stand_in(letter: str) -> str:
    """Return Latin letters; for a mark on another letter nothing, for what has no Latin form a question mark."""
    latin: str = anyascii(letter)
    return latin or ("" if unicodedata.category(letter)[0] in "CM" else "?")


@cache
def letters_of(fonts: Path) -> frozenset[int]:
    """Return every letter of the basic plane for which some upright font of a folder has a shape."""
    upright = (path for path in sorted(fonts.glob("*.ttf")) if "Italic" not in path.name)
    return frozenset(letter for path in upright for letter in _letters(path.read_bytes())) - FORBIDDEN


def _letters(font: bytes) -> list[int]:
    """Read the table from letters to shapes. Source: OpenType, cmap, format 4."""
    table = _subtable(font, _offset(font, b"cmap"))
    (doubled,) = struct.unpack_from(">H", font, table + 6)
    ends = struct.unpack_from(f">{doubled // 2}H", font, table + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", font, table + 16 + doubled)
    spans = list(zip(starts, ends, strict=True))[:-1]  # the last one only ends the table
    return [letter for start, end in spans for letter in range(start, end + 1)]


def _offset(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {font[12 + 16 * number : 16 + 16 * number]: 20 + 16 * number for number in range(count)}
    return _number(font, tables[name])


def _subtable(font: bytes, cmap: int) -> int:
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    places = range(cmap + 4, cmap + 4 + 8 * count, 8)
    subtables = {struct.unpack_from(">HH", font, place): place + 4 for place in places}
    return cmap + _number(font, subtables[WINDOWS_UNICODE])


def _number(font: bytes, place: int) -> int:
    return int.from_bytes(font[place : place + 4], "big")
