"""Is a doubtful notice taken back at once, with a reason, and given back as it was?"""

import pytest
from django.db import IntegrityError, transaction

from congress.core.errors import NotPermittedError
from congress.core.labels import Audience
from congress.core.models import Entry
from congress.core.roles import Role
from congress.core.states import IllegalTransitionError
from notices import actions, policies
from notices.models import Notice
from tests import factories
from tests.notices.test_steps_pages import address, text_of


@pytest.fixture
def published(db) -> Notice:
    return factories.notice("Zyxtitle", audience=Audience(countries=["TH"]), sections={"summary": "Zyxbody"})


@pytest.fixture
def suspended(published, publisher, at) -> Notice:
    return actions.suspend(published, reason="The source is in doubt.", by=publisher, at=at)


def test_suspend_keeps_the_reason_out_of_the_journal(suspended, publisher, at):
    notice = Notice.objects.get()
    assert (notice.state, notice.suspended_at, notice.suspension_reason) == ("suspended", at, "The source is in doubt.")
    entry = Entry.objects.get(event="notices.notice.suspended")
    assert (entry.by, entry.data) == (publisher, {})


def test_suspended_notice_is_a_stub_to_its_readers_on_every_page(suspended, member, signed_in):
    client = signed_in(member)
    page = text_of(client.get(f"/notices/{suspended.number}/"))
    assert ("The source is in doubt." in page, "Zyx" in page) == (True, False)
    found = text_of(client.get("/notices/?state=suspended"))
    assert ("Suspended notice" in found, "Zyx" in found) == (True, False)
    assert suspended.number not in text_of(client.get("/notices/?state=suspended&q=Zyxbody"))
    assert not policies.addressed_to(member).exists()


def test_suspended_notice_stays_hidden_from_others(suspended, stranger, signed_in):
    assert signed_in(stranger).get(f"/notices/{suspended.number}/").status_code == 404


def test_reinstate_gives_it_back(suspended, member, publisher, at):
    published_at = suspended.published_at
    actions.reinstate(suspended, by=publisher, at=at)
    notice = Notice.objects.get()
    assert (notice.state, notice.suspended_at, notice.suspension_reason) == ("published", None, "")
    assert notice.published_at == published_at
    assert policies.addressed_to(member).exists()


def test_suspended_notice_can_be_withdrawn(suspended, publisher, at):
    assert actions.withdraw(suspended, reason="It was wrong.", by=publisher, at=at).state == "withdrawn"


@pytest.mark.parametrize("who", ["author", "officer", "member", "administrator"])
def test_suspend_and_reinstate_are_for_publishers(published, publisher, at, who, request):
    person = request.getfixturevalue(who)
    with pytest.raises(NotPermittedError):
        actions.suspend(published, reason="No.", by=person, at=at)
    actions.suspend(published, reason="Yes.", by=publisher, at=at)
    with pytest.raises(NotPermittedError):
        actions.reinstate(published, by=person, at=at)


def test_reinstate_is_not_for_the_author(published, publisher, at):
    factories.grant(published.author, Role.PUBLISHER)
    both = factories.reloaded(published.author)
    actions.suspend(published, reason="A doubt.", by=both, at=at)
    with pytest.raises(NotPermittedError):
        actions.reinstate(published, by=both, at=at)
    assert actions.reinstate(published, by=publisher, at=at).state == "published"


@pytest.mark.parametrize("state", ["draft", "in_review", "returned", "cleared", "scheduled", "withdrawn", "expired"])
def test_suspend_and_reinstate_need_their_state(publisher, at, state):
    notice = factories.notice(state=state)
    with pytest.raises(IllegalTransitionError):
        actions.suspend(notice, reason="No.", by=publisher, at=at)
    with pytest.raises(IllegalTransitionError):
        actions.reinstate(notice, by=publisher, at=at)


def test_notice_suspend_needs_no_reading(publisher, published, signed_in):
    client = signed_in(publisher)
    assert "Zyx" not in text_of(client.get(address(published, "suspend")))
    assert client.post(address(published, "suspend"), {"reason": " "}).status_code == 422
    response = client.post(address(published, "suspend"), {"reason": "In doubt."})
    assert (response.status_code, Notice.objects.get().state) == (303, "suspended")


def test_notice_reinstate_says_why_it_was_suspended(publisher, suspended, signed_in):
    client = signed_in(publisher)
    page = text_of(client.get(address(suspended, "reinstate")))
    assert ("The source is in doubt." in page, "Zyx" in page) == (True, False)
    assert client.post(address(suspended, "reinstate"), {"x": "1"}).status_code == 303
    assert client.post(address(suspended, "reinstate"), {"x": "1"}).status_code == 409


def test_withdraw_page_of_a_suspended_notice_keeps_its_title(suspended, signed_in):
    addressed = factories.member(roles=["publisher"], country="TH")
    assert "Zyx" not in text_of(signed_in(addressed).get(address(suspended, "withdraw")))


def test_database_knows_since_when_a_notice_is_suspended(published):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(state="suspended")


def test_withdraw_of_a_suspended_notice_settles_the_doubt(published, publisher, at):
    actions.suspend(published, reason="The source is in doubt.", by=publisher, at=at)
    actions.withdraw(published, reason="It was wrong.", by=publisher, at=at)
    notice = Notice.objects.get()
    assert (notice.state, notice.suspended_at, notice.suspension_reason) == ("withdrawn", None, "")
