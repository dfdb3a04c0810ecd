"""Is somebody who answers for a notice reminded in time, once, and without a word that its label forbids?"""

from datetime import date, timedelta

import pytest
import time_machine

from congress.core import journal, mail
from congress.core.labels import Audience, Tlp
from congress.core.models import Delivery, Entry
from congress.core.roles import Role
from notices import actions, queries, tasks
from notices.models import Notice
from tests import factories
from tests.conftest import NOW

TODAY = NOW.date()


def due_in(days: int, tlp: Tlp = Tlp.GREEN, **fields) -> Notice:
    reader = factories.member()
    made = factories.notice(
        "Hollow books", tlp=tlp, audience=Audience(people=[reader.pk]), review_on=TODAY + timedelta(days=days), **fields
    )
    return Notice.objects.get(pk=made.pk)


def reminded(notice: Notice, at=NOW) -> int | None:
    """Return which reminder was begun, if any."""
    entry = actions.remind(notice.pk, at=at)
    return entry.data["days"] if entry else None


@pytest.mark.parametrize(
    ("days", "step"), [(31, None), (30, 30), (12, 30), (7, 7), (1, 7), (0, 0), (-7, 0), (-8, None)]
)
def test_remind_begins_the_step_that_is_due(db, days, step):
    assert reminded(due_in(days)) == step


def test_remind_says_each_step_once_for_each_day_of_review(db):
    notice = due_in(30)
    steps = [reminded(notice, NOW + timedelta(days=later)) for later in (0, 1, 23, 24, 30, 31)]
    assert steps == [30, None, 7, None, 0, None]
    Notice.objects.update(review_on=TODAY + timedelta(days=60))
    assert reminded(notice, NOW + timedelta(days=31)) == 30


@pytest.mark.parametrize("state", ["draft", "suspended", "withdrawn", "expired"])
def test_remind_leaves_notices_alone_that_are_not_in_force(db, state):
    notice = due_in(0, state=state)
    assert (reminded(notice), queries.due_for_reminder(TODAY)) == (None, [])


@pytest.fixture
def sent(author, publisher):
    """Let a reminder of a notice be announced, and return what each of those concerned would get."""

    def send(notice: Notice) -> dict[str, mail.Letter | None]:
        entry = actions.remind(notice.pk, at=NOW)
        journal.dispatch(entry, NOW)
        rows = list(Delivery.objects.filter(kind=tasks.REMINDER).select_related("member"))
        compose = mail.COMPOSERS[tasks.REMINDER](entry, [row.member_id for row in rows])
        return {row.member.latin_name: compose(row) for row in rows}

    return send


def test_the_reminder_goes_to_those_who_wrote_or_published_it(author, publisher, sent):
    second = factories.member("second", roles=[Role.ANALYST])
    letters = sent(due_in(7, author=author, published_by=publisher, coauthors=[second.pk]))
    assert sorted(letters) == ["Author", "Publisher", "Second"]
    assert all(letters.values())


def test_the_reminder_is_not_sent_once_the_notice_was_confirmed(author, sent):
    notice = due_in(7, author=author)
    entry = actions.remind(notice.pk, at=NOW)
    actions.confirm(notice, review_on=date(2027, 9, 1), by=author, at=NOW)
    compose = mail.COMPOSERS[tasks.REMINDER](entry, [author.pk])
    assert compose(Delivery(entry=entry, member=author, kind=tasks.REMINDER)) is None


def test_the_reminder_is_not_sent_to_somebody_who_lost_the_role(sent):
    former = factories.member("former_author")
    assert sent(due_in(7, author=former))["Former Author"] is None


@pytest.mark.parametrize(
    ("tlp", "says_title", "says_number"),
    [
        (Tlp.CLEAR, True, True),
        (Tlp.GREEN, True, True),
        (Tlp.AMBER, False, True),
        (Tlp.AMBER_STRICT, False, False),
        (Tlp.RED, False, False),
    ],
)
def test_the_reminder_says_what_the_label_allows(author, sent, tlp, says_title, says_number):
    notice = due_in(7, tlp, author=author)
    letter = sent(notice)["Author"]
    for text in (letter.text, letter.html):
        assert ("Hollow books" in text, notice.number in text) == (says_title, says_number)
    assert ("Hollow" in letter.subject, "30 November 2026" in letter.text) == (False, True)


def test_remind_of_review_finds_what_is_due(db):
    due_in(7)
    due_in(90)
    with time_machine.travel(NOW, tick=False):
        tasks.remind_of_review()
        tasks.remind_of_review()
    assert Entry.objects.filter(event=actions.REVIEW_NEAR).count() == 1


def test_the_start_page_says_what_is_to_be_confirmed(author, publisher, member):
    due_in(12, author=author, published_by=publisher)
    due_in(90, author=author)
    wanted = ["To be confirmed: review due on 5 December 2026"]
    assert [[line.meta for line in queries.to_confirm(person, TODAY)] for person in (author, publisher, member)] == [
        wanted,
        wanted,
        [],
    ]
