"""What do the pictures of the demonstration network show? Plain drawings: nothing real, nobody's photograph."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

SIZE = (960, 640)
PAPER, INK, CARD, SHADE, RED = "#f3efe6", "#2b2730", "#c9a877", "#8d8478", "#a5171f"


def draw(drawing: str, target: Path) -> tuple[int, int]:
    """Write one of the drawings as a PNG; return its width and height."""
    picture = Image.new("RGB", SIZE, PAPER)
    DRAWINGS[drawing](ImageDraw.Draw(picture))
    picture.save(target, "PNG", optimize=False)
    return SIZE


def _book(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((180, 90, 780, 550), fill=CARD, outline=INK, width=6)
    pen.rectangle((210, 110, 760, 530), fill="white", outline=INK, width=3)
    pen.rectangle((310, 200, 660, 440), fill=SHADE, outline=INK, width=5)
    for line in range(140, 190, 16):
        pen.line((250, line, 720, line), fill=SHADE, width=4)


def _drone(pen: ImageDraw.ImageDraw) -> None:
    for x, y in ((240, 140), (720, 140), (240, 500), (720, 500)):
        pen.line((480, 320, x, y), fill=INK, width=18)
        pen.ellipse((x - 95, y - 95, x + 95, y + 95), outline=INK, width=8)
    pen.rounded_rectangle((400, 250, 560, 390), radius=30, fill=INK)


def _drum(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((330, 130, 630, 560), fill="#4f6d8a", outline=INK, width=6)
    pen.ellipse((330, 90, 630, 170), fill="#6f8dab", outline=INK, width=6)
    pen.polygon([(380, 260), (560, 260), (590, 330), (540, 420), (400, 440), (380, 350)], fill="white", outline=INK)
    pen.line((600, 110, 640, 200), fill=RED, width=10)
    pen.line((640, 215, 665, 260), fill=RED, width=10)


def _parcel(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((200, 160, 760, 520), fill=CARD, outline=INK, width=6)
    pen.line((480, 160, 480, 520), fill=SHADE, width=22)
    for stamp in range(7):
        left, top = 560 + stamp % 3 * 62, 180 + stamp // 3 * 74
        pen.rectangle((left, top, left + 50, top + 62), fill="white", outline=RED, width=4)
    pen.ellipse((170, 440, 330, 550), fill=SHADE)


DRAWINGS: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "book": _book,
    "drone": _drone,
    "drum": _drum,
    "parcel": _parcel,
}
