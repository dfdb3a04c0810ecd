"""Is every letter that reaches print one that has a shape, and can a reader still make out the others?"""

import pytest

from congress.core.glyphs import letters_of, printable
from notices.exports import FONTS


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("O’Brien, Щербаков, Nguyễn, Αθήνα, हिन्दी", "O’Brien, Щербаков, Nguyễn, Αθήνα, हिन्दी"),
        ("محمد ﷺ", "محمد ﷺ"),
        ("ภาษาไทย", "ภาษาไทย"),
        ("王小明", "WangXiaoMing"),
        ("გიორგი", "giorgi"),
        ("김민수\n", "GimMinSu\n"),
        ("\ufeffa\u20e3", "a"),
        ("\u0787", "?"),
    ],
)
def test_printable_keeps_what_has_a_shape_and_writes_the_rest_in_latin(typed: str, set_as: str):
    assert printable(typed, FONTS) == set_as


def test_printable_goes_into_plain_data():
    assert printable({"a": ["王", ("王", 3)], "b": None}, FONTS) == {"a": ["Wang", ["Wang", 3]], "b": None}


def test_letters_are_read_once():
    assert letters_of(FONTS) is letters_of(FONTS)
