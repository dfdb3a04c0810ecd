"""Do readers find the editions that were for them, what changed between two, and no word of the others?"""

import re
from datetime import timedelta
from html import unescape

import pytest

from congress.core.labels import Audience, Tlp
from congress.core.models import Entry
from notices import actions, queries
from notices.actions import SectionText
from notices.models import Edition, Notice, Reading
from tests import factories
from tests.notices import steps
from tests.outside import TOKEN

pytestmark = pytest.mark.django_db

FIRST = SectionText("summary", Tlp.GREEN, "Hollow books were posted in spring.")
SECOND = SectionText("summary", Tlp.GREEN, "Hollow bricks were posted in spring.")
SIGNS = SectionText("signs", Tlp.GREEN, "A loose spine.")
POLICE = Audience(sectors=["law_enforcement"])


@pytest.fixture
def later(at):
    return at + timedelta(days=30)


@pytest.fixture
def update(author, officer, publisher, at, later):
    """Publish a notice and an update of it, each with what a test says of it."""

    def make(first=None, second=None) -> Notice:
        notice = steps.published(author, officer, publisher, at, **{"sections": (FIRST,), **(first or {})})
        working = actions.begin_update(notice, by=author, at=later)
        steps.rewritten(working, author, later, **{"sections": (SECOND, SIGNS), **(second or {})})
        steps.cleared(working, author, officer, later)
        actions.publish(steps.reloaded(working), by=publisher, at=later)
        return steps.reloaded(notice)

    return make


def page(client, notice, path: str = "") -> tuple[int, str]:
    response = client.get(f"/notices/{notice.number}/{path}")
    return response.status_code, unescape(response.content.decode())


def test_notice_says_that_it_was_updated_and_what_changed(update, member, signed_in):
    notice = update()
    _status, text = page(signed_in(member), notice)
    assert "Edition 2" in text
    assert 'updated on <time datetime="2026-12-23">' in text
    assert steps.CHANGED in text


def test_notice_leads_on_from_the_number_of_its_update(update, member, stranger, signed_in):
    notice = update()
    number = notice.edition.drafted_as
    response = signed_in(member).get(f"/notices/{number.lower()}/")
    assert (response.status_code, response.headers["Location"]) == (302, f"/notices/{notice.number}/")
    unknown = signed_in(stranger).get("/notices/PN-2026-00000/")
    hidden = signed_in(stranger).get(f"/notices/{number}/")
    assert (hidden.status_code, hidden.content) == (unknown.status_code, unknown.content) == (404, unknown.content)


def test_notice_editions_lists_them_newest_first(update, member, signed_in):
    status, text = page(signed_in(member), update(), "editions/")
    assert status == 200
    assert text.index("Edition 2") < text.index("Edition 1")
    assert steps.CHANGED in text


def test_notice_editions_names_none_that_was_for_others(update, member, stranger, signed_in):
    notice = update({"title": "Zyxfirst"}, {"audience": Audience(sectors=["industry"])})
    _status, text = page(signed_in(stranger), notice, "editions/")
    assert "Zyxfirst" not in text
    assert "Edition 1" not in text
    assert page(signed_in(member), notice, "editions/")[0] == 404


def test_notice_edition_says_that_it_is_not_in_force(update, member, signed_in):
    status, text = page(signed_in(member), update(), "editions/1/")
    assert status == 200
    assert "This edition is not in force" in text
    assert FIRST.body in text
    assert SECOND.body not in text


def test_notice_edition_opened_is_kept_as_read_once(update, member, signed_in):
    notice, client = update(), signed_in(member)
    assert "Mark edition 1 as read" in page(client, notice, "editions/1/")[1]
    assert not Reading.objects.exists()
    path = f"/notices/{notice.number}/editions/1/read/"
    answers = [client.post(path), client.post(path, headers={"HX-Request": "true"})]
    assert [answer.status_code for answer in answers] == [303, 200]
    assert "You read edition 1" in answers[1].content.decode()
    assert "You read edition 1" in page(client, notice, "editions/1/")[1]
    first = Edition.objects.get(notice=notice, number=1)
    assert [(row.member_id, row.edition_id) for row in Reading.objects.all()] == [(member.pk, first.pk)]
    entry = Entry.objects.get(event="notices.notice.read")
    assert (entry.by_id, entry.target_kind, entry.target_id) == (member.pk, "notices.edition", first.pk)


def test_notice_edition_read_leaves_the_one_in_force_unread(update, member, later):
    notice = update()
    actions.mark_edition_read(notice, edition=1, by=member, at=later)
    assert queries.own_reading(member, notice).is_unread
    actions.mark_edition_read(notice, edition=2, by=member, at=later)
    assert not queries.own_reading(member, notice).is_unread


def test_notice_edition_read_of_others_and_of_none_is_not_found(update, member, stranger, signed_in):
    notice = update({}, {"audience": Audience(sectors=["industry"])})
    hidden, unknown = (signed_in(stranger).post(f"/notices/{notice.number}/editions/{n}/read/") for n in (1, 7))
    assert hidden.status_code == unknown.status_code == 404
    assert TOKEN.sub(b"", hidden.content) == TOKEN.sub(b"", unknown.content)
    assert signed_in(member).post(f"/notices/{notice.number}/editions/1/read/").status_code == 404
    assert not Reading.objects.exists()


def test_notice_edition_read_waits_for_the_promise(update, member, signed_in):
    notice = update({}, {"tlp": Tlp.AMBER})
    assert signed_in(member).post(f"/notices/{notice.number}/editions/1/read/").status_code == 409
    assert not Reading.objects.exists()


def test_notice_compare_keeps_both_editions_as_read(update, member, signed_in):
    notice, client = update(), signed_in(member)
    _status, text = page(client, notice, "compare/")
    paths = re.findall(r'hx-post="([^"]+)" hx-trigger="load"', text)
    assert paths == [f"/notices/{notice.number}/editions/{number}/read/" for number in (1, 2)]
    assert [client.post(path).status_code for path in paths] == [303, 303]
    assert Entry.objects.filter(event="notices.notice.read", by=member).count() == 2
    _status, text = page(client, notice, "compare/")
    assert ("You read edition 1" in text, "You read edition 2" in text, "hx-trigger" in text) == (True, True, False)


def test_notice_compare_of_an_update_keeps_the_edition_in_force_as_read(author, officer, publisher, at, signed_in):
    notice = steps.published(author, officer, publisher, at)
    working = actions.begin_update(notice, by=author, at=at)
    steps.rewritten(working, author, at, sections=(SECOND,))
    steps.cleared(working, author, officer, at)
    second = factories.member(roles=["publisher"], organisation=None)
    client = signed_in(second)
    _status, text = page(client, working, "compare/")
    assert re.findall(r'hx-post="([^"]+)" hx-trigger="load"', text) == [f"/notices/{notice.number}/editions/1/read/"]


@pytest.mark.parametrize(("path", "status"), [("editions/2/", 302), ("editions/3/", 404), ("editions/0/", 404)])
def test_notice_edition_in_force_is_the_notice_itself(update, member, signed_in, path, status):
    assert page(signed_in(member), update(), path)[0] == status


def test_notice_edition_of_others_is_not_found(update, stranger, signed_in):
    notice = update({}, {"audience": Audience(sectors=["industry"])})
    client = signed_in(stranger)
    assert page(client, notice, "editions/1/") == page(client, notice, "editions/7/")
    assert page(client, notice, "compare/?from=1&to=2")[0] == 404


def test_notice_edition_with_a_stricter_label_opens_for_those_who_promised(update, member, signed_in, at):
    notice = update({"tlp": Tlp.AMBER}, {})
    client = signed_in(member)
    assert page(client, notice, "editions/1/")[0] == 404
    first = Edition.objects.get(notice=notice, number=1)
    Reading.objects.create(edition=first, member=member, read_at=at, acknowledged_at=at)
    assert FIRST.body in page(client, notice, "editions/1/")[1]


@pytest.mark.parametrize("path", ["editions/", "editions/1/", "compare/"])
def test_editions_wait_for_the_promise(update, member, signed_in, path, later):
    notice = update({}, {"tlp": Tlp.AMBER})
    client = signed_in(member)
    assert page(client, notice, path)[0] == 302
    actions.acknowledge(notice, edition=notice.edition.number, by=member, at=later)
    assert page(client, notice, path)[0] == 200


@pytest.mark.parametrize("path", ["editions/", "editions/1/", "compare/"])
def test_editions_of_a_stub_are_gone(update, author, publisher, member, signed_in, path, later):
    notice = update()
    actions.withdraw(notice, reason="Wrong.", by=publisher, at=later)
    assert [page(signed_in(person), notice, path)[0] for person in (member, author)] == [302, 302]


def test_notice_compare_marks_what_was_removed_and_added(update, member, signed_in):
    _status, text = page(signed_in(member), update(), "compare/")
    assert '<del><span class="visually-hidden">removed: </span>books </del>' in text
    assert '<ins><span class="visually-hidden">added: </span>bricks </ins>' in text
    assert '<ins><span class="visually-hidden">added: </span>A loose spine.</ins>' in text


def test_notice_compare_says_label_facts_and_audience_in_words(update, member, signed_in, later):
    second = {
        "tlp": Tlp.AMBER, "countries": ("CL",), "topics": ("drones",), "chemicals": (),
        "audience": Audience(sectors=["law_enforcement", "industry"], excluded_countries=["FR"]),
    }  # fmt: skip
    notice = update({"audience": POLICE}, second)
    actions.acknowledge(notice, edition=notice.edition.number, by=member, at=later)
    _status, text = page(signed_in(member), notice, "compare/?from=1&to=2")
    for expected in ("Peru</del>", "Chile</ins>", "Drones</ins>", "Chlorine 7782-50-5</del>", "Industry", "France"):
        assert expected in text
    gained, lost = text.partition("Gained it")[2].split("Lost it")
    assert ("Industry" in gained, "France" in lost) == (True, True)


def test_notice_compare_names_files_that_came_and_went(author, officer, publisher, member, at, later, signed_in):
    notice = steps.published(author, officer, publisher, at)
    factories.attachment(notice.edition, "old.png", digest="1" * 64)
    working = actions.begin_update(notice, by=author, at=later)
    edition = steps.rewritten(working, author, later).edition
    edition.attachments.filter(name="old.png").delete()
    factories.attachment(edition, "new.png", digest="3" * 64)
    steps.cleared(working, author, officer, later)
    actions.publish(steps.reloaded(working), by=publisher, at=later)
    _status, text = page(signed_in(member), notice, "compare/")
    assert "old.png</del>" in text
    assert "new.png</ins>" in text


def test_notice_compare_of_one_edition_with_itself_says_so(update, member, signed_in):
    assert "These two editions say the same." in page(signed_in(member), update(), "compare/?from=2&to=2")[1]


def test_notice_compare_for_who_may_read_one_edition_only_says_so(update, member, signed_in):
    notice = update({"audience": Audience(people=[factories.member().pk])}, {"audience": POLICE})
    _status, text = page(signed_in(member), notice, "compare/")
    assert "You may read this edition only; there is no other to compare it with." in text
    assert 'name="from"' not in text


@pytest.mark.parametrize("asked", ["from=9", "to=x", "from=-1", "from=99999999999999", "to=²"])
def test_notice_compare_with_an_edition_that_is_not_there(update, member, signed_in, asked):
    assert page(signed_in(member), update(), f"compare/?{asked}")[0] == 404


def test_notice_compare_bears_the_strictest_label_and_the_readers_mark(update, member, signed_in, later):
    notice = update({"tlp": Tlp.AMBER}, {"tlp": Tlp.AMBER})
    actions.acknowledge(notice, edition=notice.edition.number, by=member, at=later)
    _status, text = page(signed_in(member), notice, "compare/")
    assert "Opened by" in text
    assert "TLP:AMBER" in text


def test_notice_shows_role_cards_the_own_sectors_first(author, officer, publisher, member, stranger, at, signed_in):
    cards = tuple(SectionText(f"advice_{role}", Tlp.GREEN, f"For the {role}.") for role in ("retailer", "customs"))
    everybody = Audience(sectors=["law_enforcement", "industry"])
    last = SectionText("ask", Tlp.GREEN, "Write to us.")
    sections = (FIRST, SectionText("advice", Tlp.GREEN, "In general."), *cards, last)
    notice = steps.published(author, officer, publisher, at, audience=everybody, sections=sections)
    for person, order in ((member, ["customs", "retailer"]), (stranger, ["retailer", "customs"])):
        _status, text = page(signed_in(person), notice)
        places = [text.index(words) for words in ("In general.", *(f"For the {one}." for one in order), "Write to us.")]
        assert places == sorted(places)


def test_notice_compare_of_an_update_is_with_the_edition_in_force(author, officer, publisher, at, later, signed_in):
    notice = steps.published(author, officer, publisher, at, sections=(FIRST,))
    working = actions.begin_update(notice, by=author, at=later)
    steps.rewritten(working, author, later, sections=(SECOND,))
    _status, text = page(signed_in(author), working, "compare/")
    assert "The edition in force and its update" in text
    assert "books </del>" in text
    actions.submit(steps.reloaded(working), by=author, at=later)
    other = factories.member(roles=["compliance_officer"], sector="academia")
    assert "These two editions say the same." in page(signed_in(other), working, "compare/")[1]


def test_notices_says_what_changed_once_the_text_is_open(update, member, signed_in, later):
    notice = update({}, {"tlp": Tlp.AMBER})
    client = signed_in(member)
    assert steps.CHANGED not in unescape(client.get("/notices/").content.decode())
    actions.acknowledge(notice, edition=notice.edition.number, by=member, at=later)
    text = unescape(client.get("/notices/").content.decode())
    assert "Edition 2" in text
    assert f"What changed: {steps.CHANGED}" in text
