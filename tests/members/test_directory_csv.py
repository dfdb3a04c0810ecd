"""Does the list of members go along as a file, as far as the viewer sees, and is that kept?"""

import csv
from io import StringIO

import pytest
from django.core.cache import cache

from congress.core.budgets import BUDGETS, HOUR, Budget, Window
from congress.core.models import Entry
from members.actions import refresh_search
from members.models import FIELDS, Member, Profile, Use
from tests import factories

PATH = "/members/list.csv"


@pytest.fixture
def anna(db) -> Member:
    person = factories.member("anna_kowalska", sector="academia", country="UA")
    written = {"position": "=cmd|calc", "languages": ["uk:native", "en"], "city": "Lviv", "city_audience": "sector"}
    Profile.objects.filter(member=person).update(**written)
    refresh_search(Member.objects.all())
    return person


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(response.getvalue().decode("utf-8-sig"))))


def test_directory_csv_holds_what_the_viewer_sees(signed_in, member, anna):
    response = signed_in(member).get(PATH, {"sector": "academia"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    found = rows(response)
    assert [row["latin_name"] for row in found] == ["Anna Kowalska"]
    assert (found[0]["languages"], found[0]["city"], found[0]["email"]) == ("uk:native; en", "", "")
    assert found[0]["profile"].endswith(f"/members/{anna.public_id}/")


def test_directory_csv_calculates_nothing(signed_in, member, anna):
    assert rows(signed_in(member).get(PATH, {"q": "anna"}))[0]["position"] == "'=cmd|calc"


def test_directory_csv_has_a_column_for_each_field_of_a_list_file(signed_in, anna):
    columns = set(rows(signed_in(anna).get(PATH))[0])
    assert columns & set(FIELDS) == {name for name, field in FIELDS.items() if Use.LIST_FILE in field.uses}


def test_directory_csv_comes_in_the_order_of_the_page(signed_in, member, anna):
    factories.member("anna_petrova", joined_on="2026-05-01")
    refresh_search(Member.objects.all())
    client = signed_in(member)
    for asked in ({}, {"q": "anna"}, {"sort": "newest"}, {"q": "anna", "sort": "newest"}):
        listed = [row.latin_name for row in client.get("/members/", asked).context["directory"].page.rows]
        assert [row["latin_name"] for row in rows(client.get(PATH, asked))] == listed


def test_directory_csv_is_kept_in_the_journal(signed_in, member, anna):
    signed_in(member).get(PATH, {"sector": "academia"}).getvalue()
    entry = Entry.objects.get(event="members.directory.exported")
    assert (entry.data, entry.by_id) == ({"format": "csv", "count": 1}, member.pk)


def test_directory_csv_gives_nobody_more_than_the_budget_of_names(signed_in, member, anna, settings):
    settings.READING_FACTOR = 0
    response = signed_in(member).get(PATH)
    assert response.status_code == 429
    assert b"Anna" not in response.getvalue()


def test_directory_offers_the_file_only_where_it_fits(signed_in, member, anna, settings, monkeypatch):
    settings.READING_FACTOR = 1
    monkeypatch.setitem(BUDGETS, Budget.NAMES, (Window(1, HOUR),))
    client = signed_in(member)
    small = client.get("/members/", {"sector": "academia"}).content.decode()
    assert ("list.csv" in small, "Too many people" in small) == (True, False)
    cache.clear()
    monkeypatch.setitem(BUDGETS, Budget.NAMES, (Window(30, HOUR),))
    for number in range(40):
        factories.member(f"another_{number}")
    large = client.get("/members/").content.decode()
    assert ("list.csv" in large, "Too many people" in large) == (False, True)


@pytest.mark.parametrize(
    "asked", ["sector=magic", "meeting=%27", "sector=academia&sector=magic", "sectr=academia", f"q={'a' * 201}"]
)
def test_directory_csv_holds_nobody_who_was_not_asked_for(signed_in, member, anna, asked):
    refused = signed_in(member).get(f"{PATH}?{asked}")
    assert (refused.status_code, Entry.objects.filter(event__contains="directory").count()) == (400, 0)
