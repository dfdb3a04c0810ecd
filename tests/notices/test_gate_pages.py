"""Do the pages show what is suspicious, keep what was typed, and let nobody past without a word?"""

import pytest

from notices import actions
from notices.models import Notice, Override
from notices.queries.gate import suspicions
from tests import factories
from tests.notices.sent import attached
from tests.notices.test_gate import BREAD
from tests.notices.typed import content, form_data, review_data

SAYS_SO = "1 passage reads like instructions"
EXPLAINED = "This passage reads like instructions"
QUESTION = "I ask the compliance officers to judge these passages"
WHY = "It quotes a menu; nothing in it does harm."


@pytest.fixture
def suspicious(author, at) -> Notice:
    return actions.draft(content(title=BREAD), by=author, at=at)


@pytest.fixture
def in_review(suspicious, author, at) -> Notice:
    return actions.submit(suspicious, asks_officer=True, by=author, at=at)


def page(response) -> tuple[int, str]:
    return response.status_code, response.content.decode()


def reason_field(notice: Notice) -> str:
    (one,) = suspicions(notice.edition)
    return f"reason_{one.key}"


def test_notice_edit_saves_and_shows_the_passage_with_the_way_to_it(suspicious, author, signed_in):
    client = signed_in(author)
    answer = client.post(f"/notices/{suspicious.number}/edit/", form_data(title=BREAD), follow=True)
    assert (answer.status_code, SAYS_SO in answer.content.decode()) == (200, True)
    _status, shown = page(client.get(f"/notices/{suspicious.number}/edit/"))
    assert [SAYS_SO in shown, EXPLAINED in shown, '<a href="#id_title">Title</a>' in shown] == [True] * 3


def test_notice_submit_stops_until_officers_are_asked(suspicious, author, signed_in):
    client, address = signed_in(author), f"/notices/{suspicious.number}/submit/"
    status, shown = page(client.get(address))
    assert (status, SAYS_SO in shown, QUESTION in shown) == (200, True, True)
    status, shown = page(client.post(address))
    assert (status, "Something reads like instructions" in shown) == (422, True)
    assert client.post(address, {"asks_officer": "on"}).status_code == 303
    assert Notice.objects.get().state == "in_review"


def test_notice_submit_asks_nothing_of_a_clean_text(author, at, signed_in):
    clean = actions.draft(content(), by=author, at=at)
    status, shown = page(signed_in(author).get(f"/notices/{clean.number}/submit/"))
    assert (status, QUESTION in shown, "reads like instructions" in shown) == (200, False, False)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, BREAD])
def test_notice_review_does_not_clear_without_a_reason(in_review, officer, signed_in, reason):
    client, address = signed_in(officer), f"/notices/{in_review.number}/review/"
    status, shown = page(client.get(address))
    assert (status, "Why this may stay" in shown) == (200, True)
    note = {"purpose_note": "Serves prevention"}
    status, shown = page(client.post(address, review_data(**{reason_field(in_review): reason}, **note)))
    assert (status, "Serves prevention" in shown) == (422, True)
    assert (Notice.objects.get().state, Override.objects.count()) == ("in_review", 0)


def test_notice_review_clears_with_a_reason(in_review, officer, signed_in):
    data = review_data(**{reason_field(in_review): WHY})
    assert signed_in(officer).post(f"/notices/{in_review.number}/review/", data).status_code == 303
    assert (Notice.objects.get().state, Override.objects.get().reason) == ("cleared", WHY)


def test_notice_review_returns_without_one(in_review, officer, signed_in):
    data = {"decision": "return", "remark": "Say how to recognise it instead."}
    assert signed_in(officer).post(f"/notices/{in_review.number}/review/", data).status_code == 303
    assert Notice.objects.get().state == "returned"


def test_notice_review_refuses_a_remark_that_is_a_recipe(in_review, officer, signed_in):
    answer = signed_in(officer).post(f"/notices/{in_review.number}/review/", {"decision": "return", "remark": BREAD})
    assert page(answer)[0] == 422
    assert EXPLAINED in page(answer)[1]


def test_notice_review_may_quote_the_passage_for_which_it_returns_the_notice(author, officer, at, signed_in):
    section = actions.SectionText("summary", "TLP:GREEN", f"Seen in June.\n{BREAD}")
    drafted = actions.draft(content(sections=(section,)), by=author, at=at)
    notice = actions.submit(drafted, asks_officer=True, by=author, at=at)
    client, address = signed_in(officer), f"/notices/{notice.number}/review/"
    data = {"decision": "return", "remark_summary": "Take this out."}
    assert client.post(address, {**data, "quote_summary": f"Not theirs: {BREAD}"}).status_code == 422
    assert client.post(address, {**data, "quote_summary": f"in June. {BREAD}"}).status_code == 303


def test_notice_review_names_the_files_that_only_people_can_judge(author, officer, at, signed_in):
    draft = actions.draft(content(), by=author, at=at)
    attached(draft)
    actions.submit(draft, by=author, at=at)
    shown = page(signed_in(officer).get(f"/notices/{draft.number}/review/"))[1]
    assert "Files that only people can judge" in shown
    assert "reads like instructions" not in shown


def test_notice_publish_is_stopped_where_nobody_answers(in_review, officer, publisher, signed_in, at):
    answers = review_data(**{reason_field(in_review): WHY})
    signed_in(officer).post(f"/notices/{in_review.number}/review/", answers)
    Override.objects.all().delete()
    address = f"/notices/{in_review.number}/publish/"
    status, shown = page(signed_in(publisher).post(address, {"decision": "publish"}))
    assert (status, "Something reads like instructions" in shown) == (422, True)


def test_notice_in_force_shows_readers_nothing_of_the_gate(member, signed_in):
    notice = factories.notice(BREAD, audience=content().audience)
    shown = page(signed_in(member).get(f"/notices/{notice.number}/"))[1]
    assert (BREAD in shown, EXPLAINED in shown) == (True, False)


def test_notice_withdraw_refuses_a_reason_that_is_a_recipe(publisher, signed_in):
    notice = factories.notice()
    answer = signed_in(publisher).post(f"/notices/{notice.number}/withdraw/", {"reason": BREAD})
    assert (page(answer)[0], EXPLAINED in page(answer)[1], BREAD in page(answer)[1]) == (422, True, True)
