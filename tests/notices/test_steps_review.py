"""Does somebody say in time that a notice still holds, and do its readers see when nobody did?"""

from datetime import date, timedelta

import pytest
import time_machine

from congress.core.errors import NotPermittedError
from congress.core.labels import Audience
from congress.core.models import Entry
from congress.core.states import IllegalTransitionError
from notices import actions, queries
from notices.models import Notice
from tests import factories
from tests.notices.test_steps_pages import address, text_of

OVERDUE = "Its review is overdue"


@pytest.fixture
def published(author, at) -> Notice:
    return factories.notice(
        "Hollow books", author=author, audience=Audience(countries=["TH"]), review_on=at.date(), at=at
    )


def test_confirm_moves_the_day_of_review(published, author, at):
    actions.confirm(published, review_on=date(2027, 11, 1), by=author, at=at)
    notice = Notice.objects.get()
    assert (notice.review_on, notice.state) == (date(2027, 11, 1), "published")
    entry = Entry.objects.get(event="notices.notice.confirmed")
    assert (entry.by, entry.data) == (author, {"review_on": "2027-11-01"})


@pytest.mark.parametrize("days", [-1, 0, 732])
def test_confirm_refuses_a_day_past_or_too_far(published, author, at, days):
    with pytest.raises(actions.ReviewDateError):
        actions.confirm(published, review_on=at.date() + timedelta(days=days), by=author, at=at)


@pytest.mark.parametrize("who", ["officer", "publisher", "member", "administrator"])
def test_confirm_is_for_its_own_author_and_publisher(published, at, who, request):
    with pytest.raises(NotPermittedError):
        actions.confirm(published, review_on=date(2027, 11, 1), by=request.getfixturevalue(who), at=at)


@pytest.mark.parametrize("state", ["draft", "in_review", "cleared", "suspended", "withdrawn", "expired"])
def test_confirm_needs_a_notice_in_force(author, at, state):
    notice = factories.notice(state=state, author=author)
    with pytest.raises(IllegalTransitionError):
        actions.confirm(notice, review_on=date(2027, 11, 1), by=author, at=at)


@pytest.mark.parametrize(("days", "is_overdue"), [(0, False), (1, True)])
def test_overdue_notice_says_so_and_is_pushed_on_nobody(published, member, at, signed_in, days, is_overdue):
    later = at + timedelta(days=days)
    with time_machine.travel(later, tick=False):
        assert (OVERDUE in text_of(signed_in(member).get(f"/notices/{published.number}/"))) == is_overdue
    assert [row.number for row in queries.latest(member, later)] == ([] if is_overdue else [published.number])
    assert (queries.digests_for([member], since=at - timedelta(days=7), until=later) == {}) == is_overdue


def test_notice_confirm_asks_and_does(published, author, member, at, signed_in):
    with time_machine.travel(at + timedelta(minutes=1), tick=False):
        client = signed_in(author)
        assert client.get(address(published, "confirm")).status_code == 200
        assert client.post(address(published, "confirm"), {"review_on": "2030-01-01"}).status_code == 422
        assert client.post(address(published, "confirm"), {"review_on": "2027-11-01"}).status_code == 303
        assert signed_in(member).get(address(published, "confirm")).status_code == 403
    assert Notice.objects.get().review_on == date(2027, 11, 1)
