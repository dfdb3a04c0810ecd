"""Do the pages of each step ask what they must, say whose turn it is, and keep what was typed?"""

from html import unescape

import pytest

from notices import actions
from notices.models import Check, Notice, Question
from tests.notices.typed import ANSWERS, content, review_data

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return unescape(response.content.decode())


def address(notice: Notice, step: str) -> str:
    return f"/notices/{notice.number}/{step}/"


@pytest.fixture
def submitted(author, at) -> Notice:
    return actions.submit(actions.draft(content(), by=author, at=at), by=author, at=at)


@pytest.fixture
def cleared(submitted, officer, at) -> Notice:
    return actions.clear(submitted, answers={**ANSWERS, "source": "Asked the ministry."}, by=officer, at=at)


@pytest.mark.parametrize("question", Question.values)
def test_notice_review_needs_every_question_answered(officer, submitted, signed_in, question):
    data = review_data(purpose_note="It warns mail rooms.")
    del data[question]
    response = signed_in(officer).post(address(submitted, "review"), data)
    assert response.status_code == 422
    assert "It can't be cleared before this is so." in text_of(response)
    assert "It warns mail rooms." in text_of(response)
    assert (Notice.objects.get().state, Check.objects.exists()) == ("in_review", False)


def test_notice_review_returns_with_questions_left_open(officer, submitted, signed_in):
    data = {"decision": "return", "remark": "Name the source.", "purpose": "on"}
    assert signed_in(officer).post(address(submitted, "review"), data).status_code == 303
    assert (Notice.objects.get().state, Check.objects.exists()) == ("returned", False)


def test_checklist_is_shown_to_those_who_work_on_the_notice(author, publisher, member, cleared, at, signed_in):
    for person in (author, publisher):
        assert "Asked the ministry." in text_of(signed_in(person).get(f"/notices/{cleared.number}/"))
    actions.publish(cleared, by=publisher, at=at)
    page = text_of(signed_in(member).get(f"/notices/{cleared.number}/"))
    assert ("Hollow books" in page, "Asked the ministry." in page) == (True, False)
