"""Does every step change what it should, record it once, and refuse what it must?"""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from congress.core.errors import DomainError, NotPermittedError
from congress.core.labels import Audience, Tlp
from congress.core.models import Entry
from congress.core.states import IllegalTransitionError
from notices import actions
from notices.models import Check, Edition, Notice, Question, Remark
from tests import factories
from tests.notices.typed import ANSWERS, TEXT, content
from tests.races import all_at_once


@pytest.fixture
def drafted(author, at) -> Notice:
    return actions.draft(content(), by=author, at=at)


@pytest.fixture
def cleared(drafted, author, officer, at) -> Notice:
    actions.submit(drafted, by=author, at=at)
    return actions.clear(drafted, answers=ANSWERS, by=officer, at=at)


@pytest.fixture
def published(cleared, publisher, at) -> Notice:
    return actions.publish(cleared, by=publisher, at=at)


def events(notice: Notice) -> list[str]:
    return list(Entry.objects.filter(target_id=notice.pk).order_by("pk").values_list("event", flat=True))


def state_of(notice: Notice) -> str:
    return Notice.objects.get(pk=notice.pk).state


def test_draft_keeps_everything_that_was_typed(drafted, author, at):
    edition = Edition.objects.get()
    assert (drafted.author, drafted.state, drafted.created_at) == (author, "draft", at)
    assert (edition.title, edition.tlp, edition.topics, edition.countries) == (
        "Hollow books", "TLP:GREEN", ["concealment"], ["PE"],
    )  # fmt: skip
    assert edition.chemicals == [{"name": "Chlorine", "cas": "7782-50-5"}]
    assert edition.audience == Audience(sectors=["law_enforcement"])
    assert [(s.kind, s.tlp, s.body) for s in edition.sections.all()] == [("summary", "TLP:GREEN", TEXT.body)]
    assert events(drafted) == ["notices.notice.drafted"]


def test_draft_has_a_number_that_counts_nothing(drafted, author, at):
    other = actions.draft(content(), by=author, at=at)
    assert drafted.number != other.number
    assert all(number.startswith("PN-2026-") for number in (drafted.number, other.number))


def test_draft_is_found_by_search(drafted):
    assert "book" in str(Edition.objects.get().search_vector)


def test_draft_is_for_analysts(member, at):
    with pytest.raises(NotPermittedError):
        actions.draft(content(), by=member, at=at)


REFUSED = [
    (actions.LabelTooLowError, "tlp", {"sections": (replace(TEXT, tlp=Tlp.AMBER),)}),
    (actions.RedNamesPeopleError, "tlp", {"tlp": Tlp.RED}),
    (actions.ReviewDateError, "review_on", {"review_on": date(2026, 11, 23)}),
    (actions.ReviewDateError, "review_on", {"review_on": date(2028, 11, 25)}),
]


@pytest.mark.parametrize(("error", "field", "changes"), REFUSED)
def test_draft_refuses(author, at, error, field, changes):
    with pytest.raises(error) as refusal:
        actions.draft(content(**changes), by=author, at=at)
    assert (refusal.value.field, refusal.value.status) == (field, 422)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("error", "field", "changes"), REFUSED)
def test_edit_refuses_the_same(drafted, author, at, error, field, changes):
    with pytest.raises(error):
        actions.edit(drafted, content(**changes), version=1, by=author, at=at)
    assert events(drafted) == ["notices.notice.drafted"]


def test_edit_refuses_a_label_below_that_of_a_file(drafted, author, at):
    factories.attachment(drafted.edition, tlp=Tlp.GREEN)
    with pytest.raises(actions.LabelTooLowError):
        actions.edit(drafted, content(tlp=Tlp.CLEAR, sections=()), version=1, by=author, at=at)


def test_edit_replaces_the_text_and_says_what_changed(drafted, author, at):
    text = replace(TEXT, kind="signs", body="A loose spine.")
    later = at + timedelta(hours=1)
    actions.edit(drafted, content(title="Books", sections=(text,)), version=1, by=author, at=later)
    edition = Edition.objects.get()
    assert (edition.title, edition.version) == ("Books", 2)
    assert [(s.kind, s.body) for s in edition.sections.all()] == [("signs", "A loose spine.")]
    assert Notice.objects.get().changed_at == later
    assert Entry.objects.get(event="notices.notice.edited").data == {"changed": ["title"]}
    assert "spine" in str(edition.search_vector)


def test_edit_notices_another_window(drafted, author, at):
    actions.edit(drafted, content(title="First"), version=1, by=author, at=at)
    with pytest.raises(actions.EditConflictError) as refusal:
        actions.edit(drafted, content(title="Second"), version=1, by=author, at=at)
    assert refusal.value.status == 409
    assert Edition.objects.get().title == "First"


def test_edit_is_for_the_author(drafted, at):
    with pytest.raises(NotPermittedError):
        actions.edit(drafted, content(), version=1, by=factories.member(roles=["analyst"]), at=at)


def test_edit_refuses_a_published_notice(published, author, at):
    with pytest.raises(IllegalTransitionError):
        actions.edit(published, content(), version=1, by=author, at=at)


def test_submit_sends_to_the_officers(drafted, author, at):
    assert actions.submit(drafted, by=author, at=at).state == "in_review"
    assert events(drafted)[1:] == ["notices.notice.submitted"]


@pytest.mark.parametrize(
    ("code", "field", "changes"),
    [
        ("incomplete_notice", "section_summary", {"sections": (replace(TEXT, kind="signs"),)}),
        ("incomplete_notice", "review_on", {"review_on": None}),
        ("incomplete_notice", "title", {"title": ""}),
        ("empty_audience", "sectors", {"audience": Audience()}),
        ("empty_audience", "sectors", {"audience": Audience(excluded_countries=["PE"])}),
    ],
)
def test_submit_refuses_what_is_incomplete(author, at, code, field, changes):
    notice = actions.draft(content(**changes), by=author, at=at)
    with pytest.raises(DomainError) as refusal:
        actions.submit(notice, by=author, at=at)
    assert (refusal.value.code, refusal.value.field, refusal.value.status) == (code, field, 422)
    assert state_of(notice) == "draft"


def test_submit_is_for_the_author(drafted, officer, at):
    with pytest.raises(NotPermittedError):
        actions.submit(drafted, by=officer, at=at)


def test_clear_names_the_officer(cleared, officer):
    assert (cleared.state, cleared.cleared_by) == ("cleared", officer)
    assert events(cleared)[-1] == "notices.notice.cleared"


def test_clear_keeps_every_answer_with_the_text_it_was_given_for(drafted, author, officer, at):
    actions.submit(drafted, by=author, at=at)
    actions.clear(drafted, answers={**ANSWERS, "source": "Asked the ministry."}, by=officer, at=at)
    kept = Check.objects.order_by("pk").values_list("question", "note", "version", "by", "made_at")
    notes = {question: "Asked the ministry." if question == "source" else "" for question in Question}
    assert list(kept) == [(question, notes[question], 1, officer.pk, at) for question in Question]
    assert "ministry" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_clear_refuses_an_open_question(drafted, author, officer, at):
    actions.submit(drafted, by=author, at=at)
    for question in Question:
        answers = {name: note for name, note in ANSWERS.items() if name != question}
        with pytest.raises(actions.UncheckedError) as refusal:
            actions.clear(drafted, answers=answers, by=officer, at=at)
        assert refusal.value.status == 422
    assert (state_of(drafted), Check.objects.exists()) == ("in_review", False)


def test_clear_is_answered_anew_in_each_round(cleared, author, officer, publisher, at):
    later = at + timedelta(hours=1)
    actions.send_back(cleared, instead_of="publish", remark="Again.", by=publisher, at=at)
    actions.submit(cleared, by=author, at=later)
    actions.clear(cleared, answers=ANSWERS, by=officer, at=later)
    assert sorted(Check.objects.values_list("made_at", flat=True)) == [at] * 6 + [later] * 6


def test_clear_is_not_for_the_author(at, publisher):
    both = factories.member(roles=["analyst", "compliance_officer"])
    notice = actions.draft(content(), by=both, at=at)
    actions.submit(notice, by=both, at=at)
    with pytest.raises(NotPermittedError):
        actions.clear(notice, answers=ANSWERS, by=both, at=at)


def test_clear_needs_a_submitted_notice(drafted, officer, at):
    with pytest.raises(IllegalTransitionError):
        actions.clear(drafted, answers=ANSWERS, by=officer, at=at)


def test_send_back_keeps_the_remark_out_of_the_journal(drafted, author, officer, at):
    actions.submit(drafted, by=author, at=at)
    actions.send_back(drafted, instead_of="clear", remark="Name the source.", by=officer, at=at)
    assert state_of(drafted) == "returned"
    assert Remark.objects.get().text == "Name the source."
    assert "source" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_send_back_by_a_publisher_voids_the_clearance(cleared, publisher, at):
    actions.send_back(cleared, instead_of="publish", remark="Wrong audience.", by=publisher, at=at)
    notice = Notice.objects.get()
    assert (notice.state, notice.cleared_by) == ("returned", None)


def test_send_back_is_not_for_a_publisher_before_clearance(drafted, author, publisher, at):
    actions.submit(drafted, by=author, at=at)
    with pytest.raises(NotPermittedError):
        actions.send_back(drafted, instead_of="clear", remark="No.", by=publisher, at=at)


def test_send_back_answers_409_when_somebody_cleared_it_first(cleared, at):
    late = factories.member(roles=["compliance_officer"])
    with pytest.raises(IllegalTransitionError):
        actions.send_back(cleared, instead_of="clear", remark="Wait.", by=late, at=at)


def test_publish_records_one_entry_without_text(published, publisher, at):
    assert (published.state, published.published_by, published.published_at) == ("published", publisher, at)
    entry = Entry.objects.get(event="notices.notice.published")
    assert (entry.by_id, entry.data) == (publisher.pk, {"edition": 1, "tlp": "TLP:GREEN"})


@pytest.mark.parametrize("roles", [["analyst", "publisher"], ["compliance_officer", "publisher"]])
def test_publish_is_not_for_author_or_clearer(at, roles, author, officer):
    both = factories.member(roles=roles)
    writer, clearer = (both, officer) if "analyst" in roles else (author, both)
    notice = actions.draft(content(), by=writer, at=at)
    actions.submit(notice, by=writer, at=at)
    actions.clear(notice, answers=ANSWERS, by=clearer, at=at)
    with pytest.raises(NotPermittedError) as refusal:
        actions.publish(notice, by=both, at=at)
    assert refusal.value.status == 403


def test_publish_needs_a_cleared_notice(drafted, publisher, at):
    with pytest.raises(IllegalTransitionError):
        actions.publish(drafted, by=publisher, at=at)


def test_publish_checks_the_audience_again(cleared, publisher, at):
    Edition.objects.update(audience_sectors=[])
    with pytest.raises(actions.EmptyAudienceError):
        actions.publish(cleared, by=publisher, at=at)


def test_publish_checks_the_day_of_review_again(cleared, publisher):
    late = cleared.changed_at + timedelta(days=400)
    with pytest.raises(actions.ReviewDateError):
        actions.publish(cleared, by=publisher, at=late)


def test_publish_uses_the_row_and_not_what_the_form_saw(cleared, publisher, at):
    stale = Notice.objects.get(pk=cleared.pk)
    actions.send_back(cleared, instead_of="publish", remark="Wait.", by=publisher, at=at)
    with pytest.raises(IllegalTransitionError):
        actions.publish(stale, by=publisher, at=at)


def test_withdraw_keeps_the_reason_out_of_the_journal(published, at):
    other = factories.member(roles=["publisher"])
    actions.withdraw(published, reason="The source was wrong.", by=other, at=at)
    notice = Notice.objects.get()
    assert (notice.state, notice.withdrawn_at, notice.withdrawal_reason) == ("withdrawn", at, "The source was wrong.")
    assert Entry.objects.get(event="notices.notice.withdrawn").data == {}


def test_withdraw_is_for_publishers(published, author, at):
    with pytest.raises(NotPermittedError):
        actions.withdraw(published, reason="Mine.", by=author, at=at)


def test_withdraw_happens_once(published, publisher, at):
    actions.withdraw(published, reason="Wrong.", by=publisher, at=at)
    with pytest.raises(IllegalTransitionError):
        actions.withdraw(published, reason="Again.", by=publisher, at=at)


def test_database_insists_on_three_people(published, author):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(published_by=author)


def test_database_insists_that_red_names_people(drafted):
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(tlp=Tlp.RED)


def test_only_one_of_two_publishers_wins(committed, at):
    notice = factories.notice(state="cleared", audience=Audience(sectors=["industry"]), review_on=date(2027, 6, 1))
    rivals = [factories.member(roles=["publisher"]) for _each in range(2)]
    calls = [partial(actions.publish, notice, by=rival, at=at) for rival in rivals]
    assert all_at_once(calls) == {"done": 1, "illegal_transition": 1}
    assert events(notice) == ["notices.notice.published"]
