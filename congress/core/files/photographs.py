"""How does a photograph of a person become squares of nothing but pixels? Runs apart, like all that opens files."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from congress.core.files import images

SAVING: dict[str, Any] = {"format": "JPEG", "quality": 85, "optimize": True}


def draw(source: Path, target: Path, sides: Iterable[int]) -> None:
    """Write the middle of a picture as a JPEG square for each side, beside the target. Raises: RefusalError."""
    with source.open("rb") as file:
        pixels, _kind = images.pixels_of(file)
    plain = images.on_white(pixels)
    for side in sides:
        ImageOps.fit(plain, (side, side), Image.Resampling.LANCZOS).save(square_of(target, side), **SAVING)


def square_of(target: Path, side: int) -> Path:
    """Return where the square of a side lies."""
    return target.with_name(f"{target.name}-{side}")
