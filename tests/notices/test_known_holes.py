"""Which holes of other platforms, all of them public, must never be ours? One test each, named by what leaked there."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from congress.core import journal
from congress.core.labels import Audience, Tlp
from congress.core.roles import Role
from members.models import Member
from notices import actions
from notices.models import AccessException, Attachment, Edition, Notice, SavedSearch
from tests import factories
from tests.notices.sent import attached
from tests.notices.typed import content

FOR_MEMBER = {"sectors": ["law_enforcement"]}


@pytest.fixture
def hidden(author) -> Notice:
    """A notice in force that is not for the member, on the subject of one that is."""
    made = factories.notice("Zyxtitle", audience=Audience(sectors=["academia"]), author=author)
    Edition.objects.filter(notice=made).update(topics=["drones"], chemicals=[{"name": "zyxine", "cas": "7782-50-5"}])
    return made


@pytest.fixture
def shown(author) -> Notice:
    """A notice in force that is for the member."""
    made = factories.notice("Shown", audience=Audience(**FOR_MEMBER), author=author)
    Edition.objects.filter(notice=made).update(topics=["drones"], chemicals=[{"name": "chlorine", "cas": "7782-50-5"}])
    return made


@pytest.fixture
def client(member: Member, signed_in: Callable[[Member], Client]) -> Client:
    return signed_in(member)


def at_path(notice: Notice, end: str = "") -> str:
    return f"/notices/{notice.number}/{end}"


def is_hidden(client: Client, path: str, data: dict[str, str] | None = None) -> bool:
    """Tell whether an address answers as one that never existed does."""
    unknown = re.sub("PN-2026-[0-9A-Z]{5}", "PN-2026-99999", path)
    ask = client.get if data is None else client.post
    (there, nowhere) = (ask(each, data or {}) for each in (path, unknown))
    return there.status_code == nowhere.status_code == HTTPStatus.NOT_FOUND and there.content == nowhere.content


def test_related_notices_tell_nothing_of_one_that_is_out_of_reach(shown, hidden, client):
    """MISP, CVE-2020-14969: correlations named attributes that their reader could not open."""
    page = client.get(at_path(shown)).content.decode()
    assert (hidden.number in page, "Zyxtitle" in page, "zyxine" in page) == (False, False, False)


def test_remarks_of_the_check_are_not_for_readers(shown, officer, client, at):
    """MISP, CVE-2020-8894: discussion threads stood open to those who could not see the event."""
    shown.remarks.create(by=officer, text="Zyxremark", section="summary", made_at=at)
    assert b"Zyxremark" not in client.get(at_path(shown)).content


def test_the_history_of_a_notice_is_not_for_readers(shown, author, client, signed_in, at):
    """MISP, CVE-2023-50918: the audit log answered everybody."""
    journal.record(actions.drafting.DRAFTED, target=shown, by=author, at=at)
    panel = "What was done"
    assert panel in signed_in(author).get(at_path(shown)).content.decode()
    assert panel not in client.get(at_path(shown)).content.decode()


@pytest.mark.parametrize(
    "end",
    ["read/", "acknowledge/", "confirm/", "suspend/", "withdraw/", "update/", "discard/", "cosponsors/", "share/"],
)
def test_nothing_is_sent_to_a_notice_that_is_hidden(hidden, client, end):
    """MISP, CVE-2020-15412: the contact form worked for an event that its sender could not see."""
    assert is_hidden(client, at_path(hidden, end), {"edition": "1", "reason": "Zyx"})


def test_saved_searches_of_somebody_else_do_not_exist(stranger, client, at):
    """MISP, CVE-2024-45509: bookmarks could be read and changed by others."""
    SavedSearch.objects.create(member=stranger, name="Zyxsearch", saved_at=at)
    assert b"Zyxsearch" not in client.get("/notices/").content
    assert client.get("/notices/searches/edit/", {"search": "Zyxsearch"}).status_code == HTTPStatus.NOT_FOUND
    assert client.post("/notices/searches/delete/", {"search": "Zyxsearch"}).status_code == HTTPStatus.NOT_FOUND
    assert SavedSearch.objects.filter(name="Zyxsearch").exists()


@pytest.mark.usefixtures("files_root")
def test_a_file_is_not_reached_by_the_number_of_another_notice(shown, author, client, at):
    """MISP, CVE-2020-15411: attachments were handed out without a look at their event."""
    draft = actions.draft(content(), by=author, at=at)
    file = attached(draft)
    for notice in (shown, draft):
        assert client.get(at_path(notice, f"attachments/{file.public_id}/")).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.usefixtures("files_root")
def test_a_file_is_not_removed_by_way_of_a_draft_of_ones_own(author, signed_in, at):
    """MISP, CVE-2026-56424: one object was checked, another was written, in five places."""
    theirs = attached(actions.draft(content(), by=author, at=at))
    other = factories.member("other_analyst", roles=[Role.ANALYST])
    own = actions.draft(content(), by=other, at=at)
    for end in ("change/", "remove/"):
        path = at_path(own, f"attachments/{theirs.public_id}/{end}")
        assert signed_in(other).post(path, {"tlp": "TLP:CLEAR"}).status_code == HTTPStatus.NOT_FOUND
    assert Attachment.objects.filter(pk=theirs.pk).exists()


def test_an_exception_is_not_ended_by_way_of_another_notice(shown, publisher, stranger, signed_in):
    """OpenCTI, CVE-2026-21886: a call made for one kind of thing deleted another."""
    now = datetime.now(UTC)
    terms = actions.Terms("grant", "Leads the enquiry.", now + timedelta(days=9), member=stranger)
    made = actions.make_exception(shown, terms, by=publisher, at=now)
    elsewhere = factories.notice(audience=Audience(people=[publisher.pk]))
    path = at_path(elsewhere, f"exceptions/{made.public_id}/end/")
    assert signed_in(publisher).post(path, {"reason": "Zyx"}).status_code == HTTPStatus.NOT_FOUND
    assert AccessException.objects.filter(pk=made.pk, ended_at=None).exists()


def test_all_bodies_is_not_what_an_empty_audience_says(member, client):
    """MISP, CVE-2021-27904: a flag for "all organisations" opened a group to those who were not in it."""
    empty = factories.notice("Zyxtitle", audience=Audience())
    only_excluded = factories.notice("Zyxtitle", audience=Audience(excluded_countries=["FR"]))
    assert is_hidden(client, at_path(empty))
    assert is_hidden(client, at_path(only_excluded))
    assert b"Zyxtitle" not in client.get("/notices/").content


def test_a_row_without_a_mark_is_for_nobody(author, client, at):
    """OpenCTI: what bears no marking is shown to everybody."""
    made = factories.notice("Zyxtitle", audience=Audience(**FOR_MEMBER))
    bare = Edition.objects.create(notice=made, number=2, title="Zyxbare", created_at=at)
    assert (bare.tlp, bare.audience.is_empty) == (Tlp.RED, True)
    Notice.objects.filter(pk=made.pk).update(edition=bare)
    assert is_hidden(client, at_path(made))


def test_a_list_that_is_taken_along_holds_what_the_page_shows(shown, hidden, client):
    """OpenCTI, issue 6745: the CSV ignored the highest marking that its taker may hold."""
    csv = b"".join(client.get("/notices/list.csv")).decode()
    assert (shown.number in csv, hidden.number in csv, "Zyxtitle" in csv) == (True, False, False)
