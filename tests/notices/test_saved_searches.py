"""Does a member keep searches of the list, for themselves alone, and does the list lead back to them?"""

from html import unescape

import pytest

from congress.core import searches
from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from congress.core.roles import Standing
from notices import actions, queries
from notices.models import SavedSearch
from notices.queries import Filters
from tests import factories

pytestmark = pytest.mark.django_db

DRONES = Filters(q="hollow books", topic=("drones", "concealment"))
CANONICAL = "q=hollow+books&topic=concealment&topic=drones"


def text_of(response) -> str:
    return unescape(response.content.decode())


def kept(member) -> dict[str, str]:
    return dict(SavedSearch.objects.filter(member=member).values_list("name", "query"))


@pytest.mark.parametrize(
    ("filters", "query"),
    [
        (Filters(), ""),
        (DRONES, CANONICAL),
        (Filters(q="hollow books", topic=("concealment", "drones")), CANONICAL),
        (Filters(q="a&b=c", tlp=("TLP:AMBER+STRICT",)), "q=a%26b%3Dc&tlp=TLP%3AAMBER%2BSTRICT"),
    ],
)
def test_query_of_is_the_same_in_whatever_order_filters_were_chosen(filters, query):
    assert queries.query_of(filters) == query


def test_save_search_keeps_it_and_records_no_word_of_it(member, at):
    actions.save_search(DRONES, name="Books", by=member, at=at)
    assert kept(member) == {"Books": CANONICAL}
    assert list(Entry.objects.values_list("event", "data")) == [("notices.search.saved", {})]


def test_save_search_refuses_a_name_twice_for_one_member_only(member, stranger, at):
    actions.save_search(DRONES, name="Books", by=member, at=at)
    actions.save_search(DRONES, name="Books", by=stranger, at=at)
    with pytest.raises(searches.NameTakenError):
        actions.save_search(Filters(), name="Books", by=member, at=at)
    assert kept(member) == kept(stranger) == {"Books": CANONICAL}


def test_save_search_keeps_thirty_at_most(member, at):
    for number in range(searches.MOST):
        actions.save_search(DRONES, name=f"Search {number}", by=member, at=at)
    with pytest.raises(searches.TooManySearchesError):
        actions.save_search(DRONES, name="One more", by=member, at=at)


def test_save_search_refuses_what_fits_into_no_address(member, at):
    with pytest.raises(searches.SearchTooLongError):
        actions.save_search(Filters(chemical=tuple(f"{n:099}" for n in range(30))), name="Long", by=member, at=at)


def test_save_search_is_for_those_who_may_read(at):
    lapsed = factories.member("was_here", standing=Standing.LAPSED)
    with pytest.raises(NotPermittedError):
        actions.save_search(DRONES, name="Books", by=lapsed, at=at)


def test_rename_search_keeps_what_it_asks(member, at):
    actions.save_search(DRONES, name="Books", by=member, at=at)
    actions.rename_search("Books", name="Hollow books", by=member, at=at)
    assert kept(member) == {"Hollow books": CANONICAL}


def test_rename_search_refuses_a_name_in_use_and_one_unknown(member, stranger, at):
    for name in ("Books", "Toys"):
        actions.save_search(DRONES, name=name, by=member, at=at)
    with pytest.raises(searches.NameTakenError):
        actions.rename_search("Books", name="Toys", by=member, at=at)
    with pytest.raises(searches.UnknownSearchError):
        actions.rename_search("Books", name="Mine now", by=stranger, at=at)


def test_delete_search_lets_go_of_ones_own_only(member, stranger, at):
    actions.save_search(DRONES, name="Books", by=member, at=at)
    with pytest.raises(searches.UnknownSearchError):
        actions.delete_search("Books", by=stranger, at=at)
    actions.delete_search("Books", by=member, at=at)
    assert kept(member) == {}


def test_search_new_leads_back_to_the_list_that_now_names_it(member, signed_in):
    client = signed_in(member)
    asked = client.get(f"/notices/searches/new/?{CANONICAL}")
    assert "“hollow books” · Concealment · Drones" in text_of(asked)
    saved = client.post(f"/notices/searches/new/?{CANONICAL}", {"name": "Books"})
    assert (saved.status_code, saved.headers["Location"]) == (303, f"/notices/?{CANONICAL}")
    page = text_of(client.get(saved.headers["Location"]))
    assert 'aria-current="true">Books</a>' in page
    assert "Save this search" not in page


@pytest.mark.parametrize("name", ["", "x" * 81, "\u200b\u202e", "a\x00b"])
def test_search_new_keeps_what_was_typed_where_it_refuses(member, signed_in, name):
    response = signed_in(member).post(f"/notices/searches/new/?{CANONICAL}", {"name": name})
    assert response.status_code == 422
    assert "“hollow books”" in text_of(response)
    assert kept(member) == {}


def test_search_edit_renames_and_says_which_names_are_taken(member, signed_in, at):
    for name in ("Books & toys", "Drones"):
        actions.save_search(DRONES, name=name, by=member, at=at)
    client, address = signed_in(member), "/notices/searches/edit/?search=Books+%26+toys"
    assert f'href="{address.replace("+", "%20")}"' in text_of(client.get("/notices/"))
    assert 'value="Books & toys"' in text_of(client.get(address))
    assert client.post(address, {"name": "Drones"}).status_code == 422
    assert client.post(address, {"name": "Toys"}).status_code == 303
    assert sorted(kept(member)) == ["Drones", "Toys"]


def test_search_delete_takes_it_off_the_list(member, signed_in, at):
    actions.save_search(DRONES, name="Books", by=member, at=at)
    client = signed_in(member)
    assert client.post("/notices/searches/delete/", {"search": "Books"}).status_code == 303
    assert kept(member) == {}
    assert client.post("/notices/searches/delete/", {"search": "Books"}).status_code == 404


def test_searches_of_others_are_as_unknown_as_none(member, stranger, signed_in, at):
    actions.save_search(DRONES, name="Zyxname", by=stranger, at=at)
    client = signed_in(member)
    assert "Zyxname" not in text_of(client.get("/notices/"))
    theirs, nobodys = (client.get(f"/notices/searches/edit/?search={name}") for name in ("Zyxname", "Nothing"))
    assert (theirs.status_code, nobodys.status_code) == (404, 404)


def test_saved_search_with_a_value_that_is_known_no_more_still_opens(member, signed_in, at):
    SavedSearch.objects.create(member=member, name="Old", query="topic=gossip&kind=warning", saved_at=at)
    response = signed_in(member).get("/notices/?topic=gossip&kind=warning")
    assert "A filter that we do not know was left out." in text_of(response)
