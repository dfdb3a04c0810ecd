"""What does one process of `make sweep` prove, for its share of the people of the large world?"""

import logging
from copy import deepcopy

import time_machine

from tests.conftest import NOW
from tests.proofs import mails, rows, values
from tests.proofs.facts import Person, World
from tests.proofs.judgement import is_shown_by_the_database
from tests.proofs.sweep import Plan, Sweep, Verdict
from tests.proofs.two_worlds import Two, differences
from tests.proofs.walls import first_wall_off, second_wall_off

TOGETHER = Plan(of_hidden=30, of_shown=35, words=5, lists=6, copies=20)
ALONE = Plan(of_hidden=4, of_shown=6, words=1, lists=2)
CHANGES, ASKED, ASKED_EACH = 100, 300, 6


def sweep_share(world: World, people: list[Person]) -> Verdict:
    """Sweep as some people with both walls and with each alone; then letters, rows, and two worlds."""
    logging.disable()
    with time_machine.travel(NOW, tick=False):
        found = _together(world, people)
        with first_wall_off():
            found.add(Sweep(world, ALONE, is_shown_by_the_database).walk(people))
            found.leaks += mails.leaks_of_one_wall(world)
        with second_wall_off():
            found.add(Sweep(world, ALONE).walk(people))
        found.add(_letters_and_rows(world))
        found.leaks += differences(Two(deepcopy(world), seed=len(people)), CHANGES, ASKED, ASKED_EACH)
    found.changes += CHANGES
    found.requests += ASKED * 2 + CHANGES * ASKED_EACH
    return found


def _together(world: World, people: list[Person]) -> Verdict:
    sweep = Sweep(world, TOGETHER)
    sweep.walk(people)
    sweep.reach()
    return sweep.verdict


def _letters_and_rows(world: World) -> Verdict:
    found = Verdict(letters=len(mails.kinds()) * len(world.cases) * len(world.people))
    found.leaks += mails.leaks(world)
    found.refusals += mails.refusals(world)
    for compare in (
        rows.first_wall,
        rows.text_of_one,
        rows.for_many,
        rows.the_other_way_round,
        rows.steps,
        values.labels,
    ):
        found.leaks += compare(world)
    for compare in (values.ceilings, rows.second_wall, rows.shown_in_mail, rows.found_by_words):
        found.leaks += compare(world)
    found.checks += len(world.people) * len(world.cases)
    return found
