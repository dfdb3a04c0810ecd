"""Is a person shown to those who may see them, exported in full, and changed by nobody else?"""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from congress.core.budgets import BUDGETS, HOUR, STOPPED, Budget, Window
from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from congress.core.roles import Standing
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from members import exports
from members.actions.profiles import ProfileText, edit_profile
from members.models import Group, Member, Profile
from members.queries import profiles
from tests import factories
from tests.onlookers import TODAY, seated, sitting

TEXT = ProfileText(
    native_name="Анна Ковальська",
    position="Head of laboratory",
    city="Lviv",
    time_zone="Europe/Kyiv",
    biography="Works on toxins.\n\nLikes company.",
    expertise=[Expertise.TOXICOLOGY.value],
    topics=[Topic.BIOLOGICAL_TOXINS.value],
    languages=["uk:native", "en"],
)
SPOKEN = {"language_1": "uk", "level_1": "native", "language_2": "en", "level_2": ""}
SPOKEN |= {f"{part}_{row}": "" for row in (3, 4) for part in ("language", "level")}
TYPED = {name: value for name, value in asdict(TEXT).items() if name != "languages"} | SPOKEN


@pytest.fixture
def anna(db) -> Member:
    body = factories.organisation("Institute; of, Toxins", sector=Sector.ACADEMIA, country="UA")
    person = factories.member("anna_kowalska", organisation=body, country="UA", sector=Sector.ACADEMIA)
    Member.objects.filter(pk=person.pk).update(native_name=TEXT.native_name, native_language="uk")
    for name, value in asdict(TEXT).items():
        setattr(person.profile, name, value)
    person.profile.save()
    return factories.reloaded(person)


def test_profile_shows_the_person(signed_in, member, anna):
    page = signed_in(member).get(f"/members/{anna.public_id}/").content.decode()
    for words in (
        "Anna Kowalska",
        '<bdi class="person-native" lang="uk">Анна Ковальська</bdi>',
        "Head of laboratory",
        "Institute; of, Toxins",
        'Lviv · <a href="/network/countries/UA/">Ukraine</a>',
        "<p>Likes company.</p>",
        "Toxicology",
        "Biological toxins",
        "Ukrainian (first language)</a>, <a",
        '<a href="/members/?expertise=toxicology">Toxicology</a>',
        '<a href="/members/?topic=biological_toxins">Biological toxins</a>',
        '<a href="/members/?language=en">English</a>',
    ):
        assert words in page
    assert "Edit my profile" not in page


def test_profile_leads_to_the_organisation_and_to_an_introduction(signed_in, member, anna):
    page = signed_in(member).get(f"/members/{anna.public_id}/").content.decode()
    assert f'<a href="/organisations/{anna.organisation.public_id}/">{anna.organisation}</a>' in page
    assert f"/members/{anna.public_id}/introduction/" in page
    own = signed_in(anna).get(f"/members/{anna.public_id}/").content.decode()
    assert "/introduction/" not in own


def test_profile_reads_arabic_from_the_right(signed_in, anna):
    signed_in(anna).post("/members/me/", {**TYPED, "biography": "\u202eأعمل في السموم."})
    page = signed_in(anna).get(f"/members/{anna.public_id}/").content.decode()
    assert '<div class="prose" dir="auto"><p>أعمل في السموم.</p></div>' in page


def test_profile_escapes_what_people_write(signed_in, member, anna):
    anna.profile.biography = anna.profile.position = "<script>alert(1)</script>"
    anna.profile.save()
    assert "<script>alert" not in signed_in(member).get(f"/members/{anna.public_id}/").content.decode()


def test_profile_of_oneself_leads_to_the_form(signed_in, anna):
    assert "Edit my profile" in signed_in(anna).get(f"/members/{anna.public_id}/").content.decode()


@pytest.mark.parametrize("standing", [s for s in Standing if s not in {Standing.ANYONE, Standing.MEMBER}])
@pytest.mark.parametrize("path", ["/members/{}/", "/members/{}.vcf"])
def test_profile_of_somebody_not_listed_is_unknown(signed_in, member, standing, path):
    hidden = factories.member("hidden", standing=standing)
    client = signed_in(member)
    found, unknown = (client.get(path.format(i)) for i in (hidden.public_id, "0" * 12))
    assert (found.status_code, unknown.status_code) == (404, 404)
    assert found.content == unknown.content


@pytest.mark.parametrize("count", [1, 3])
def test_profile_costs_the_same_queries_for_one_as_for_many(signed_in, member, anna, django_assert_num_queries, count):
    Profile.objects.filter(member=anna).update(meetings_audience="network")
    for each in range(count):
        factories.member(organisation=anna.organisation)
        met = factories.meeting(f"met{each}")
        seated(anna, met)
        sitting(anna, factories.group(), ends_on=TODAY + timedelta(days=1))
    client = signed_in(member)
    with django_assert_num_queries(10):
        client.get(f"/members/{anna.public_id}/")


def test_profile_names_listed_colleagues_only(signed_in, member, anna):
    factories.member("colleague_listed", organisation=anna.organisation)
    factories.member("colleague_hidden", organisation=anna.organisation, standing=Standing.SUSPENDED)
    page = signed_in(member).get(f"/members/{anna.public_id}/").content.decode()
    assert "Colleague Listed" in page
    assert "Colleague Hidden" not in page


def test_profile_stands_without_anything_written(signed_in, member):
    bare = factories.member("bare", organisation=None, profile=False)
    assert signed_in(member).get(f"/members/{bare.public_id}/").status_code == 200


def test_profile_names_people_alike_of_other_sectors_who_show_it(signed_in, member, anna):
    kinds = {"alike": {}, "of_the_sector": {"sector": Sector.ACADEMIA}, "secretive": {}, "other": {}}
    for name, fields in kinds.items():
        person = factories.member(name, **{"sector": Sector.INDUSTRY, **fields})
        expertise = Expertise.LEGISLATION if name == "other" else Expertise.TOXICOLOGY
        audience = "officers" if name == "secretive" else ""
        Profile.objects.filter(member=person).update(expertise=[expertise], expertise_audience=audience)
    response = signed_in(member).get(f"/members/{anna.public_id}/")
    assert [str(person) for person in response.context["beside"].similar] == ["Alike"]
    Profile.objects.filter(member=anna).update(expertise_audience="officers")
    assert signed_in(member).get(f"/members/{anna.public_id}/").context["beside"].similar == []


def test_profile_names_the_groups_in_which_somebody_sits_today(signed_in, member, anna):
    names = {"Advisory group": TODAY + timedelta(days=1), "Former group": TODAY}
    for name, ends_on in names.items():
        group = Group.objects.create(name=name, kind="advisory", mandate="Advises.", begun_on=TODAY)
        sitting(anna, group, ends_on=ends_on)
    page = signed_in(member).get(f"/members/{anna.public_id}/").content.decode()
    assert "Advisory group" in page
    assert "Former group" not in page


# Visiting card


def test_visiting_card_is_a_vcard(signed_in, member, anna):
    response = signed_in(member).get(f"/members/{anna.public_id}.vcf")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    address = f"http://localhost/members/{anna.public_id}/"
    assert response.content.decode().split("\r\n") == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        f"UID:{address}",
        "FN;ALTID=1;LANGUAGE=en:Anna Kowalska",
        "FN;ALTID=1;LANGUAGE=uk:Анна Ковальська",
        "ORG:Institute\\; of\\, Toxins",
        "ADR;TYPE=work:;;;Lviv;;;Ukraine",
        "TITLE:Head of laboratory",
        "TZ:Europe/Kyiv",
        "LANG;PREF=1:uk",
        "LANG;PREF=2:en",
        "CATEGORIES:Toxicology",
        f"SOURCE:{address}",
        "END:VCARD",
        "",
    ]


def test_visiting_card_breaks_long_lines_between_letters(anna):
    anna.latin_name = "ż" * 190
    card = exports.visiting_card(anna, address="http://localhost/").decode()
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    assert "ż" * 190 in card.replace("\r\n ", "")


def test_visiting_card_cannot_be_given_a_second_fact(anna):
    Profile.objects.update(position="Chemist\r\nEMAIL:other@elsewhere.example")
    card = exports.visiting_card(profiles(anna).get(), address="http://localhost/").decode()
    assert "\r\nEMAIL:other" not in card
    assert "TITLE:Chemist\\nEMAIL:other@elsewhere.example\r\n" in card


# Editing


def test_edit_profile_replaces_the_text_and_notes_which_fields(anna, at):
    edit_profile(anna, by=anna, at=at, text=replace(TEXT, city="Kyiv", position="Director"))
    again = factories.reloaded(anna)
    assert (again.profile.city, again.profile.confirmed_on) == ("Kyiv", date(2026, 11, 23))
    assert "director" in again.search_text
    entry = Entry.objects.get()
    assert (entry.event, entry.data) == ("members.profile.changed", {"fields": ["city", "position"]})


def test_edit_profile_is_for_oneself(anna, administrator, at):
    with pytest.raises(NotPermittedError):
        edit_profile(anna, by=administrator, at=at, text=TEXT)


def test_profile_edit_shows_and_saves(signed_in, anna):
    client = signed_in(anna)
    assert "Head of laboratory" in client.get("/members/me/").content.decode()
    response = client.post("/members/me/", {**TYPED, "city": "Kyiv"})
    assert response["Location"] == f"/members/{anna.public_id}/"
    assert factories.reloaded(anna).profile.city == "Kyiv"


def test_profile_edit_makes_a_first_profile(signed_in, db):
    bare = factories.member("bare", profile=False)
    client = signed_in(bare)
    assert client.get("/members/me/").status_code == 200
    assert client.post("/members/me/", TYPED).status_code == 302
    assert factories.reloaded(bare).profile.languages == ["uk:native", "en"]


@pytest.mark.parametrize(
    "bad",
    [
        {"expertise": ["alchemy"]},
        {"time_zone": "Europe/Atlantis"},
        {"language_1": "xx"},
        {"level_1": "perfect"},
        {"language_2": "uk"},
        {"language_3": "", "level_3": "fluent"},
        {"biography": "x" * 2001},
        {"native_name": "Anna www.example.com"},
        {"native_name": "Anna محمد"},
        {"position": "x" * 161},
        {"city": "a\x00b"},
        {"expertise": list(Expertise.values)[:9]},
    ],
)
def test_profile_edit_refuses_and_keeps_what_was_typed(signed_in, anna, bad):
    response = signed_in(anna).post("/members/me/", {**TYPED, **bad})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(bad)[:1]
    assert response.context["form"]["position"].value() == bad.get("position", TEXT.position)
    assert factories.reloaded(anna).profile.position == "Head of laboratory"


@pytest.mark.parametrize("arrived", [{}, {"city": "Lviv"}])
def test_profile_edit_that_did_not_arrive_in_full_wipes_nothing(anna, signed_in, arrived):
    response = signed_in(anna).post("/members/me/", arrived)
    assert response.status_code == 422
    assert "did not arrive in full" in response.content.decode()
    assert Profile.objects.get(member=anna).biography == TEXT.biography


# The name in Latin letters


@pytest.fixture
def imported(db) -> Member:
    """A member who was brought in without a name in Latin letters."""
    return factories.member("karim", latin_name="", native_name="كريم حداد")


def test_profile_edit_asks_once_for_the_latin_name_of_who_has_none(signed_in, imported):
    client = signed_in(imported)
    assert client.post("/members/me/", {**TYPED, "latin_name": ""}).status_code == 422
    assert client.post("/members/me/", {**TYPED, "latin_name": "Karim Haddad"}).status_code == 302
    assert factories.reloaded(imported).sort_name == "karim haddad"
    client.post("/members/me/", {**TYPED, "latin_name": "Somebody Else"})
    assert factories.reloaded(imported).latin_name == "Karim Haddad"


def test_profile_edit_does_not_ask_for_a_latin_name_that_is_there(signed_in, anna):
    assert "latin_name" not in signed_in(anna).get("/members/me/").context["form"].fields


def test_edit_profile_leaves_a_vetted_name_alone(anna, at):
    edit_profile(anna, by=anna, at=at, text=replace(TEXT, latin_name="Somebody Else"))
    assert factories.reloaded(anna).latin_name == "Anna Kowalska"


def test_onward_leads_who_has_no_latin_name_to_the_profile(signed_in, imported):
    assert signed_in(imported).get("/accounts/onward/")["Location"] == "/members/me/"


# Languages


def test_profile_edit_offers_free_rows_beyond_the_languages_that_are_there(signed_in, anna):
    Profile.objects.filter(member=anna).update(languages=["uk", "en", "fr", "de", "pl"])
    form = signed_in(anna).get("/members/me/").context["form"]
    assert [language.value() for language, _level in form.language_rows] == ["uk", "en", "fr", "de", "pl", "", ""]


def test_profile_edit_takes_every_row_that_was_sent(signed_in, anna):
    signed_in(anna).post("/members/me/", {**TYPED, "language_6": "fr", "level_6": "basic"})
    assert Profile.objects.get(member=anna).languages == ["uk:native", "en", "fr:basic"]


def test_profile_leaves_others_out_where_the_budget_of_names_is_used_up(signed_in, member, settings, monkeypatch):
    settings.READING_FACTOR = 1
    monkeypatch.setitem(BUDGETS, Budget.NAMES, (Window(0, HOUR),))
    anna, boris = (factories.member(name, organisation=member.organisation) for name in ("anna", "boris"))
    response = signed_in(member).get(f"/members/{anna.public_id}/")
    page = response.content.decode()
    assert (response.status_code, anna.latin_name in page, boris.latin_name in page) == (200, True, False)
    assert "Others like this person are left out" in page
    assert not Entry.objects.filter(event=STOPPED).exists()


# Local time


def test_profile_tells_the_time_there_and_how_far_it_is(signed_in, member, anna):
    Profile.objects.filter(member=member).update(time_zone="Asia/Bangkok")
    with time_machine.travel(datetime(2026, 7, 15, 9, 0, tzinfo=UTC), tick=False):
        page = signed_in(member).get(f"/members/{anna.public_id}/").content.decode()
    assert "15 Jul 2026, 12:00 EEST" in page
    assert "4 h behind you" in page


def test_profile_without_a_zone_or_with_a_hidden_one_tells_no_time(signed_in, member, anna):
    for said in ({"time_zone_audience": "officers"}, {"time_zone": "", "time_zone_audience": ""}):
        Profile.objects.filter(member=anna).update(**said)
        assert "Local time" not in signed_in(member).get(f"/members/{anna.public_id}/").content.decode()


def test_profile_edit_draws_no_more_rows_than_somebody_needs(signed_in, anna):
    response = signed_in(anna).post("/members/me/", {**TYPED, "city": "x" * 101, "language_99": "fr"})
    assert len(list(response.context["form"].language_rows)) == 12
