"""Does search know what a notice says?"""

from django.contrib.postgres.search import SearchQuery

from notices.actions import refresh_search
from notices.models import Edition, SectionKind
from tests import factories


def found(text: str) -> list[str]:
    rows = Edition.objects.filter(search_vector=SearchQuery(text, config="english", search_type="websearch"))
    return sorted(rows.values_list("title", flat=True))


def test_refresh_search_knows_title_sections_and_chemicals(db):
    notice = factories.notice(
        "Hollow books", sections={SectionKind.SUMMARY: "Posted parcels.", SectionKind.SIGNS: "A loose spine."}
    )
    Edition.objects.update(chemicals=[{"name": "Hydrogen peroxide", "cas": "7722-84-1"}])
    refresh_search(Edition.objects.filter(notice=notice))
    for text in ("hollow", "parcel", "spine", "peroxide", "7722841"):
        assert found(text) == ["Hollow books"]
    assert Edition.objects.get().search_text == "Posted parcels.\nA loose spine."


def test_refresh_search_knows_cas_numbers_in_the_text(db):
    factories.notice("Drums", sections={SectionKind.SUMMARY: "Drums marked 7782-50-5, stolen."})
    refresh_search(Edition.objects.all())
    assert found("7782505") == ["Drums"]


def test_refresh_search_leaves_other_editions_alone(db):
    one, other = factories.notice("One"), factories.notice("Other")
    refresh_search(Edition.objects.filter(notice=one))
    assert Edition.objects.get(notice=other).search_vector is None


def test_refresh_search_takes_an_edition_without_text(db):
    factories.notice("Bare", sections={})
    refresh_search(Edition.objects.all())
    assert found("bare") == ["Bare"]


def test_refresh_search_costs_two_statements(db, django_assert_num_queries):
    for _each in range(3):
        factories.notice()
    with django_assert_num_queries(2):
        refresh_search(Edition.objects.all())
