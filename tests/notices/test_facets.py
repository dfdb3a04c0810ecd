"""Are the counts beside the filters what choosing them shows, also where there is too much to count?"""

from copy import copy

import pytest

from congress.core.labels import Audience
from notices import actions, queries
from notices.models import Edition, Notice
from notices.queries import facets as counting
from notices.queries import filters as asking
from notices.queries.filters import Filters
from tests import factories

pytestmark = pytest.mark.django_db

POLICE = Audience(sectors=["law_enforcement"])


def about(notice: Notice, **fields) -> Notice:
    Edition.objects.filter(notice=notice).update(**fields)
    return notice


def listed(member, at, **asked) -> queries.Listing:
    return queries.listing(member, Filters(**asked), at.date())


def counted(member, at, name: str, **asked) -> dict[str, int | str | None]:
    return {option.value: option.count for option in listed(member, at, **asked).facets[name]}


def copies(original: Notice, count: int, **fields) -> None:
    """Make many notices like one, without people of their own."""
    rows = [copy(original) for _each in range(count)]
    for number, row in enumerate(rows):
        row.pk, row.edition, row.number = None, None, f"PN-2025-{number:05d}"
    notices = Notice.objects.bulk_create(rows)
    label = {"tlp": original.edition.tlp, **original.edition.audience.columns()}
    made = [Edition(notice=n, number=1, title="Copy", created_at=n.created_at, **label, **fields) for n in notices]
    for notice, edition in zip(notices, Edition.objects.bulk_create(made), strict=True):
        notice.edition = edition
    Notice.objects.bulk_update(notices, ["edition"])


def test_subjects_follow_the_edition_in_force(member):
    notice = about(factories.notice(audience=POLICE), topics=["drones"], countries=["FR"])
    Edition.objects.update(chemicals=[{"name": "chlorine", "cas": "7782-50-5"}, {"name": "unknown", "cas": ""}])
    notice.refresh_from_db()
    assert notice.subjects == [
        "topic drones", "country FR", "chemical chlorine", "chemical unknown", "cas 7782-50-5"
    ]  # fmt: skip


def test_subjects_of_a_stub_are_none_until_it_is_reinstated(member, publisher, at):
    notice = about(factories.notice(audience=POLICE), topics=["drones"])
    actions.suspend(notice, reason="Doubts.", by=publisher, at=at)
    assert Notice.objects.get().subjects == []
    actions.reinstate(Notice.objects.get(), by=publisher, at=at)
    assert Notice.objects.get().subjects == ["topic drones"]


def test_subjects_are_written_by_the_database_only(member):
    notice = about(factories.notice(audience=POLICE), topics=["drones"])
    Notice.objects.filter(pk=notice.pk).update(subjects=["topic insider_threat"])
    assert Notice.objects.get().subjects == ["topic drones"]


def test_facets_count_each_with_all_other_filters_on(member, at):
    about(factories.notice(audience=POLICE), topics=["drones"], countries=["FR"])
    about(factories.notice(audience=POLICE, kind="request"), topics=["drones", "concealment"], countries=["PE"])
    about(factories.notice(audience=POLICE, kind="request"), topics=["concealment"], countries=["FR"])
    asked = {"topic": ("drones",), "country": ("FR",)}
    assert listed(member, at, **asked).count == 1
    assert counted(member, at, "topic", **asked) == {"drones": 1, "concealment": 1}
    assert counted(member, at, "country", **asked) == {"FR": 1, "PE": 1}
    assert counted(member, at, "kind", **asked) == {"warning": 1}


def test_facets_of_two_filters_that_meet_nowhere_still_offer_a_way_back(member, at):
    about(factories.notice(audience=POLICE), topics=["drones"])
    about(factories.notice(audience=POLICE, kind="request"), topics=["concealment"])
    asked = {"topic": ("drones",), "kind": ("request",)}
    assert listed(member, at, **asked).count == 0
    assert counted(member, at, "topic", **asked) == {"drones": 0, "concealment": 1}


def test_facets_say_where_not_everything_was_counted(member, at):
    original = factories.notice(audience=POLICE)
    copies(original, counting.COUNTED + 150, topics=["drones"])
    found = listed(member, at)
    assert (found.count, found.counted.is_more) == (counting.COUNTED, True)
    assert counted(member, at, "kind") == {"warning": f"{counting.COUNTED + 1}+"}


def test_facets_beyond_what_is_counted_still_count_few_matches_exactly(member, at):
    rare = about(factories.notice(audience=POLICE), topics=["concealment"])
    copies(rare, counting.COUNTED + 5, topics=["drones"])
    found = listed(member, at, topic=("concealment",))
    assert (found.count, found.counted.is_more) == (1, False)
    assert {option.value for option in found.facets["topic"]} == {"concealment", "drones"}


@pytest.mark.parametrize("few", [0, 100])
def test_search_finds_the_same_however_common_the_word(few, member, at, monkeypatch):
    monkeypatch.setattr(asking, "FEW", few)
    notices = [
        factories.notice(f"Hollow book {n}", audience=POLICE, kind=kind)
        for n, kind in enumerate(["warning", "request"])
    ]
    factories.notice("Hollow book for others", audience=Audience(sectors=["industry"]))
    actions.refresh_search(Edition.objects.all())
    found = listed(member, at, q="hollow")
    assert sorted(row.number for row in found.page.rows) == sorted(notice.number for notice in notices)
    assert (found.count, counted(member, at, "kind", q="hollow")) == (2, {"warning": 1, "request": 1})


def test_search_knows_the_edition_in_force_only(member, at):
    notice = factories.notice("Hollow books", audience=POLICE)
    actions.refresh_search(Edition.objects.all())
    newer = copy(notice.edition)
    newer.pk, newer.number, newer.title = None, 2, "Hollow toys"
    newer.save()
    Notice.objects.filter(pk=notice.pk).update(edition=newer)
    actions.refresh_search(Edition.objects.filter(pk=newer.pk))
    assert [len(listed(member, at, q=word).page.rows) for word in ("books", "toys")] == [0, 1]
    assert Edition.objects.get(number=1).search_vector is None
