"""Are the invented people many, different, called by names that fit, and the same each time?"""

import pytest

from congress.core.languages import LANGUAGE_CODES
from congress.core.roles import Role, Standing
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from congress.demo import names
from congress.demo.people import people
from congress.demo.reading import apportion, dice, read

SCRIPTS = {"ar", "ru", "uk", "th", "el", "ka", "hy", "he", "hi", "zh-Hans", "ja", "ko", "am", "fa", "bn", "vi"}


def test_people_are_as_many_as_asked(network):
    members = [person for person in network.people if person.standing != Standing.APPLICANT]
    assert len(members) == 1500
    assert len({person.country for person in members}) >= 90
    assert len(network.organisations) >= 300


def test_people_have_addresses_ids_and_names_of_their_own(network):
    assert len({person.email for person in network.people}) == len(network.people)
    assert len({person.public_id for person in network.people}) == len(network.people)
    assert len({body.name for body in network.organisations}) == len(network.organisations)
    assert len({body.mail_domain for body in network.organisations}) == len(network.organisations)
    assert len({person.latin_name for person in network.people}) > 0.95 * len(network.people)


def test_people_use_reserved_mail_domains_only(network):
    assert all(person.email.endswith(".example") for person in network.people)


def test_people_come_from_every_sector_and_standing(network):
    assert {person.sector for person in network.people} == set(Sector.values)
    assert {person.standing for person in network.people} == set(Standing.values) - {"anyone"}
    assert 0.25 < sum(person.gender == "f" for person in network.people) / len(network.people) < 0.4


def test_people_have_native_names_in_many_scripts(network):
    written = {person.native_language for person in network.people if person.native_name}
    assert written >= SCRIPTS
    assert all(bool(person.native_language) == bool(person.native_name) for person in network.people)


def test_people_include_names_that_test_a_layout(network):
    latin = [person.latin_name for person in network.people]
    assert sum(len(name) >= 60 for name in latin) >= 5
    assert any(" " not in name for name in latin)
    assert any("’" in name for name in latin)
    assert any("-" in name for name in latin)


def test_people_say_only_what_the_vocabulary_knows(network):
    for person in network.people:
        assert set(person.expertise) <= set(Expertise.values)
        assert set(person.topics) <= set(Topic.values)
        assert set(person.languages) <= LANGUAGE_CODES
        assert 1 <= len(person.expertise) <= 5
        assert "{" not in person.biography


def test_some_people_say_who_they_are_in_their_own_script(network):
    words = read("biographies")["own_words"]
    telling = [person for person in network.people if person.biography.startswith(tuple(words.values()))]
    assert {person.languages[0] for person in telling} >= {"ar", "el", "ja", "ka", "ru", "th", "zh"}
    assert len(telling) < len(network.people) / 5


def test_expertise_is_written_about_field_by_field():
    assert set(read("biographies")["work"]) == set(read("expertise")["topics"]) == set(Expertise.values)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MEMBER])
def test_people_hold_every_role(network, role):
    assert any(role in person.roles for person in network.people)


def test_people_are_the_same_for_the_same_seed():
    assert people(7, 60) == people(7, 60)
    assert people(7, 60) != people(8, 60)


def test_people_of_the_smallest_network_still_hold_every_role():
    _bodies, few = people(1, 40)
    assert {role for person in few for role in person.roles} == {role.value for role in Role if role != Role.MEMBER}


def test_people_refuse_a_network_too_small_to_make_sense():
    with pytest.raises(ValueError, match="at least 40"):
        people(1, 39)


@pytest.mark.parametrize(
    ("culture", "native"),
    [("russian", "ская"), ("greek", "Παπαδοπούλου"), ("bulgarian", "ова"), ("ukrainian", "ська")],
)
def test_invent_gives_women_the_form_that_fits(culture, native):
    rng = dice(1, "names")
    found = [names.invent(rng, culture, "f").native for _each in range(400)]
    assert any(name.endswith(native) for name in found)


def test_invent_never_gives_women_a_mans_form():
    rng = dice(1, "names")
    women = [names.invent(rng, "russian", "f") for _each in range(400)]
    assert not [name for name in women if name.native.endswith(("ов", "ев", "ёв", "ин", "ский"))]
    assert not [name for name in women if name.latin.endswith(("ov", "ev", "in", "skiy"))]


@pytest.mark.parametrize("culture", ["chinese", "korean", "vietnamese"])
def test_invent_puts_the_family_first_where_people_do(culture):
    family = read("names/other_scripts")[culture]["family"]
    families = [item.split("/")[0].strip() for item in family.split(",")]
    name = names.invent(dice(1, "names"), culture, "m")
    assert name.latin.split()[0] in families


@pytest.mark.parametrize(
    ("name", "local_part"),
    [
        ("Sean O’Sullivan", "sean.osullivan"),
        ("Jean-Pierre d’Hauteville", "jeanpierre.dhauteville"),
        ("Suharyanto", "suharyanto"),
        ("Łukasz Wiśniewski", "lukasz.wisniewski"),
    ],
)
def test_mailbox_is_plain_letters(name, local_part):
    assert names.mailbox(name) == local_part


def test_apportion_gives_everybody_something():
    assert apportion({"a": 97, "b": 2, "c": 1}, 10) == {"a": 8, "b": 1, "c": 1}


def test_apportion_serves_the_heaviest_when_there_is_too_little():
    assert apportion({"a": 1, "b": 2, "c": 3}, 2) == {"b": 1, "c": 1}
