"""Do several people write one draft without losing each other's text, and does none of them check it?"""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from congress.core.errors import NotPermittedError
from congress.core.models import Entry
from congress.core.states import IllegalTransitionError
from notices import actions, policies
from notices.models import Edition, Notice
from tests import factories
from tests.notices import steps
from tests.notices.typed import ANSWERS, content
from tests.races import all_at_once


@pytest.fixture
def drafted(author, at) -> Notice:
    return actions.draft(content(), by=author, at=at)


@pytest.fixture
def colleague(db):
    return factories.member("colleague", roles=["analyst"])


@pytest.mark.django_db
def test_share_lets_an_analyst_write(drafted, author, colleague, at):
    shared = actions.share(drafted, coauthors=[colleague.pk, author.pk], by=author, at=at)
    assert shared.coauthors == [colleague.pk]
    actions.edit(shared, content(title="Two pens"), version=1, by=colleague, at=at)
    entry = Entry.objects.get(event="notices.notice.shared")
    assert entry.data == {"added": [colleague.pk], "removed": []}


@pytest.mark.django_db
def test_share_takes_an_author_out_again(drafted, author, colleague, at):
    actions.share(drafted, coauthors=[colleague.pk], by=author, at=at)
    actions.share(drafted, coauthors=[], by=author, at=at)
    assert not policies.visible_to(colleague).exists()


@pytest.mark.django_db
def test_share_names_analysts_only(drafted, author, member, at):
    with pytest.raises(actions.NotAnAnalystError) as refusal:
        actions.share(drafted, coauthors=[member.pk], by=author, at=at)
    assert (refusal.value.status, refusal.value.field) == (422, "coauthors")


@pytest.mark.django_db
def test_share_is_for_the_author_of_a_draft(drafted, author, colleague, at):
    actions.share(drafted, coauthors=[colleague.pk], by=author, at=at)
    with pytest.raises(NotPermittedError):
        actions.share(drafted, coauthors=[], by=colleague, at=at)
    actions.submit(drafted, by=author, at=at)
    with pytest.raises(IllegalTransitionError):
        actions.share(steps.reloaded(drafted), coauthors=[], by=author, at=at)


@pytest.mark.django_db
def test_share_keeps_those_who_wrote_the_notice_in_an_update(author, officer, publisher, colleague, at):
    notice = steps.published(author, officer, publisher, at)
    Notice.objects.update(coauthors=[colleague.pk])
    working = actions.begin_update(steps.reloaded(notice), by=author, at=at)
    with pytest.raises(actions.WriterStaysError):
        actions.share(working, coauthors=[], by=author, at=at)


@pytest.mark.django_db
def test_a_coauthor_neither_clears_nor_publishes(drafted, author, officer, at):
    both = factories.member(roles=["analyst", "compliance_officer", "publisher"])
    actions.share(drafted, coauthors=[both.pk], by=author, at=at)
    actions.submit(steps.reloaded(drafted), by=both, at=at)
    with pytest.raises(NotPermittedError):
        actions.clear(steps.reloaded(drafted), answers=ANSWERS, by=both, at=at)
    actions.clear(steps.reloaded(drafted), answers=ANSWERS, by=officer, at=at)
    with pytest.raises(NotPermittedError):
        actions.publish(steps.reloaded(drafted), by=both, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(cleared_by=both)


@pytest.mark.django_db
@pytest.mark.parametrize("changed", [{"tlp": "TLP:AMBER"}, {"countries": ("CL",)}, {"kind": "both"}, {"sections": ()}])
def test_edit_over_another_version_is_a_conflict_whatever_was_changed(drafted, author, at, changed):
    actions.edit(drafted, content(**changed), version=1, by=author, at=at)
    with pytest.raises(actions.EditConflictError) as refusal:
        actions.edit(drafted, content(), version=1, by=author, at=at)
    assert refusal.value.status == 409


def test_of_two_who_save_at_once_one_wins_and_the_other_hears_of_it(committed, at):
    people = [factories.member(f"writer{n}", roles=["analyst"]) for n in range(2)]
    notice = actions.draft(content(), by=people[0], at=at)
    actions.share(notice, coauthors=[people[1].pk], by=people[0], at=at)
    notice = steps.reloaded(notice)
    texts = [(person, content(title=person.latin_name)) for person in people]
    calls = [partial(actions.edit, notice, text, version=1, by=person, at=at) for person, text in texts]
    assert all_at_once(calls) == {"done": 1, "edit_conflict": 1}
    assert Edition.objects.get().version == 2
