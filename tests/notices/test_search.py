"""Does search know what a notice says, and say why it was found?"""

import pytest
from django.contrib.postgres.search import SearchQuery

from congress.core.labels import Audience, Tlp
from congress.core.roles import Standing
from notices import queries
from notices.actions import refresh_search
from notices.models import Attachment, Edition, Notice, SectionKind
from notices.queries.hits import Hit
from tests import factories

POLICE = Audience(sectors=["law_enforcement"])


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


def attached(notice: Notice, name: str, tlp: Tlp = Tlp.GREEN) -> None:
    Attachment.objects.create(
        edition=notice.edition, name=name, tlp=tlp, media_type="application/pdf", size_bytes=1, digest="", stored_as="",
        added_by=notice.author, added_at=notice.created_at,
    )  # fmt: skip
    refresh_search(Edition.objects.filter(notice=notice))


def hit(member, at, q: str) -> Hit:
    found: Hit = queries.listing(member, queries.Filters(q=q), at.date()).page.rows[0].__dict__["hit"]
    return found


@pytest.mark.parametrize("text", ["invoice", "2026", "invoices pdf", "factur"])
def test_refresh_search_knows_the_words_of_names_of_files(db, text):
    attached(factories.notice("Drums"), "facture-finale_invoice.2026.pdf")
    assert found(text) == ["Drums"]


def test_hit_marks_title_and_text(member, at):
    notice = factories.notice("Hollow books", audience=POLICE, sections={SectionKind.SUMMARY: "Books that are hollow"})
    refresh_search(Edition.objects.filter(notice=notice))
    title, excerpt = [("Hollow", True), (" books", False)], [("Books that are ", False), ("hollow", True)]
    assert hit(member, at, "hollow") == Hit(title, excerpt, found_in="")


def test_hit_names_the_attachment_where_nothing_else_explains_it(member, at):
    attached(factories.notice("Drums", audience=POLICE), "packing-list_2026.pdf")
    for q in ("packing", "packing-list_2026.pdf", "list 2026"):
        assert hit(member, at, q).found_in == "Attachment: packing-list_2026.pdf"


def test_hit_names_the_chemical_that_was_sought_by_its_number(member, at):
    notice = factories.notice("Drums", audience=POLICE)
    Edition.objects.update(
        chemicals=[{"name": "Chlorine", "cas": "7782-50-5"}, {"name": "Bromine", "cas": "7726-95-6"}]
    )
    refresh_search(Edition.objects.filter(notice=notice))
    for q in ("7782-50-5", "7782505"):
        assert hit(member, at, q).found_in == "Chemical: Chlorine (CAS 7782-50-5)"


def test_hit_in_a_strict_text_says_no_word_of_it_before_the_promise(member, at):
    notice = factories.notice("Drums", audience=POLICE, tlp=Tlp.AMBER, sections={SectionKind.SUMMARY: "A zyxword."})
    attached(notice, "zyxname.pdf", Tlp.AMBER)
    for q in ("zyxword", "zyxname"):
        explained = hit(member, at, q)
        assert explained.excerpt == []
        assert explained.found_in.startswith("Found in its text, which opens once you agree")


def test_search_finds_by_no_word_what_is_above_the_readers_label(db, at):
    provisional = factories.member("newcomer", standing=Standing.PROVISIONAL)
    notice = factories.notice("Drums", audience=POLICE, tlp=Tlp.AMBER)
    refresh_search(Edition.objects.filter(notice=notice))
    assert queries.listing(provisional, queries.Filters(q="drums"), at.date()).page.rows == []


ODD = ["!", "& | ! <-> :*", "a:*b & (", "'", "\\", '""', "--", "\u202e\u2066", "\x00", "%_", "a" * 10000, "OR -"]


@pytest.mark.parametrize("q", ODD)
def test_search_answers_whatever_is_typed(member, signed_in, q):
    factories.notice("Drums", audience=POLICE)
    refresh_search(Edition.objects.all())
    assert signed_in(member).get("/notices/", {"q": q}).status_code == 200
