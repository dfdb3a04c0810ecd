"""What do the photographs of the demonstration network show? Figures cut from paper: nobody, and no face."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

from PIL import Image, ImageDraw

SIDE = 720
# The paper behind, the clothes, the head and the hair.
COLOURS = (
    ("#e6e0f0", "#4b2e83", "#b9a5dc", "#2b2730"),
    ("#e3ebe4", "#2f5d50", "#a8c8b8", "#23352f"),
    ("#f1e4d3", "#8a4b1f", "#dcb48c", "#3a2415"),
    ("#dfe8ef", "#28506e", "#9fc0d8", "#1c2c38"),
    ("#f0dfe0", "#87323f", "#dca3a8", "#3b1a20"),
    ("#ece9dc", "#5f5a2e", "#c6c093", "#2f2d1a"),
)


def _short(pen: ImageDraw.ImageDraw, hair: str) -> None:
    pen.pieslice((230, 120, 490, 400), 180, 360, fill=hair)


def _long(pen: ImageDraw.ImageDraw, hair: str) -> None:
    pen.rounded_rectangle((215, 130, 505, 520), radius=130, fill=hair)


def _bun(pen: ImageDraw.ImageDraw, hair: str) -> None:
    pen.ellipse((305, 70, 415, 180), fill=hair)
    pen.pieslice((230, 130, 490, 420), 175, 365, fill=hair)


def _bare(pen: ImageDraw.ImageDraw, hair: str) -> None:
    pen.ellipse((222, 240, 262, 330), fill=hair)
    pen.ellipse((458, 240, 498, 330), fill=hair)


STYLES: tuple[Callable[[ImageDraw.ImageDraw, str], None], ...] = (_short, _long, _bun, _bare)
PORTRAITS = tuple(product(COLOURS, STYLES))


def draw_portrait(number: int, target: Path) -> None:
    """Write one of the portraits as a PNG."""
    (paper, clothes, head, hair), style = PORTRAITS[number]
    picture = Image.new("RGB", (SIDE, SIDE), paper)
    pen = ImageDraw.Draw(picture)
    if style is _long:
        style(pen, hair)
    pen.ellipse((90, 500, 630, 1000), fill=clothes)
    pen.rounded_rectangle((310, 400, 410, 560), radius=50, fill=head)
    pen.ellipse((240, 150, 480, 450), fill=head)
    if style is _long:
        pen.pieslice((236, 140, 484, 400), 190, 350, fill=hair)
    else:
        style(pen, hair)
    picture.save(target, "PNG", optimize=False)
