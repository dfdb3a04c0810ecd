"""Do remarks tied to passages reach the author beside the section that they are about?"""

import pytest

from notices import actions, queries
from notices.models import Notice, Remark
from tests.notices.test_steps_pages import address, text_of
from tests.notices.typed import ANSWERS, TEXT, content

SIGNS = actions.SectionText("signs", "TLP:GREEN", "The spine is glued twice.")


@pytest.fixture
def submitted(author, at) -> Notice:
    drafted = actions.draft(content(sections=(TEXT, SIGNS)), by=author, at=at)
    return actions.submit(drafted, by=author, at=at)


def returning(**fields) -> dict[str, str]:
    return {"decision": "return", **fields}


ON_BOTH = returning(
    remark="Nearly there.", quote_signs="glued twice", remark_signs="By whom?", remark_summary="Say when."
)


def test_several_remarks_are_kept_with_their_section_and_words(submitted, officer, signed_in):
    assert signed_in(officer).post(address(submitted, "review"), ON_BOTH).status_code == 303
    kept = Remark.objects.order_by("pk").values_list("section", "quote", "text")
    assert list(kept) == [("", "", "Nearly there."), ("summary", "", "Say when."), ("signs", "glued twice", "By whom?")]


def test_a_remark_on_a_section_is_enough(submitted, officer, signed_in):
    response = signed_in(officer).post(address(submitted, "review"), returning(remark_signs="By whom?"))
    assert (response.status_code, Notice.objects.get().state) == (303, "returned")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (returning(), "Say what the author should change."),
        (returning(remark="Look.", quote_signs="glued twice"), "Say what is to be changed about these words."),
        ({"decision": "clear", "remark_signs": "By whom?"}, "Return the notice with this remark"),
    ],
)
def test_notice_review_refuses_and_keeps_remarks_that_would_get_lost(submitted, officer, signed_in, data, sentence):
    response = signed_in(officer).post(address(submitted, "review"), data)
    assert (response.status_code, Notice.objects.get().state) == (422, "in_review")
    assert sentence in text_of(response)
    assert all(typed in text_of(response) for typed in list(data.values())[1:])


def test_publishers_remark_on_passages_too(submitted, officer, publisher, at, signed_in):
    actions.clear(submitted, answers=ANSWERS, by=officer, at=at)
    response = signed_in(publisher).post(address(submitted, "publish"), returning(remark_signs="By whom?"))
    assert (response.status_code, Remark.objects.get().section) == (303, "signs")


def test_the_author_sees_each_beside_its_section(submitted, author, officer, signed_in):
    signed_in(officer).post(address(submitted, "review"), ON_BOTH)
    page = text_of(signed_in(author).get(f"/notices/{submitted.number}/"))
    assert page.index("By whom?") > page.index("Outward signs") > page.index("Say when.")
    editor = text_of(signed_in(author).get(address(submitted, "edit")))
    assert editor.count("By whom?") == 2
    assert editor.index('id="section_signs"') < editor.rindex("By whom?") < editor.index('name="section_signs"')


def test_only_the_last_round_is_open(submitted, author, officer, at):
    actions.send_back(submitted, instead_of="clear", remark="First.", by=officer, at=at)
    actions.submit(submitted, by=author, at=at)
    assert queries.open_remarks(Notice.objects.get()) == []
    later = at.replace(hour=11)
    actions.send_back(submitted, instead_of="clear", remark="Second.", by=officer, at=later)
    assert [remark.text for remark in queries.open_remarks(Notice.objects.get())] == ["Second."]


def test_send_back_says_something(submitted, officer, at):
    with pytest.raises(actions.SilentReturnError):
        actions.send_back(submitted, instead_of="clear", by=officer, at=at)
