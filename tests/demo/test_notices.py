"""Are the invented notices of every kind, consistent with the rules, and harmless?"""

import re
from collections import Counter
from datetime import date

import pytest

from congress.core.chemicals import cas_number
from congress.core.geography import REGION_BY_COUNTRY
from congress.core.labels import Tlp, strictest
from congress.core.roles import Role
from congress.core.topics import Topic
from congress.demo.network import build
from congress.demo.reading import read, read_folder
from notices.models import Kind, SectionKind

FINISHED = {"published", "withdrawn", "expired"}
# A number with a unit of mass, volume, temperature or share has no place in a notice of the demonstration.
QUANTITY = re.compile(r"\d\s*(?:kg|g|mg|l|ml|litres?|kilos?|grams?|°|per cent|%)(?:\b|$)", re.IGNORECASE)
PREPARATION = re.compile(
    r"\b(?:synthesi[sz]|precipitat|distil|concentrat(?:e|ing) the|mix(?:ed|ing|ture)? (?:with|of)|react with|"
    r"detonat(?:or|ing)|initiator|recipe|yields?)",
    re.IGNORECASE,
)


def test_notices_cover_every_label_kind_and_topic(network):
    assert {notice.tlp for notice in network.notices} == set(Tlp)
    assert {notice.kind for notice in network.notices} == set(Kind.values)
    assert {topic for notice in network.notices for topic in notice.topics} == set(Topic.values)


def test_notices_stand_at_every_step_and_mostly_published(network):
    states = Counter(notice.state for notice in network.notices)
    assert set(states) == {"draft", "in_review", "returned", "cleared", "published", "withdrawn", "expired"}
    assert states["published"] > 70


def test_notices_have_titles_and_numbers_of_their_own(network):
    assert len({notice.title for notice in network.notices}) == len(network.notices) == 120
    assert len({notice.number for notice in network.notices}) == 120
    assert all(re.fullmatch(r"PN-20\d\d-[0-9A-Z]{5}", notice.number) for notice in network.notices)


def test_notices_beyond_the_scenarios_keep_titles_of_their_own():
    many = build(seed=1, member_count=60, notice_count=300, today=date(2026, 11, 23)).notices
    assert len({notice.title for notice in many}) == 300


def test_notices_pass_through_different_hands(network, by_email):
    for notice in network.notices:
        record = (notice.author, notice.cleared_by, notice.approved_by, notice.published_by)
        hands = [address for address in record if address]
        assert len(set(hands)) == len(hands)
        assert bool(notice.approved_by) == (notice.tlp == Tlp.RED and notice.state in FINISHED)
        assert Role.ANALYST in by_email[notice.author].roles
        assert bool(notice.published_by) == bool(notice.published_at) == (notice.state in FINISHED)


def test_notices_are_written_by_people_who_were_there(network, by_email):
    assert all(by_email[notice.author].joined_on < notice.created_at.date() for notice in network.notices)


def test_sections_are_never_stricter_than_their_notice(network):
    for notice in network.notices:
        for edition in notice.editions:
            assert strictest(notice.tlp, *(part.tlp for part in edition.sections)) == notice.tlp
            assert {part.kind for part in edition.sections} <= set(SectionKind.values)
            assert edition.sections[0].kind == "summary"


def test_audiences_name_somebody_and_red_names_people_only(network, by_email):
    bodies = {body.name for body in network.organisations}
    for notice in network.notices:
        audience = notice.audience
        assert audience.sectors or audience.countries or audience.organisations or audience.people
        assert set(audience.people) <= set(by_email)
        assert {*audience.organisations, *audience.excluded_organisations} <= bodies
        assert notice.tlp != Tlp.RED or not (audience.sectors or audience.countries or audience.organisations)


@pytest.mark.parametrize(
    "part",
    [
        "sectors",
        "countries",
        "organisations",
        "people",
        "excluded_countries",
        "excluded_organisations",
        "excluded_people",
    ],
)
def test_audiences_take_every_shape(network, part):
    assert any(getattr(notice.audience, part) for notice in network.notices)


def test_notice_on_devices_in_storage_keys_is_dated_and_placed_as_publicly_known(network):
    told = next(n for n in network.notices if n.title == "Explosive devices hidden in USB keys sent to media stations")
    assert (told.countries, told.state, told.urgency) == (("EC",), "published", "urgent")
    assert told.published_at.date() == date(2023, 4, 3)
    assert len(told.audience.sectors) == 5


def test_notices_of_the_last_week_feed_a_digest(network):
    recent = [n for n in network.notices if n.published_at and (date(2026, 11, 23) - n.published_at.date()).days < 7]
    assert recent


def test_chemicals_have_their_registry_numbers():
    assert all(cas_number(number) == number for number in read("chemicals").values())


def test_chemicals_listed_are_those_that_are_named():
    named = {name for file in read_folder("notices") for each in file["scenario"] for name in each.get("chemicals", [])}
    assert set(read("chemicals")) == named


def test_chemicals_are_never_named_in_company():
    """One substance a notice, or two of one kind: a list could be read as a combination."""
    named = [scenario.get("chemicals", []) for file in read_folder("notices") for scenario in file["scenario"]]
    assert all(
        len(chemicals) <= 1 or chemicals == ["potassium chlorate", "potassium perchlorate"] for chemicals in named
    )


def test_areas_hold_known_countries():
    assert {country for countries in read("areas").values() for country in countries} <= set(REGION_BY_COUNTRY)


def test_text_gives_no_quantities_and_no_preparation(network):
    for notice in network.notices:
        for edition in notice.editions:
            text = " ".join(part.body for part in edition.sections)
            assert not QUANTITY.search(text), QUANTITY.search(text)
            assert not PREPARATION.search(text), PREPARATION.search(text)


def test_text_is_filled_in(network):
    bodies = [part.body for notice in network.notices for edition in notice.editions for part in edition.sections]
    assert not [body for body in bodies if "{" in body or "  " in body]
    assert not [body for body in bodies if re.search(r"(?:^|\. )[a-z]", body)]


def test_editions_come_into_force_one_after_the_other_and_the_last_with_its_notice(network):
    updated = [notice for notice in network.notices if len(notice.editions) > 1]
    assert updated
    for notice in network.notices:
        days = [edition.published_at for edition in notice.editions]
        assert days[-1] == notice.published_at
        assert notice.published_at is None or days == sorted(set(days))
        assert [bool(edition.what_changed) for edition in notice.editions] == [False, True][: len(days)]


def test_advice_stands_on_cards_for_the_roles_that_have_one(network):
    kinds = {part.kind for notice in network.notices for edition in notice.editions for part in edition.sections}
    assert kinds == set(SectionKind.values)


def test_notices_carry_files_no_stricter_than_themselves(network):
    carrying = [(notice, file) for notice in network.notices for file in notice.editions[-1].files]
    assert 30 < len(carrying) < 70
    assert {file.drawing for _notice, file in carrying} >= {"book", "drum", "parcel", ""}
    assert all(strictest(notice.tlp, file.tlp) == notice.tlp for notice, file in carrying)


def test_one_draft_of_an_account_is_stopped_by_the_gate(network, by_email):
    (stopped,) = (notice for notice in network.notices if notice.title.startswith("Stand-in for the gate"))
    assert (stopped.state, stopped.author) == ("draft", "analyst.one@police.ec.example")
