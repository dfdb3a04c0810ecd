"""Does the gate find instructions, in whatever form, and let texts of prevention through?"""

from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from time import perf_counter

import pytest

from congress.core.recipes import Sign, explain, passages, passages_across
from congress.demo.network import build

TEXTS = Path(__file__).parent / "recipes"
# Figures of speech that heap up words of the kitchen look like steps; compliance lets them through with a reason.
KNOWN_FALSE_ALARMS = {"en: markets"}
RECIPE = "Mix 300 g of flour with 200 ml of water, knead it and bake it for 30 minutes at 220 °C."


def cases(name: str) -> dict[str, dict[str, str]]:
    """Return the texts of a file, each as its fields; most have one without a name."""
    parts = (TEXTS / f"{name}.txt").read_text(encoding="utf-8").split("\n=== ")[1:]
    return {title: _fields(body) for title, _, body in (part.partition("\n") for part in parts)}


def _fields(body: str) -> dict[str, str]:
    if not body.startswith("--- "):
        return {"": body}
    return {name: text for name, _, text in (part.partition("\n") for part in f"\n{body}".split("\n--- ")[1:])}


def found(name: str) -> set[str]:
    """Return the titles of the texts of a file in which the gate finds something."""
    return {title for title, fields in cases(name).items() if any(passages_across(fields).values())}


def test_passages_finds_every_recipe():
    assert set(cases("recipes")) - found("recipes") == set()


def test_passages_lets_prevention_through():
    assert found("prevention") == KNOWN_FALSE_ALARMS


@pytest.mark.parametrize(
    ("fixture", "hits", "false_alarms"),
    [("widened", 57, 0), ("held_out", 20, 1)],
)
def test_passages_keeps_its_rates_on_texts_it_was_not_made_for(fixture: str, hits: int, false_alarms: int):
    assert len(found(f"{fixture}_recipes")) >= hits
    assert len(found(f"{fixture}_prevention")) <= false_alarms


def test_fixtures_are_many_and_in_every_language_of_the_network():
    for name, least in (("recipes", 60), ("prevention", 85)):
        titles = list(cases(name))
        assert len(titles) >= least
        assert {"en", "fr", "es", "ar"} <= {title[:2] for title in titles}


def test_passages_finds_nothing_in_the_demonstration_network_but_its_stand_in():
    network = build(seed=1, member_count=60, notice_count=120, today=date(2026, 11, 23))
    alarms = [
        notice.title
        for notice in network.notices
        for edition in notice.editions
        if any(passages_across({section.kind: section.body for section in edition.sections}).values())
    ]
    assert alarms == ["Stand-in for the gate: a loaf of bread"]


def test_passages_gives_the_place_in_the_text_as_typed():
    before, after = "Delegates &amp; guests met in \u200bspring. They were welcomed.\n\n", "\n\nThe port was visited."
    (passage,) = passages(before + RECIPE + after)
    assert (passage.start, passage.end, passage.text) == (len(before), len(before) + len(RECIPE), RECIPE)


def test_passages_come_in_order_and_apart():
    harmless = "The delegates went home. " * 12
    several = passages(harmless.join([RECIPE] * 3))
    assert len(several) == 3
    assert all(first.end <= second.start for first, second in pairwise(several))


def test_passages_next_to_each_other_are_one():
    assert [passage.text for passage in passages(f"{RECIPE}\n{RECIPE}")] == [f"{RECIPE}\n{RECIPE}"]


def test_passages_holds_ingredients_above_the_steps():
    (passage,) = passages(cases("recipes")["en: ingredients then steps"][""])
    assert "1 litre milk" in passage.text


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "1", "°", "(", "&#xffffffff;", "<", "\ud800", "\0"])
def test_passages_bears_any_text(text: str):
    assert passages(text) == []


def test_passages_name_their_signs():
    (passage,) = passages(RECIPE)
    assert passage.signs == (Sign.MAKING, Sign.AMOUNT, Sign.CONDITION, Sign.DOSE)


def test_passages_name_a_disguise():
    assert Sign.DISGUISE in passages(RECIPE.replace("Mix", "M1x"))[0].signs


def test_passages_counts_no_step_that_is_forbidden():
    assert passages("Never mix 300 g of it with 200 ml of water. Do not heat it to 80 °C. Avoid stirring.") == []


def test_passages_counts_a_step_that_is_not_to_be_forgotten():
    assert passages("Do not forget to mix 300 g with 200 ml, not forgetting to heat; do not stop stirring for 5 min.")


def test_passages_across_says_in_which_text_they_lie():
    fields = cases("recipes")["en: fields far apart"]
    apart = passages_across(fields)
    assert {name: bool(places) for name, places in apart.items()} == {"summary": True, "events": False, "method": True}
    assert [passages(text) for text in fields.values()] == [[], [], []]


def test_passages_across_finds_what_each_text_shows_alone():
    across = passages_across({"summary": "All is well.", "method": RECIPE})
    assert across == {"summary": [], "method": passages(RECIPE)}


def test_passages_across_seldom_makes_a_recipe_of_honest_texts():
    files = ("prevention", "widened_prevention", "held_out_prevention")
    texts = [(title, fields[""]) for name in files for title, fields in cases(name).items()]
    honest = [(title, text) for title, text in texts if not passages(text)]
    dice = Random(3)
    notices = [dict(dice.sample(honest, 8)) for _ in range(200)]
    assert sum(any(passages_across(notice).values()) for notice in notices) <= 4


def test_digest_stays_with_spaces_and_lapses_with_an_amount():
    (one,), (wider,), (more,) = map(passages, (RECIPE, RECIPE.replace(" ", "  "), RECIPE.replace("300", "30")))
    assert one.digest == wider.digest != more.digest


def test_explain_says_what_was_found_and_what_to_write():
    assert explain(passages(RECIPE)[0]) == (
        "This passage reads like instructions: it shows a step of making something, an amount with its unit, "
        "a temperature, time, pressure or speed and a step together with its amount. Say how to recognise and to "
        "prevent it, without amounts, steps and conditions."
    )


@pytest.mark.parametrize("piece", ["1", "@", "a1", "a ", "h e a t ", "<a", "&#1", "(", "mix 1 g\n", "a-\n", "!", "*a"])
def test_passages_takes_no_longer_than_the_text(piece: str):
    started = perf_counter()
    passages((piece * 20_000)[:20_000])
    assert perf_counter() - started < 3
