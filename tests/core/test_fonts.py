"""Does a page fetch little for the letters of a name, and are the files from elsewhere those that are written down?"""

import re
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "static" / "vendor" / "noto-sans"
FACE = re.compile(r'url\("([^"]+)"\).*?unicode-range: ([^;]+);', re.DOTALL)
SUM = re.compile(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", re.MULTILINE)
# What every page fetches anyway.
ALWAYS = "latin.woff2"


def faces() -> list[tuple[str, list[tuple[int, int]]]]:
    """Return each file with the letters for which a browser fetches it, in the order of the style sheet."""
    css = (FONTS / "noto-sans.css").read_text()
    return [(file, [span(each) for each in ranges.split(",")]) for file, ranges in FACE.findall(css)]


def span(text: str) -> tuple[int, int]:
    first, _, last = text.strip().removeprefix("U+").partition("-")
    return int(first, 16), int(last or first, 16)


def fetched(text: str) -> set[str]:
    """Return what a text fetches: of the files that mean a letter, the last."""
    means = [
        [file for file, ranges in faces() if any(first <= ord(letter) <= last for first, last in ranges)]
        for letter in text
    ]
    return {files[-1] for files in means if files} - {ALWAYS}


@pytest.mark.parametrize(
    ("name", "kilobytes"),
    [
        ("Nguyễn Thị Hồng Đào", 15),
        ("Łukasz Żółć, Boštjan Krajnc, Gül Işık, Ștefan Țepeș, Leyla Əliyeva, Kwabɛna Ɔsei", 35),
        ("عبد الرحمن بن محمد المطيري", 41),
        ("رضا گیلانی, احمد ټوټاخېل, محمد نواز ڈار, هێمن ڕەسووڵ", 41),
        ("กิตติศักดิ์ จันทร์ประเสริฐ", 28),
        ("Олена Ґудзь", 21),
        ("ကျော်ဇော", 76),
    ],
)
def test_name_fetches_little(name, kilobytes):
    assert sum((FONTS / file).stat().st_size for file in fetched(name)) <= kilobytes * 1000


def test_fonts_are_all_used_and_all_there():
    assert {file for file, _ranges in faces()} == {path.name for path in FONTS.glob("*.woff2")}


def test_files_from_elsewhere_are_those_that_are_written_down():
    sums = SUM.findall((ROOT / "static" / "vendor" / "README.md").read_text())
    assert len(sums) > 20
    assert {path: sha256((ROOT / path).read_bytes()).hexdigest() for path, _sum in sums} == dict(sums)
