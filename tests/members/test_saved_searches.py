"""Does a member keep searches of the directory, for themselves alone, and hear who is new in them?"""

from datetime import timedelta
from html import unescape

import pytest

from congress.core.errors import NotPermittedError
from congress.core.geography import REGION_BY_COUNTRY
from congress.core.models import Entry
from congress.core.roles import Standing
from congress.core.searches import MOST, NameTakenError, SearchTooLongError, TooManySearchesError, UnknownSearchError
from members.actions.searches import delete_search, rename_search, save_search
from members.forms import read_query
from members.models import SavedSearch
from members.queries import query_of
from members.queries.filters import Filters, Sort
from tests import factories

pytestmark = pytest.mark.django_db

FRENCH = Filters(q="head of", country=("FR", "BE"), sort=Sort.NEWEST)
CANONICAL = "q=head+of&country=BE&country=FR&sort=newest"


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def kept(member) -> dict[str, str]:
    return dict(SavedSearch.objects.filter(member=member).values_list("name", "query"))


def test_query_of_is_read_back_as_it_was_asked():
    assert query_of(FRENCH) == query_of(read_query(CANONICAL)) == CANONICAL
    assert query_of(Filters()) == ""
    many = Filters(country=tuple(sorted(REGION_BY_COUNTRY)))
    assert (read_query(query_of(many)), len(query_of(many)) < 2000) == (many, True)


def test_save_search_keeps_it_and_records_no_word_of_it(member, at):
    save_search(FRENCH, name="French", by=member, at=at)
    assert kept(member) == {"French": CANONICAL}
    assert list(Entry.objects.values_list("event", "data")) == [("members.search.saved", {})]


def test_save_search_refuses_a_name_twice_too_many_and_too_long(member, stranger, at):
    for person in (member, stranger):
        save_search(FRENCH, name="French", by=person, at=at)
    with pytest.raises(NameTakenError):
        save_search(Filters(), name="French", by=member, at=at)
    with pytest.raises(SearchTooLongError):
        save_search(Filters(organisation=tuple(f"{n:012}" for n in range(160))), name="Long", by=member, at=at)
    for number in range(MOST - 1):
        save_search(FRENCH, name=f"Search {number}", by=member, at=at)
    with pytest.raises(TooManySearchesError):
        save_search(FRENCH, name="One more", by=member, at=at)


def test_searches_are_for_those_who_browse(at):
    lapsed = factories.member("was_here", standing=Standing.LAPSED)
    with pytest.raises(NotPermittedError):
        save_search(FRENCH, name="French", by=lapsed, at=at)


def test_rename_search_and_delete_search_touch_ones_own_only(member, stranger, at):
    for name in ("French", "Belgian"):
        save_search(FRENCH, name=name, by=member, at=at)
    with pytest.raises(NameTakenError):
        rename_search("French", name="Belgian", by=member, at=at)
    for act in (rename_search, delete_search):
        with pytest.raises(UnknownSearchError):
            act("French", by=stranger, at=at, **({"name": "Mine"} if act is rename_search else {}))
    rename_search("French", name="Paris", by=member, at=at)
    delete_search("Belgian", by=member, at=at)
    assert kept(member) == {"Paris": CANONICAL}


@pytest.mark.usefixtures("clock")
def test_searches_count_who_joined_since_one_looked(member, signed_in, at):
    today = at.date()
    for number, joined in enumerate((today - timedelta(days=30), today)):
        factories.member(f"there{number}", country="FR", joined_on=joined)
    client = signed_in(member)
    client.post("/members/searches/new/?country=FR", {"name": "French"})
    assert "Nobody new" in text_of(client.get("/members/searches/"))
    factories.member("newcomer", country="FR", joined_on=today)
    factories.member("elsewhere", country="PE", joined_on=today)
    factories.member("outside", country="FR", joined_on=today, standing=Standing.SUSPENDED)
    assert "1 new member" in text_of(client.get("/members/searches/"))
    client.get("/members/?country=FR")
    assert "Nobody new" in text_of(client.get("/members/searches/"))


def test_search_new_leads_back_to_the_directory_that_now_names_it(member, signed_in):
    client = signed_in(member)
    assert "Belgium or France" in text_of(client.get(f"/members/searches/new/?{CANONICAL}"))
    saved = client.post(f"/members/searches/new/?{CANONICAL}", {"name": "French"})
    assert (saved.status_code, saved.headers["Location"]) == (303, f"/members/?{CANONICAL}")
    page = text_of(client.get(saved.headers["Location"]))
    assert 'aria-current="true">French</a>' in page
    assert "Save this search" not in page


@pytest.mark.parametrize("name", ["", "x" * 81, "\u200b\u202e", "a\x00b"])
def test_search_new_refuses_what_is_no_name(member, signed_in, name):
    response = signed_in(member).post(f"/members/searches/new/?{CANONICAL}", {"name": name})
    assert (response.status_code, kept(member)) == (422, {})


def test_search_edit_and_search_delete_over_http(member, signed_in, at):
    for name in ("French & more", "Belgian"):
        save_search(FRENCH, name=name, by=member, at=at)
    client, address = signed_in(member), "/members/searches/edit/?search=French+%26+more"
    assert 'value="French & more"' in text_of(client.get(address))
    assert client.post(address, {"name": "Belgian"}).status_code == 422
    assert client.post(address, {"name": "Paris"}).status_code == 303
    assert client.post("/members/searches/delete/", {"search": "Belgian"}).status_code == 303
    assert kept(member) == {"Paris": CANONICAL}


def test_searches_of_others_are_as_unknown_as_none(member, stranger, signed_in, at):
    save_search(FRENCH, name="Zyxname", by=stranger, at=at)
    client = signed_in(member)
    pages = [client.get(path) for path in ("/members/", "/members/searches/")]
    assert not any("Zyxname" in text_of(page) for page in pages)
    theirs, nobodys = (client.get(f"/members/searches/edit/?search={name}") for name in ("Zyxname", "Nothing"))
    assert (theirs.status_code, nobodys.status_code) == (404, 404)


def test_saved_search_with_a_value_that_is_known_no_more_still_counts(member, signed_in, at):
    SavedSearch.objects.create(member=member, name="Old", query="topic=gossip&sort=x", saved_at=at, looked_on=at.date())
    assert signed_in(member).get("/members/searches/").status_code == 200
