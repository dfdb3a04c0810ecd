"""Is the portal tight for everybody, on every address, in the small world? `make sweep` asks it of the large one."""

import pytest

from tests.proofs import mails
from tests.proofs.asking import actors, views_of_notices
from tests.proofs.judgement import is_shown_by_the_database
from tests.proofs.sweep import Plan, Sweep
from tests.proofs.walls import first_wall_off, second_wall_off

PLAN = Plan(of_hidden=3, of_shown=8, words=1, lists=1, copies=20)
SHORT = Plan(of_hidden=1, of_shown=4, words=0, lists=1)


pytestmark = pytest.mark.usefixtures("still")


def test_nobody_meets_a_word_that_is_not_theirs_nor_misses_one(world):
    sweep = Sweep(world, PLAN)
    found = sweep.walk(actors(world))
    sweep.reach()
    assert (found.leaks, found.refusals, found.faults) == ([], [], [])
    assert {view for view, _keys in views_of_notices()} - found.reached == set()


def test_without_the_policies_the_database_alone_gives_nothing_away(world):
    with first_wall_off():
        found = Sweep(world, SHORT, is_shown_by_the_database).walk(actors(world))
    assert found.leaks == []


def test_without_the_database_the_policies_alone_are_right(unlocked):
    with second_wall_off():
        found = Sweep(unlocked, SHORT).walk(actors(unlocked))
    assert (found.leaks, found.refusals, found.faults) == ([], [], [])


def test_no_letter_says_what_is_not_its_readers(world):
    assert list(mails.leaks(world)) == []


def test_the_digest_names_what_is_its_readers(world):
    assert list(mails.refusals(world)) == []


def test_without_the_policies_no_letter_says_what_the_database_hides(world):
    with first_wall_off():
        assert list(mails.leaks_of_one_wall(world)) == []
