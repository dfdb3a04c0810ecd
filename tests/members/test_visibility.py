"""Does a member choose who sees what, and see what that means?"""

import pytest

from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from congress.core.roles import Role
from members import queries
from members.actions.visibility import choose_audiences
from members.models import FIELDS, FieldAudience, Group, Member, Profile
from tests import factories
from tests.conftest import NOW
from tests.events.factories import registration

PATH = "/members/me/visibility/"
AS_SET = dict.fromkeys(FIELDS, "")


@pytest.fixture
def anna(db) -> Member:
    person = factories.member("anna")
    Profile.objects.filter(member=person).update(position="Chemist", languages=["uk"])
    return factories.reloaded(person)


@pytest.fixture
def group(db) -> Group:
    return Group.objects.create(name="Steering committee", kind="steering", mandate="Steers.", begun_on=NOW.date())


def test_visibility_saves_what_was_chosen_and_records_of_what_only(signed_in, anna, group):
    chosen = AS_SET | {"position": "officers", "city": "groups", "groups": [group.public_id]}
    assert signed_in(anna).post(PATH, chosen).status_code == 302
    profile = Profile.objects.get(member=anna)
    assert (profile.position_audience, profile.city_audience, profile.biography_audience) == ("officers", "groups", "")
    assert profile.trusted_groups == [group.pk]
    assert factories.reloaded(anna).search_text_officers == "chemist"
    assert Entry.objects.get(event="members.visibility.chosen").data == {
        "fields": ["city", "position", "trusted_groups"]
    }


@pytest.mark.parametrize(
    ("bad", "error"),
    [({"position": "friends"}, "position"), ({"groups": ["nobody"]}, "groups"), ({"city": "groups"}, "__all__")],
)
def test_visibility_refuses_and_keeps_what_was_chosen(signed_in, anna, group, bad, error):
    response = signed_in(anna).post(PATH, AS_SET | {"email": "network"} | bad)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [error]
    assert response.context["form"]["email"].value() == "network"
    assert Profile.objects.get(member=anna).email_audience == ""


@pytest.mark.parametrize("sent", [{}, {"position": "officers"}, {name: "" for name in FIELDS if name != "city"}])
def test_visibility_opens_nothing_by_an_answer_that_is_cut_short(signed_in, anna, sent):
    closed = {f"{name}_audience": "officers" for name in FIELDS}
    Profile.objects.filter(member=anna).update(**closed)
    response = signed_in(anna).post(PATH, sent)
    assert response.status_code == 422
    assert "did not arrive in full" in response.content.decode()
    assert Profile.objects.filter(member=anna, **closed).exists()


def test_visibility_shows_the_choices_and_what_everybody_sees(signed_in, anna):
    page = signed_in(anna).get(PATH).content.decode()
    assert "officers of the network only (as the network sets it)" in page
    assert "Ukrainian" in page
    assert anna.email not in page.split("As others see it")[1]


@pytest.mark.parametrize("audience", FieldAudience)
def test_visibility_previews_each_audience(signed_in, anna, audience):
    Profile.objects.filter(member=anna).update(position_audience="sector", email_audience="country")
    shown = signed_in(anna).get(PATH, {"seen_by": audience}).context["shown"]
    assert bool(shown.position) == (audience in {"sector", "officers"})
    assert bool(shown.email) == (audience in {"country", "officers"})


def test_visibility_previews_a_person_without_telling_their_offices(signed_in, anna):
    factories.member("boris", sector=anna.sector, country="PE", roles=[Role.ADMINISTRATOR])
    Profile.objects.filter(member=anna).update(position_audience="sector", city="Lviv", city_audience="officers")
    page = signed_in(anna).get(PATH, {"person": "boris"})
    assert "Boris" in page.content.decode()
    assert (page.context["shown"].position, page.context["shown"].city) == ("Chemist", "")


def test_visibility_previews_a_person_without_telling_their_meetings(signed_in, anna):
    boris, meeting = factories.member("boris", sector="industry", country="PE"), factories.meeting()
    for person in (anna, boris):
        registration(meeting, person, "confirmed")
    Profile.objects.filter(member=anna).update(position_audience="meeting")
    assert queries.profiles(factories.reloaded(boris)).get(pk=anna.pk).shown.position == "Chemist"
    assert signed_in(anna).get(PATH, {"person": "boris"}).context["shown"].position == ""


def test_visibility_stops_whoever_tries_names(signed_in, anna, settings):
    settings.READING_FACTOR = 0
    factories.member("boris")
    assert signed_in(anna).get(PATH).status_code == 200
    response = signed_in(anna).get(PATH, {"person": "boris"})
    assert (response.status_code, b"Boris" in response.content) == (429, False)


@pytest.mark.parametrize("asked", [{"person": "nobody at all"}, {"person": "%%"}, {"seen_by": "friends"}])
def test_visibility_says_when_it_knows_no_such_viewer(signed_in, anna, asked):
    response = signed_in(anna).get(PATH, asked)
    assert response.status_code == 200
    assert response.context["sight"].errors
    assert response.context["shown"] is None


def test_choose_audiences_is_for_oneself(anna):
    with pytest.raises(NotPermittedError):
        choose_audiences(anna, by=factories.member(), at=NOW, audiences=AS_SET, groups=[])


def test_a_person_without_a_profile_can_choose(db, signed_in):
    bare = factories.member("bare", profile=False)
    client = signed_in(bare)
    assert client.get(PATH).status_code == 200
    assert client.post(PATH, AS_SET | {"email": "network"}).status_code == 302
    assert Profile.objects.get(member=bare).email_audience == "network"
