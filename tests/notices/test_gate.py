"""Is a notice that reads like instructions stopped on its way, and can only compliance let it pass?

Kitchen recipes stand in for what nobody may write here.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from notices import actions, queries
from notices.actions.gating import RecipeInRemarkError, RecipeSuspectedError
from notices.models import Notice, Override
from notices.queries.gate import suspicions
from tests import factories
from tests.notices.typed import ANSWERS, TEXT, content

BREAD = "Mix 300 g of flour with 200 ml of water, knead it and bake it for 30 minutes at 220 °C."
AMOUNTS = "You need 300 g of flour, 200 ml of water and 10 g of salt."
STEPS = "Mix everything, knead it, then bake it."


@pytest.fixture
def suspicious(author, at) -> Notice:
    return actions.draft(content(sections=(TEXT, replace(TEXT, kind="method", body=BREAD))), by=author, at=at)


@pytest.fixture
def in_review(suspicious, author, at) -> Notice:
    return actions.submit(suspicious, asks_officer=True, by=author, at=at)


def reasons(notice: Notice, reason: str = "A cook was observed; nothing in it does harm.") -> dict[str, str]:
    return {one.digest: reason for one in suspicions(notice.edition)}


def cleared(notice: Notice, officer, at) -> Notice:
    return actions.clear(notice, answers=ANSWERS, reasons=reasons(notice), by=officer, at=at)


def places(notice: Notice) -> list[tuple[str, str]]:
    return [(one.place, one.field) for one in suspicions(Notice.objects.get(pk=notice.pk).edition)]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"title": BREAD}, ("Title", "title")),
        ({"what_changed": BREAD}, ("What changed", "what_changed")),
        ({"sections": (replace(TEXT, kind="sources", body=BREAD),)}, ("Sources and confidence", "section_sources")),
        ({"chemicals": ({"name": BREAD, "cas": ""},)}, ("Chemicals", "chemicals")),
    ],
)
def test_every_text_of_an_edition_is_judged(author, at, changes, place):
    assert places(actions.draft(content(**changes), by=author, at=at)) == [place]


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"text": BREAD}, "Text in “seal.png”"),
        ({"description": BREAD}, "Description of “seal.png”"),
        ({"text_is_whole": False}, "Text in “seal.png”"),
    ],
)
def test_files_of_an_edition_are_judged(author, facts, place):
    notice = factories.notice(author=author)
    factories.attachment(notice.edition, **facts)
    assert places(notice) == [(place, "")]


def test_amounts_in_one_text_and_steps_in_another_are_found_together(author, at):
    sections = (replace(TEXT, body=AMOUNTS), replace(TEXT, kind="method", body=STEPS))
    found = places(actions.draft(content(sections=sections), by=author, at=at))
    assert found == [("Summary", "section_summary"), ("Method", "section_method")]


def test_equal_words_are_one_passage(author, at):
    sections = (replace(TEXT, body=BREAD), replace(TEXT, kind="method", body=BREAD))
    assert places(actions.draft(content(sections=sections), by=author, at=at)) == [
        ("Summary, Method", "section_summary")
    ]


def test_suspicions_take_three_queries(suspicious):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        suspicions(suspicious.edition)
    assert len(asked) == 3


def test_draft_is_saved_whatever_it_says(suspicious, author, at):
    saved = actions.edit(suspicious, content(title=BREAD), version=1, by=author, at=at)
    assert saved.edition.title == BREAD


def test_submit_is_stopped_and_says_where(suspicious, author, at):
    with pytest.raises(RecipeSuspectedError, match="see Method") as refusal:
        actions.submit(suspicious, by=author, at=at)
    assert (refusal.value.status, refusal.value.field) == (422, "gate")
    assert Notice.objects.get().state == "draft"


def test_submit_goes_on_where_an_officer_is_asked_to_judge(in_review, author):
    assert in_review.state == "in_review"
    entry = Entry.objects.get(event="notices.notice.judgement_asked")
    assert (entry.by, entry.data) == (author, {"passages": 1})


def test_submit_of_a_clean_text_asks_nobody(author, at):
    actions.submit(actions.draft(content(), by=author, at=at), asks_officer=True, by=author, at=at)
    assert not Entry.objects.filter(event="notices.notice.judgement_asked").exists()


@pytest.mark.parametrize("given", [{}, {"0" * 64: "Fine."}, "blank"])
def test_clear_needs_a_reason_for_each_passage(in_review, officer, at, given):
    given = reasons(in_review, "  ") if given == "blank" else given
    with pytest.raises(RecipeSuspectedError):
        actions.clear(in_review, answers=ANSWERS, reasons=given, by=officer, at=at)
    assert (Notice.objects.get().state, Override.objects.count()) == ("in_review", 0)


def test_clear_keeps_the_reason_and_the_journal_no_word_of_the_passage(in_review, officer, at):
    cleared(in_review, officer, at)
    row = Override.objects.get()
    assert (row.passage, row.by, row.made_at) == (BREAD, officer, at)
    assert row.reason == "A cook was observed; nothing in it does harm."
    entry = Entry.objects.get(event="notices.passage.let_through")
    assert (entry.by, entry.data) == (officer, {"digest": row.digest})


@pytest.mark.parametrize("who", ["author", "publisher", "member", "administrator"])
def test_only_officers_let_a_passage_through(in_review, at, who, request):
    with pytest.raises(NotPermittedError):
        cleared(in_review, request.getfixturevalue(who), at)
    assert not Override.objects.exists()


def test_publish_goes_on_with_the_word_of_the_officer_of_this_round(in_review, officer, publisher, at):
    assert actions.publish(cleared(in_review, officer, at), by=publisher, at=at).state == "published"


@pytest.fixture
def in_second_round(in_review, author, officer, publisher, at) -> Notice:
    cleared(in_review, officer, at)
    actions.send_back(in_review, instead_of="publish", remark="Shorter.", by=publisher, at=at)
    return actions.submit(in_review, asks_officer=True, by=author, at=at)


def test_word_of_an_earlier_round_opens_nothing(in_second_round, officer, at):
    with pytest.raises(RecipeSuspectedError):
        actions.clear(in_second_round, answers=ANSWERS, by=officer, at=at + timedelta(hours=1))


def test_another_officer_answers_for_the_passage_anew(in_second_round, at):
    second = factories.member("second_officer", roles=["compliance_officer"])
    cleared(in_second_round, second, at + timedelta(hours=1))
    assert [row.by for row in Override.objects.all()] == [second]


@pytest.mark.parametrize("fault", ["gone", "of another officer", "of other words"])
def test_nothing_is_published_without_the_overrides(in_review, officer, publisher, stranger, at, fault):
    notice = cleared(in_review, officer, at)
    changes = {"of another officer": {"by": stranger}, "of other words": {"digest": "0" * 64}}
    Override.objects.update(**changes[fault]) if fault in changes else Override.objects.all().delete()
    for step in (
        lambda: actions.publish(notice, by=publisher, at=at),
        lambda: actions.schedule(notice, publish_at=at + timedelta(days=1), by=publisher, at=at),
    ):
        with pytest.raises(RecipeSuspectedError):
            step()
    assert Notice.objects.get().state == "cleared"


def test_scheduled_notice_without_its_overrides_is_held_back(in_review, officer, publisher, at):
    notice = cleared(in_review, officer, at)
    tomorrow = at + timedelta(days=1)
    actions.schedule(notice, publish_at=tomorrow, by=publisher, at=at)
    Override.objects.all().delete()
    held = actions.publish_scheduled(notice.pk, at=tomorrow)
    assert (held.state, BREAD in held.remarks.get().text) == ("cleared", False)


def test_history_says_that_a_passage_was_let_through_and_why(in_review, officer, at):
    told = [(m.by, m.remark) for m in queries.history(cleared(in_review, officer, at)) if "let through" in m.sentence]
    assert told == [(str(officer), "A cook was observed; nothing in it does harm.")]


def test_history_of_a_withdrawn_notice_says_nothing_of_its_passages(in_review, officer, publisher, at):
    notice = actions.publish(cleared(in_review, officer, at), by=publisher, at=at)
    withdrawn = actions.withdraw(notice, reason="Superseded", by=publisher, at=at)
    assert [moment for moment in queries.history(withdrawn) if "let through" in moment.sentence] == []


def test_remarks_reasons_and_notes_are_texts_too(in_review, officer, publisher, at):
    published = factories.notice()
    noted, why = {**ANSWERS, "no_recipe": BREAD}, reasons(in_review)
    steps = {
        "remark": lambda: actions.send_back(in_review, instead_of="clear", remark=BREAD, by=officer, at=at),
        "no_recipe_note": lambda: actions.clear(in_review, answers=noted, reasons=why, by=officer, at=at),
        "reason": lambda: actions.withdraw(published, reason=BREAD, by=publisher, at=at),
    }
    for field, step in steps.items():
        with pytest.raises(RecipeInRemarkError, match="reads like instructions") as refusal:
            step()
        assert (refusal.value.field, refusal.value.status) == (field, 422)
    with pytest.raises(RecipeInRemarkError):
        actions.suspend(published, reason=BREAD, by=publisher, at=at)
    with pytest.raises(RecipeInRemarkError):
        actions.clear(in_review, answers=ANSWERS, reasons=reasons(in_review, BREAD), by=officer, at=at)
