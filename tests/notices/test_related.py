"""Which other notices does the page of one lead to, and does none of them tell of what is hidden?"""

from datetime import timedelta
from importlib import import_module

import pytest

from congress.core.labels import Audience, Tlp
from notices import queries
from notices.models import Edition, Notice
from notices.queries.related import Related
from tests import factories
from tests.outside import differences, sweep

pytestmark = pytest.mark.django_db

POLICE, OTHERS = Audience(sectors=["law_enforcement"]), Audience(sectors=["industry"])
CHLORINE = {"name": "chlorine", "cas": "7782-50-5"}


def about(
    title: str, audience: Audience = POLICE, *, state: str = "published", tlp: Tlp = Tlp.GREEN, **subjects
) -> Notice:
    notice = factories.notice(title, audience=audience, state=state, tlp=tlp)
    Edition.objects.filter(notice=notice).update(**subjects)
    notice.refresh_from_db()
    return notice


def told(found: list[Related]) -> list[tuple[str, str]]:
    return [(each.title, f"{each.reason}: {each.shared}") for each in found]


@pytest.fixture
def read() -> Notice:
    return about("Read", topics=["drones", "concealment"], countries=["FR", "PE"], chemicals=[CHLORINE])


def test_related_comes_nearest_first_and_says_why(member, read):
    about("Countries", countries=["PE", "FR"])
    about("Topic", topics=["drones"])
    about("Topics", topics=["drones", "concealment"], countries=["FR"])
    about("Chemical", chemicals=[CHLORINE])
    about("Other name", chemicals=[{"name": "bertholite", "cas": "7782-50-5"}])
    about("Nothing in common", topics=["insider_threat"], countries=["KE"])
    assert told(queries.related(member, read)) == [
        ("Chemical", "Same chemical: chlorine"),
        ("Other name", "Same chemical: CAS 7782-50-5"),
        ("Topics", "Same topic: Drones, Concealment"),
        ("Topic", "Same topic: Drones"),
        ("Countries", "Same country: France, Peru"),
    ]


def test_related_is_at_most_five(member, read):
    for number in range(7):
        about(f"Notice {number}", topics=["drones"])
    assert len(queries.related(member, read)) == 5


def test_related_weighs_the_newest_only(member, read, monkeypatch):
    old = about("Old", chemicals=[CHLORINE])
    about("New", topics=["drones"])
    Notice.objects.filter(pk=old.pk).update(published_at=factories.LONG_AGO - timedelta(days=1))
    monkeypatch.setattr(import_module("notices.queries.related"), "WEIGHED", 1)
    assert [each.title for each in queries.related(member, read)] == ["New"]


@pytest.mark.parametrize("state", ["draft", "in_review", "cleared", "withdrawn", "expired"])
def test_related_is_in_force(state, member, read):
    about("Other", state=state, chemicals=[CHLORINE])
    assert queries.related(member, read) == []


def test_related_costs_one_query(member, read, django_assert_num_queries):
    about("Topic", topics=["drones"])
    with django_assert_num_queries(1):
        queries.related(member, read)


def test_related_of_a_stub_is_none(member):
    about("Topic", topics=["drones"])
    assert queries.related(member, about("Stub", state="withdrawn", topics=["drones"])) == []


def test_notice_with_a_hidden_relative_is_the_same_page(member, signed_in, read):
    about("Topic", topics=["drones"])
    hidden = about("Hidden", OTHERS, chemicals=[CHLORINE], topics=["drones", "concealment"])
    client, paths = signed_in(member), [f"/notices/{read.number}/"]
    with_it = sweep(client, paths)
    assert b"Same topic: Drones" in with_it[paths[0]][2]
    Notice.objects.filter(pk=hidden.pk).update(edition=None)
    hidden.delete()
    assert differences(with_it, sweep(client, paths)) == []


def test_notice_names_no_relative_before_the_promise(member, signed_in):
    about("Relative", topics=["drones"])
    strict = about("Strict", tlp=Tlp.AMBER, topics=["drones"])
    assert "Relative" not in signed_in(member).get(f"/notices/{strict.number}/").content.decode()
