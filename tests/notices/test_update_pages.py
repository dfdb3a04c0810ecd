"""Do the pages that begin an update and throw drafts away ask first, and say what stands in the way?"""

from datetime import timedelta
from html import unescape

import pytest

from congress.core.labels import Tlp
from notices import actions
from notices.models import Notice
from tests import factories
from tests.notices import steps
from tests.notices.typed import content, form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(author, officer, publisher, at) -> Notice:
    return steps.published(author, officer, publisher, at)


@pytest.fixture
def drafted(author, at) -> Notice:
    return actions.draft(content(), by=author, at=at)


def page(response) -> str:
    return unescape(response.content.decode())


def test_notice_update_leads_to_the_editor(notice, author, signed_in):
    client = signed_in(author)
    assert "Begin the update" in page(client.get(f"/notices/{notice.number}/update/"))
    response = client.post(f"/notices/{notice.number}/update/", {"x": "1"})
    working = Notice.objects.get(updates=notice)
    assert (response.status_code, response.headers["Location"]) == (303, f"/notices/{working.number}/edit/")
    editor = page(client.get(f"/notices/{working.number}/edit/"))
    assert "What changed" in editor
    assert "Parcels with hollow books were posted." in editor


def test_notice_update_saves_what_changed(notice, author, signed_in, at):
    working = actions.begin_update(notice, by=author, at=at)
    data = form_data(what_changed=steps.CHANGED)
    assert signed_in(author).post(f"/notices/{working.number}/edit/", data).status_code == 303
    assert steps.reloaded(working).edition.what_changed == steps.CHANGED


def test_notice_update_leads_to_the_one_that_is_being_written(notice, author, signed_in, at):
    working = actions.begin_update(notice, by=author, at=at)
    for method in ("get", "post"):
        response = getattr(signed_in(author), method)(f"/notices/{notice.number}/update/", {"x": "1"})
        assert f"/notices/{working.number}/" in page(response)
    assert response.status_code == 409


def test_notice_update_names_no_update_to_those_who_do_not_see_it(notice, author, signed_in, at):
    working = actions.begin_update(notice, by=author, at=at)
    colleague = factories.member(roles=["analyst"], organisation=author.organisation)
    response = signed_in(colleague).post(f"/notices/{notice.number}/update/", {"x": "1"})
    assert response.status_code == 409
    assert working.number not in page(response)


def test_notice_update_asks_for_the_promise_first(author, officer, publisher, at, signed_in):
    notice = steps.published(author, officer, publisher, at, tlp=Tlp.AMBER)
    colleague = factories.member(roles=["analyst"], organisation=author.organisation)
    response = signed_in(colleague).post(f"/notices/{notice.number}/update/", {"x": "1"})
    assert (response.status_code, response.headers["Location"]) == (302, f"/notices/{notice.number}/")


def test_notice_update_is_refused_to_readers(notice, member, stranger, signed_in):
    assert signed_in(member).get(f"/notices/{notice.number}/update/").status_code == 403
    assert signed_in(stranger).get(f"/notices/{notice.number}/update/").status_code == 404


def test_notice_update_whose_notice_was_withdrawn_says_so(notice, author, publisher, signed_in, at):
    working = actions.begin_update(notice, by=author, at=at)
    actions.withdraw(notice, reason="Wrong.", by=publisher, at=at)
    client = signed_in(author)
    assert "There is nothing to update any more" in page(client.get(f"/notices/{working.number}/"))
    client.post(f"/notices/{working.number}/edit/", form_data(what_changed=steps.CHANGED))
    response = client.post(f"/notices/{working.number}/submit/", {"x": "1"})
    assert response.status_code == 409
    assert "not in force any more" in page(response)


def test_notice_publish_leads_from_an_update_to_its_notice(notice, author, officer, publisher, signed_in, at):
    later = at + timedelta(days=1)
    working = actions.begin_update(notice, by=author, at=later)
    steps.rewritten(working, author, later)
    steps.cleared(working, author, officer, later)
    response = signed_in(publisher).post(f"/notices/{working.number}/publish/", {"decision": "publish"})
    assert (response.status_code, response.headers["Location"]) == (303, f"/notices/{notice.number}/")


def test_notice_discard_asks_first(drafted, author, signed_in):
    client = signed_in(author)
    assert "Throw this draft away?" in page(client.get(f"/notices/{drafted.number}/discard/"))
    assert Notice.objects.exists()
    response = client.post(f"/notices/{drafted.number}/discard/", {"x": "1"})
    assert (response.status_code, response.headers["Location"]) == (303, "/notices/")
    assert not Notice.objects.exists()


def test_notice_discard_of_an_update_leads_to_its_notice(notice, author, signed_in, at):
    working = actions.begin_update(notice, by=author, at=at)
    response = signed_in(author).post(f"/notices/{working.number}/discard/", {"x": "1"})
    assert response.headers["Location"] == f"/notices/{notice.number}/"


def test_notice_discard_is_refused_for_what_was_submitted(drafted, author, stranger, signed_in, at):
    assert signed_in(stranger).post(f"/notices/{drafted.number}/discard/").status_code == 404
    actions.submit(drafted, by=author, at=at)
    assert signed_in(author).post(f"/notices/{drafted.number}/discard/").status_code == 409
    assert Notice.objects.exists()


def test_notice_that_updates_another_names_it_to_those_only_who_see_that(notice, author, signed_in, at):
    working = actions.begin_update(notice, by=author, at=at)
    steps.rewritten(working, author, at)
    assert notice.number in page(signed_in(author).get(f"/notices/{working.number}/"))
    actions.submit(steps.reloaded(working), by=author, at=at)
    other = factories.member(roles=["compliance_officer"], sector="academia")
    for path in ("", "review/", "preview/?sector=industry&country=PE"):
        response = signed_in(other).get(f"/notices/{working.number}/{path}")
        assert response.status_code == 200
        assert notice.number not in page(response)
