"""Do two texts compare word by word, completely, readably and soon enough?"""

import random
import time

import pytest

from congress.core.comparing import Change, Piece, compare, compare_lists, is_changed

KEPT, ADDED, REMOVED = Change.KEPT, Change.ADDED, Change.REMOVED


def said(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.change, piece.text) for piece in compare(before, after)]


def test_compare_marks_the_words_that_changed():
    assert said("Look at the spine of books.", "Look at the back of books.") == [
        (KEPT, "Look at the "),
        (REMOVED, "spine "),
        (ADDED, "back "),
        (KEPT, "of books."),
    ]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("Same.", "Same.", [(KEPT, "Same.")]),
        ("", "New.", [(ADDED, "New.")]),
        ("Old.", "", [(REMOVED, "Old.")]),
        ("One.\r\nTwo.", "One.\nTwo.", [(KEPT, "One.\nTwo.")]),
        ("Hollow books.", "Hollow books, new.", [(KEPT, "Hollow books"), (ADDED, ", new"), (KEPT, ".")]),
        ("One. Two. Three.", "One. Three.", [(KEPT, "One. "), (REMOVED, "Two. "), (KEPT, "Three.")]),
        ("الكتاب الأزرق", "الكتاب الأحمر", [(KEPT, "الكتاب "), (REMOVED, "الأزرق"), (ADDED, "الأحمر")]),
    ],
)  # fmt: skip
def test_compare_of_small_texts(before, after, pieces):
    assert said(before, after) == pieces


def test_compare_shows_a_sentence_that_was_rewritten_as_a_whole():
    assert said("Call the desk at night.", "Nobody answers on the weekend, write instead.") == [
        (REMOVED, "Call the desk at night."),
        (ADDED, "Nobody answers on the weekend, write instead."),
    ]


def texts(seed: int) -> tuple[str, str]:
    dice = random.Random(seed)
    words = [f"{dice.choice('abcdefgh')}{number}{dice.choice(['', '.', ',', chr(10)])}" for number in range(40)]
    before = [dice.choice(words) for _each in range(60)]
    after = [dice.choice(words) if dice.random() < 0.2 else word for word in before if dice.random() < 0.9]
    return " ".join(before), " ".join(after)


@pytest.mark.parametrize("seed", range(30))
def test_compare_loses_no_character_of_either_text(seed):
    before, after = texts(seed)
    pieces = compare(before, after)
    assert "".join(piece.text for piece in pieces if piece.change is not ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.change is not REMOVED) == after


def long_text(dice: random.Random, vocabulary: int, end: str) -> str:
    words = [f"word{dice.randrange(vocabulary)}{end if dice.random() < 0.1 else ''}" for _each in range(2900)]
    return " ".join(words)[:20_000]


@pytest.mark.parametrize(("vocabulary", "end"), [(3000, "."), (300, "."), (100, ""), (5, ".")])
def test_compare_of_the_longest_sections_takes_less_than_200_ms(vocabulary, end):
    dice = random.Random(7)
    before = long_text(dice, vocabulary, end)
    changed = " ".join(word if dice.random() < 0.9 else "other" for word in before.split())
    for after in (long_text(dice, vocabulary, end), changed):
        begun = time.process_time()
        compare(before, after)
        assert time.process_time() - begun < 0.2


def test_compare_lists_ignores_the_order():
    assert compare_lists(["b", "a", "c"], ["c", "d", "a"]) == [
        Piece(KEPT, "a"), Piece(KEPT, "c"), Piece(REMOVED, "b"), Piece(ADDED, "d"),
    ]  # fmt: skip


def test_is_changed_tells_whether_anything_was_added_or_removed():
    assert [is_changed(compare("a", "a")), is_changed(compare("a", "b")), is_changed([])] == [False, True, False]
