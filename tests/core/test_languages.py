"""Are languages named for the reader, the portal's own first?"""

import pytest

from congress.core.languages import (
    LANGUAGE_CODES,
    PORTAL_LANGUAGES,
    Spoken,
    language_choices,
    language_name,
    writings_of,
)


def test_language_names_are_the_readers():
    assert language_name("th", "en") == "Thai"
    assert language_name("th", "fr") == "Thaï"


def test_unknown_languages_keep_their_code():
    assert language_name("xx", "en") == "xx"
    assert language_name("th", "no-such-language") == "Thai"


def test_language_choices_begin_with_the_portals_own():
    choices = language_choices("en")
    assert tuple(code for code, _name in choices[:4]) == PORTAL_LANGUAGES
    others = [name for _code, name in choices[4:]]
    assert others == sorted(others)
    assert {code for code, _name in choices} == LANGUAGE_CODES


def test_every_language_has_a_name_of_its_own():
    names = [name for _code, name in language_choices("en")]
    assert len(set(names)) == len(LANGUAGE_CODES)
    assert all(len(name) > 2 for name in names)


@pytest.mark.parametrize(("written", "label"), [("fr", "French"), ("fr:working", "French (good enough to work in)")])
def test_a_language_is_written_with_its_level_where_it_is_known(written, label):
    spoken = Spoken.read(written)
    assert (str(spoken), spoken.label) == (written, label)
    assert written in writings_of("fr")
