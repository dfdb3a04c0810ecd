"""Is it said before publication whom a notice reaches, who gains and who loses, and is it so afterwards?"""

from datetime import UTC, datetime, timedelta

import pytest

from congress.core.labels import Audience, Tlp
from members.models import Member
from notices import actions, policies, queries
from notices.models import Notice
from tests import factories
from tests.notices.test_steps_pages import address, text_of

SECTORS = ["law_enforcement", "industry"]


@pytest.fixture
def people(db) -> list[Member]:
    bodies = [factories.organisation(country="KE"), factories.organisation(country="PE", sector="industry")]
    police = [factories.member(f"police{n}", country="KE", organisation=bodies[0]) for n in range(3)]
    return [*police, factories.member("chemist", sector="industry", country="PE", organisation=bodies[1])]


def cleared(audience: Audience, tlp: Tlp = Tlp.GREEN, **fields) -> Notice:
    made = factories.notice(state="cleared", tlp=tlp, audience=audience, **fields)
    return Notice.objects.select_related("edition").get(pk=made.pk)


@pytest.fixture
def update(people) -> Notice:
    """The next edition of a notice for the police in Kenya: for industry instead."""
    old = factories.notice(audience=Audience(sectors=["law_enforcement"], countries=["KE"]))
    return cleared(Audience(sectors=["industry"], countries=["PE"]), updates=old)


def test_reach_counts_by_sector_and_country(people):
    reach = queries.reach(cleared(Audience(sectors=SECTORS, countries=["KE", "PE"])))
    assert (reach.count, reach.sectors) == (4, [("law_enforcement", 3), ("industry", 1)])
    assert reach.countries == [("KE", 3), ("PE", 1)]


def test_preview_names_those_who_read_it_after_publication(people, publisher, at):
    notice = cleared(Audience(countries=["KE"]), review_on=at.date() + timedelta(days=90))
    told = queries.preview(publisher, notice, at).readers.shown
    actions.publish(notice, by=publisher, at=at)
    assert told == [person for person in people if policies.addressed_to(person).exists()] == people[:3]


def test_preview_counts_what_each_can_do(people, publisher, stranger, at):
    notice = cleared(Audience(countries=["KE"]))
    parts = queries.preview(publisher, notice, at).parts
    assert [part.count for part in parts] == [3, 0, 2, 1]


def test_preview_of_an_update_says_who_gains_and_who_loses(update, people, publisher, at):
    shift = queries.preview(publisher, update, at).shift
    assert (shift.gained.shown, shift.lost.shown) == ([people[3]], people[:3])
    assert (shift.gained.reach.sectors, shift.lost.reach.countries) == ([("industry", 1)], [("KE", 3)])


def test_preview_of_an_update_keeps_the_exceptions_of_its_notice(update, people, publisher):
    now, leader = datetime.now(UTC), factories.member("the_leader", country="CL")
    terms = actions.Terms("grant", "Leads it.", now + timedelta(days=9), member=leader)
    actions.make_exception(update.updates, terms, by=publisher, at=now)
    preview = queries.preview(publisher, update, now)
    assert preview.readers.shown == [people[3], leader]
    assert [part.count for part in preview.parts][:2] == [2, 1]
    assert leader not in preview.shift.gained.shown


@pytest.mark.parametrize(
    ("tlp", "audience", "sentence"),
    [
        (Tlp.AMBER_STRICT, {"countries": ["KE", "PE"]}, "People of 2 organisations would read this."),
        (Tlp.AMBER_STRICT, {"countries": ["KE"]}, ""),
        (Tlp.GREEN, {"sectors": SECTORS}, ""),
    ],
)
def test_preview_says_where_the_label_does_not_fit(people, at, tlp, audience, sentence):
    cautions = queries.preview(people[0], cleared(Audience(**audience), tlp), at).cautions
    assert [sentence in caution for caution in cautions] == ([True] if sentence else [])


def test_preview_warns_of_red_for_many_and_of_everybody(people, publisher, at):
    crowd = [factories.member(f"crowd{n}", profile=False, factor=False).pk for n in range(26)]
    red = queries.preview(publisher, cleared(Audience(people=crowd), Tlp.RED), at).cautions
    assert [caution.split(".")[-2] for caution in red] == [" 26 people would read this"]
    everybody = queries.preview(publisher, cleared(Audience(sectors=[*SECTORS]), Tlp.AMBER), at).cautions
    assert [caution.partition(" would")[0] for caution in everybody] == ["Everybody in the network"]


@pytest.mark.parametrize(
    ("state", "step", "who"),
    [("draft", "submit", "author"), ("in_review", "review", "officer"), ("cleared", "publish", "publisher")],
)
def test_step_pages_name_the_readers(people, author, signed_in, state, step, who, request):
    notice = factories.notice(state=state, audience=Audience(countries=["KE"]), author=author)
    page = text_of(signed_in(request.getfixturevalue(who)).get(address(notice, step)))
    assert all(f"/members/{reader.public_id}/" in page for reader in people[:3])
    assert f"/members/{people[3].public_id}/" not in page
    assert page.count("<h1") == 1


def test_step_pages_say_who_gains_and_who_loses(update, publisher, signed_in):
    page = text_of(signed_in(publisher).get(address(update, "publish")))
    assert "1 person gains it" in page
    assert "3 people lose it" in page


def test_preview_of_the_editor_says_who_gains_and_who_loses_too(update, signed_in):
    page = text_of(signed_in(factories.reloaded(update.author)).get(address(update, "preview")))
    assert "3 people lose it" in page
    assert page.count("<h1") == 1


def test_notice_readers_pages_through_them(update, people, publisher, member, signed_in):
    client, where = signed_in(publisher), address(update, "readers")
    for who, named in (("", people[3:]), ("gained", people[3:]), ("lost", people[:3])):
        page = text_of(client.get(f"{where}?who={who}"))
        assert [f"/members/{person.public_id}/" in page for person in people] == [person in named for person in people]
    assert client.get(f"{where}?after=forged").status_code == 400
    assert signed_in(member).get(where).status_code == 404


def test_notice_readers_is_not_for_readers(member, signed_in):
    notice = factories.notice(audience=Audience(people=[member.pk]))
    assert signed_in(member).get(address(notice, "readers")).status_code == 403
