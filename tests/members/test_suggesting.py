"""Are the right names suggested while somebody types, and only those that they may see?"""

import pytest

from congress.core.roles import Standing
from members.actions import refresh_search
from members.models import Member, Profile
from tests import factories

PATH = "/members/suggest/"


@pytest.fixture
def network(db) -> None:
    factories.member("anna_kowalska", native_name="Анна Ковальська")
    factories.member("annette_meyer")
    factories.member("johanna_smith")
    factories.member("anna_hidden", standing=Standing.SUSPENDED)
    other = factories.member("boris_petrov", sector="academia", country="PE")
    Profile.objects.filter(member=other).update(other_names=["Annabel"], other_names_audience="sector")
    refresh_search(Member.objects.all())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ann", ["Anna Kowalska", "Annette Meyer"]),
        ("ANNA kow", ["Anna Kowalska"]),
        ("kow ann", ["Anna Kowalska"]),
        ("Ковал", ["Anna Kowalska"]),
        ("an", []),
        ("", []),
        ("%%%", []),
        ("___", []),
        ("x" * 10_000, []),
        ("nobody", []),
    ],
)
def test_suggest_names_who_begins_so(network, signed_in, member, typed, expected):
    response = signed_in(member).get(PATH, {"q": typed})
    assert response.status_code == 200
    assert [str(person) for person in response.context["people"]] == expected


def test_suggest_finds_by_another_name_whoever_may_see_it(network, signed_in):
    colleague = factories.member("colleague", sector="academia")
    assert [str(person) for person in signed_in(colleague).get(PATH, {"q": "annabel"}).context["people"]] == [
        "Boris Petrov"
    ]


def test_suggest_answers_for_what_is_hidden_as_for_nonsense(network, signed_in, member):
    client = signed_in(member)
    assert client.get(PATH, {"q": "annabel"}).content == client.get(PATH, {"q": "zzzabel"}).content


def test_suggest_is_a_listbox_that_says_how_many_there_are(network, signed_in, member):
    page = signed_in(member).get(PATH, {"q": "ann"}).content.decode()
    assert 'role="listbox"' in page
    assert page.count('role="option"') == 2
    assert 'data-count="2 suggestions"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_suggest_costs_four_queries(signed_in, member, django_assert_num_queries, count):
    for number in range(count):
        factories.member(f"anna{number}")
    refresh_search(Member.objects.all())
    client = signed_in(member)
    client.get(PATH, {"q": "nobody"})
    with django_assert_num_queries(4):
        client.get(PATH, {"q": "anna"})
