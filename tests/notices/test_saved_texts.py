"""Is every text kept that somebody saved, without a list that nobody can read?"""

from datetime import timedelta

import pytest

from congress.core.models import Entry
from notices import actions
from notices.models import Notice, SavedText
from tests import factories
from tests.notices import steps
from tests.notices.typed import TEXT, content

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(author, at) -> Notice:
    return actions.draft(content(), by=author, at=at)


@pytest.fixture
def colleague(drafted, author, at):
    person = factories.member("colleague", roles=["analyst"])
    actions.share(drafted, coauthors=[person.pk], by=author, at=at)
    return person


def save(notice, title, by, at, **how):
    return actions.edit(
        steps.reloaded(notice), content(title=title), version=steps.version(notice), by=by, at=at, **how
    )


def kept() -> list[tuple[int, str]]:
    return list(SavedText.objects.order_by("version").values_list("version", "title"))


def test_edit_keeps_the_text_with_its_portion_marks(drafted, author, at):
    text = SavedText.objects.get()
    assert (text.by, text.saved_at, text.version) == (author, at, 1)
    assert text.sections == {"summary": {"tlp": "TLP:GREEN", "body": TEXT.body}}


def test_edit_replaces_ones_own_text_of_the_same_ten_minutes(drafted, author, at):
    save(drafted, "Two", author, at + timedelta(minutes=3))
    save(drafted, "Three", author, at + timedelta(minutes=9, seconds=59))
    assert kept() == [(3, "Three")]
    save(drafted, "Four", author, at + timedelta(minutes=10))
    assert kept() == [(3, "Three"), (4, "Four")]


def test_edit_never_replaces_the_text_of_somebody_else(drafted, author, colleague, at):
    save(drafted, "Theirs", colleague, at)
    save(drafted, "Mine", author, at)
    save(drafted, "Theirs again", colleague, at)
    assert kept() == [(1, "Hollow books"), (2, "Theirs"), (3, "Mine"), (4, "Theirs again")]


def test_what_is_saved_while_typing_is_noted_once_in_ten_minutes_for_each_person(drafted, author, colleague, at):
    for by, minutes in [(author, 1), (author, 2), (colleague, 3), (author, 12)]:
        save(drafted, f"At {minutes}", by, at + timedelta(minutes=minutes), while_typing=True)
    noted = Entry.objects.filter(event="notices.notice.edited").order_by("pk").values_list("by", flat=True)
    assert list(noted) == [author.pk, colleague.pk, author.pk]
    assert steps.version(drafted) == 5


def test_what_is_saved_by_pressing_the_button_is_always_noted(drafted, author, at):
    for title in ("Two", "Three"):
        save(drafted, title, author, at)
    assert Entry.objects.filter(event="notices.notice.edited").count() == 2
