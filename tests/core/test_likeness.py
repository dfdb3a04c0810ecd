"""Does the right name come before those that merely sound a little like it?"""

import pytest

from congress.core.names import keys
from congress.core.names.likeness import HIGHEST, Sought


def likeness(sought: str, name: str) -> float:
    return max(Sought(keys(sought)).likeness(key) for key in keys(name))


@pytest.mark.parametrize("name", ["Boris Shcherbakov", "щербаков борис", "Boris", "محمد الشهري"])
def test_likeness_of_the_very_name_is_the_highest(name):
    assert likeness(name, name) == pytest.approx(HIGHEST)


@pytest.mark.parametrize(
    ("sought", "names"),
    [
        ("Boris Shcherbakov", ["Щербаков Борис", "Boris Sherbakof", "Boris Shirbov", "Boris Kuznetsov", "Igor Petrov"]),
        ("Bosir Shcherbakov", ["Борис Щербаков", "Борис Щербина", "Bashir Kovacs"]),
        ("Mohammed Shehri", ["محمد الشهري", "محمود الشهري", "محمود الشمري", "سعيد الغامدي"]),
        ("Mohammed Salman", ["Mohammed Salman", "Mohammed bin Abdullah Salman", "Mohammed Suleiman", "Ahmed Salman"]),
        ("Yosef", ["יוסף", "יוסף כהן", "Asif Cohen", "Sofia"]),
    ],
)
def test_likeness_falls_word_by_word(sought, names):
    found = [likeness(sought, name) for name in names]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)


def test_likeness_does_not_ask_for_articles():
    assert likeness("Mohammed al Shehri", "Mohammed Shehri") == pytest.approx(HIGHEST)


@pytest.mark.parametrize(
    ("sought", "name"),
    [
        ("Karim Nasr Allah", "Karim Nasrallah"),
        ("Karim Nasrallah", "Karim Nasr Allah"),
        ("Huda Elsherif", "Huda el Sherif"),
        ("Huda Sherif", "Huda Alsherif"),
        ("Qasem Aljabouri", "Qasim al-Jubouri"),
    ],
)
def test_likeness_meets_words_that_are_written_in_one(sought, name):
    assert 1.15 < likeness(sought, name) <= HIGHEST


def test_likeness_prefers_who_has_no_article_to_leave_out():
    assert likeness("Huda Sherif", "Huda Sherif") > likeness("Huda Sherif", "Huda Alsherif")


def test_likeness_takes_a_neighbour_s_place_for_one_error():
    assert likeness("Petrvo", "Petrov") > likeness("Petrab", "Petrov")


@pytest.mark.parametrize(("sought", "name"), [("Ali", "Bo"), ("Ng", "李"), ("%", "Boris")])
def test_likeness_of_what_shares_nothing_is_none(sought, name):
    found = [Sought(keys(sought)).likeness(key) for key in keys(name)]
    assert max(found, default=0) <= 0


def test_sounds_like_all_of_a_name_of_one_word():
    sought = Sought(keys("Yosef"))
    assert [any(sought.sounds_like_all_of(key) for key in keys(name)) for name in ("יוסף", "יוסף כהן", "שרה")] == [
        True,
        False,
        False,
    ]
