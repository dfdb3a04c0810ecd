"""Does an update pass every check, become the next edition, and lose nothing on the way?"""

from datetime import date, timedelta

import pytest
import time_machine

from congress.core import journal, mail
from congress.core.errors import NotPermittedError
from congress.core.labels import Audience, Tlp
from congress.core.models import Delivery, Entry, Lane
from congress.core.states import IllegalTransitionError
from notices import actions, queries, tasks
from notices.models import Attachment, Check, Cosponsorship, Edition, Notice, Reading, Remark, SavedText
from tests import factories
from tests.notices import steps
from tests.notices.typed import ANSWERS, content, red_content

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(author, officer, publisher, at) -> Notice:
    return steps.published(author, officer, publisher, at)


@pytest.fixture
def later(at):
    return at + timedelta(days=30)


@pytest.fixture
def working(notice, author, later) -> Notice:
    return actions.begin_update(notice, by=author, at=later)


@pytest.fixture
def ready(working, author, officer, later) -> Notice:
    steps.rewritten(working, author, later)
    return steps.cleared(working, author, officer, later)


def events(notice: Notice) -> list[str]:
    return list(Entry.objects.filter(target_id=notice.pk).order_by("pk").values_list("event", flat=True))


def test_begin_update_copies_everything_that_is_in_force(notice, working, author):
    old, new = (steps.reloaded(each).edition for each in (notice, working))
    for name in ("title", "tlp", "topics", "countries", "chemicals", "audience"):
        assert getattr(new, name) == getattr(old, name)
    assert new.sections.get().body == old.sections.get().body
    assert (working.state, working.author, working.updates_id) == ("draft", author, notice.pk)
    assert (working.kind, working.urgency, working.review_on) == (notice.kind, notice.urgency, notice.review_on)
    assert (new.number, new.what_changed, new.published_at) == (1, "", None)
    assert working.number != notice.number


def test_begin_update_copies_the_rows_of_files_and_shares_their_bytes(notice, author, at):
    file = factories.attachment(notice.edition)
    working = actions.begin_update(notice, by=author, at=at)
    copy = Attachment.objects.get(edition__notice=working)
    assert (copy.stored_as, copy.name, copy.tlp) == (file.stored_as, file.name, file.tlp)
    assert copy.public_id != file.public_id


def test_begin_update_makes_all_who_wrote_it_authors(notice, officer, publisher, at):
    wrote = factories.member(roles=["analyst"])
    Notice.objects.filter(pk=notice.pk).update(coauthors=[wrote.pk])
    colleague = factories.member(roles=["analyst"], organisation=notice.author.organisation, country="FR")
    working = actions.begin_update(steps.reloaded(notice), by=colleague, at=at)
    assert working.writers == {colleague.pk, notice.author_id, wrote.pk}


def test_begin_update_keeps_those_who_wrote_it_from_checking(notice, later):
    colleague = factories.member(roles=["analyst"], organisation=notice.author.organisation)
    factories.grant(notice.author, "compliance_officer")
    working = actions.begin_update(notice, by=colleague, at=later)
    steps.rewritten(working, colleague, later)
    actions.submit(steps.reloaded(working), by=colleague, at=later)
    with pytest.raises(NotPermittedError):
        actions.clear(working, answers={}, by=factories.reloaded(notice.author), at=later)


def test_begin_update_happens_once_at_a_time(notice, working, author, later):
    with pytest.raises(actions.PendingUpdateError) as refusal:
        actions.begin_update(notice, by=author, at=later)
    assert refusal.value.status == 409


def test_begin_update_is_for_those_who_see_the_notice(notice, at):
    excluded = factories.member(roles=["analyst"], sector="industry", organisation=notice.author.organisation)
    with pytest.raises(NotPermittedError):
        actions.begin_update(notice, by=excluded, at=at)


def test_begin_update_by_a_reader_asks_for_the_promise_first(author, officer, publisher, at):
    notice = steps.published(author, officer, publisher, at, tlp=Tlp.AMBER)
    colleague = factories.member(roles=["analyst"], organisation=author.organisation)
    with pytest.raises(actions.NotAcknowledgedError):
        actions.begin_update(notice, by=colleague, at=at)
    actions.acknowledge(notice, edition=notice.edition.number, by=colleague, at=at)
    assert actions.begin_update(notice, by=colleague, at=at).author == colleague


@pytest.mark.parametrize("state", ["draft", "suspended", "withdrawn", "expired"])
def test_begin_update_needs_a_notice_in_force(author, at, state):
    notice = factories.notice(state=state, author=author)
    with pytest.raises(IllegalTransitionError):
        actions.begin_update(notice, by=author, at=at)


def test_begin_update_leaves_a_day_of_review_out_that_is_past(notice, author):
    late = notice.changed_at + timedelta(days=400)
    assert actions.begin_update(notice, by=author, at=late).review_on is None


def test_submit_of_an_update_asks_what_changed(working, author, later):
    with pytest.raises(actions.IncompleteNoticeError) as refusal:
        actions.submit(working, by=author, at=later)
    assert (refusal.value.status, refusal.value.field) == (422, "what_changed")


def test_publish_makes_an_update_the_next_edition(notice, ready, publisher, later):
    brought_out = actions.publish(ready, by=publisher, at=later)
    now = steps.reloaded(notice)
    assert (brought_out.pk, now.state, now.number) == (notice.pk, "published", notice.number)
    assert (now.edition.number, now.edition.title) == (2, "Hollow bricks")
    assert (now.edition.what_changed, now.edition.published_at) == (steps.CHANGED, later)
    assert now.edition.drafted_as == ready.number
    assert not Notice.objects.filter(pk=ready.pk).exists()
    assert list(now.editions.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_publish_of_an_update_comes_up_again_as_news(notice, ready, publisher, member, later):
    actions.publish(ready, by=publisher, at=later)
    digest = queries.digests_for([member], since=later - timedelta(days=7), until=later)[member.pk]
    assert [(item.number, item.title) for item in digest.items] == [(notice.number, "Hollow bricks")]
    assert steps.reloaded(notice).published_at == later
    assert Edition.objects.get(notice=notice, number=1).published_at == notice.published_at


def test_publish_of_an_update_moves_what_was_said_and_checked(notice, working, author, officer, publisher, later):
    steps.rewritten(working, author, later)
    actions.submit(steps.reloaded(working), by=author, at=later)
    actions.send_back(steps.reloaded(working), instead_of="clear", remark="Name the source.", by=officer, at=later)
    steps.cleared(working, author, officer, later)
    actions.publish(steps.reloaded(working), by=publisher, at=later)
    assert Remark.objects.get().notice == notice
    assert Check.objects.filter(notice=notice).count() == 12
    told = [moment.sentence for moment in queries.history(steps.reloaded(notice))]
    assert told.count("It was returned with remarks.") == 1
    assert told.count("It was published.") == 1
    assert told.count("It was updated.") == 1


def test_publish_of_an_update_takes_over_label_dates_and_people(notice, working, author, later):
    officer, publisher = factories.member(roles=["compliance_officer"]), factories.member(roles=["publisher"])
    steps.rewritten(working, author, later, urgency="urgent", kind="both", review_on=date(2027, 12, 1))
    steps.cleared(working, author, officer, later)
    actions.publish(steps.reloaded(working), by=publisher, at=later)
    now = steps.reloaded(notice)
    assert (now.kind, now.urgency, now.review_on) == ("both", "urgent", date(2027, 12, 1))
    assert (now.cleared_by, now.published_by, now.author) == (officer, publisher, author)


def test_publish_of_an_update_as_red_needs_two_publishers(notice, working, author, officer, publisher, later):
    reader, second = factories.member(), factories.member(roles=["publisher"])
    red = red_content(reader.pk)
    steps.rewritten(working, author, later, tlp=red.tlp, audience=red.audience, sections=red.sections)
    steps.cleared(working, author, officer, later)
    actions.publish(steps.reloaded(working), by=publisher, at=later)
    assert steps.reloaded(notice).edition.number == 1
    actions.publish(steps.reloaded(working), by=second, at=later)
    now = steps.reloaded(notice)
    assert (now.tlp, now.approved_by, now.published_by) == ("TLP:RED", publisher, second)


def test_publish_of_an_update_changes_who_reads(notice, working, author, officer, publisher, member, stranger, later):
    steps.rewritten(working, author, later, audience=Audience(sectors=["industry"]))
    steps.cleared(working, author, officer, later)
    actions.publish(steps.reloaded(working), by=publisher, at=later)
    assert [queries.notices_to_read(person).exists() for person in (member, stranger)] == [False, True]


def test_publish_of_an_update_asks_for_the_promise_again(author, officer, publisher, member, at, later):
    notice = steps.published(author, officer, publisher, at, tlp=Tlp.AMBER)
    actions.acknowledge(notice, edition=notice.edition.number, by=member, at=at)
    working = actions.begin_update(notice, by=author, at=later)
    steps.rewritten(working, author, later, tlp=Tlp.AMBER)
    steps.cleared(working, author, officer, later)
    actions.publish(steps.reloaded(working), by=publisher, at=later)
    assert not queries.own_reading(member, steps.reloaded(notice)).is_open
    assert Reading.objects.count() == 1


def test_publish_of_an_update_asks_bodies_anew(notice, author, officer, publisher, at, later):
    body = factories.organisation()
    Notice.objects.filter(pk=notice.pk).update(cosponsors=[body.pk])
    yes = {"agreed": True, "answered_by": publisher, "answered_at": at}
    Cosponsorship.objects.create(notice=notice, organisation=body, asked_by=author, asked_at=at, **yes)
    working = actions.begin_update(steps.reloaded(notice), by=author, at=later)
    asked = Cosponsorship.objects.get(notice=working)
    assert (asked.organisation, asked.agreed, asked.asked_at) == (body, None, later)
    steps.rewritten(working, author, later)
    version = steps.reloaded(working).edition.version
    Cosponsorship.objects.filter(notice=working).update(**yes, version=version)
    steps.cleared(working, author, officer, later)
    actions.publish(steps.reloaded(working), by=publisher, at=later)
    assert list(Cosponsorship.objects.values_list("notice", "asked_at")) == [(notice.pk, later)]


@pytest.mark.parametrize("step", ["suspend", "withdraw"])
def test_publish_of_an_update_needs_its_notice_in_force(notice, ready, publisher, later, step):
    getattr(actions, step)(notice, reason="The source was wrong.", by=publisher, at=later)
    with pytest.raises(actions.NothingToUpdateError) as refusal:
        actions.publish(ready, by=publisher, at=later)
    assert refusal.value.status == 409
    assert steps.reloaded(ready).edition.title == "Hollow bricks"


def test_publish_scheduled_brings_an_update_out(notice, ready, publisher, later):
    hour = later + timedelta(hours=1)
    actions.schedule(ready, publish_at=hour, by=publisher, at=later)
    actions.publish_scheduled(ready.pk, at=hour)
    assert steps.reloaded(notice).edition.number == 2


def test_publish_scheduled_holds_an_update_back_whose_notice_was_withdrawn(notice, ready, publisher, later):
    hour = later + timedelta(hours=1)
    actions.schedule(ready, publish_at=hour, by=publisher, at=later)
    actions.withdraw(notice, reason="Wrong.", by=publisher, at=later)
    actions.publish_scheduled(ready.pk, at=hour)
    assert steps.reloaded(ready).state == "cleared"
    assert "not in force any more" in Remark.objects.get().text


def test_updates_follow_one_another(notice, author, officer, publisher, later):
    for days in (1, 2):
        at = later + timedelta(days=days)
        steps.updated(steps.reloaded(notice), author, officer, publisher, at)
    assert list(notice.editions.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert steps.reloaded(notice).edition.number == 3


def test_discard_throws_a_draft_away(author, at):
    draft = actions.draft(content(), by=author, at=at)
    pk = draft.pk
    actions.discard(draft, by=author, at=at)
    assert not Notice.objects.exists()
    assert not Edition.objects.exists()
    assert Entry.objects.get(event="notices.notice.discarded").target_id == pk


def test_discard_takes_along_everything_that_belongs_to_a_draft(author, officer, at):
    draft = actions.submit(actions.draft(content(), by=author, at=at), by=author, at=at)
    factories.attachment(steps.reloaded(draft).edition)
    actions.clear(draft, answers=ANSWERS, by=officer, at=at)
    back = {"remark": "Say more.", "by": factories.member(roles=["publisher"]), "at": at}
    actions.send_back(steps.reloaded(draft), instead_of="publish", **back)
    actions.discard(steps.reloaded(draft), by=author, at=at)
    left = [
        model.__name__ for model in (Notice, Edition, Attachment, Check, Remark, SavedText) if model.objects.exists()
    ]
    assert left == []


def test_discard_of_an_update_frees_its_notice(notice, working, author, later):
    assert actions.discard(working, by=author, at=later) == notice
    assert "notices.notice.discarded" in events(notice)
    assert actions.begin_update(notice, by=author, at=later).updates == notice


def test_discard_is_for_the_author_alone(author, at):
    coauthor = factories.member(roles=["analyst"])
    draft = actions.share(actions.draft(content(), by=author, at=at), coauthors=[coauthor.pk], by=author, at=at)
    with pytest.raises(NotPermittedError):
        actions.discard(draft, by=coauthor, at=at)


@pytest.mark.parametrize("state", ["in_review", "cleared", "published", "suspended", "withdrawn", "expired"])
def test_discard_needs_a_draft(author, at, state):
    notice = factories.notice(state=state, author=author)
    with pytest.raises(IllegalTransitionError):
        actions.discard(notice, by=author, at=at)


@pytest.fixture
def letters(notice, author, officer, publisher, member, later):
    """Update a notice with some label; return the alert that a reader gets about it."""

    def update(**changes) -> list[mail.Letter | None]:
        working = actions.begin_update(notice, by=author, at=later)
        steps.rewritten(working, author, later, urgency="urgent", **changes)
        steps.cleared(working, author, officer, later)
        actions.publish(steps.reloaded(working), by=publisher, at=later)
        entry = Entry.objects.get(event=actions.UPDATED)
        with time_machine.travel(later, tick=False):
            journal.dispatch(entry, later)
        told = Delivery.objects.filter(entry=entry, member=member)
        return [mail.COMPOSERS[tasks.ALERT](entry, [member.pk])(each) for each in told]

    return update


def test_alert_of_an_update_says_what_changed_where_the_label_allows(letters):
    [letter] = letters()
    assert letter is not None
    assert f"Updated, edition 2: {steps.CHANGED}" in letter.text
    assert steps.CHANGED in letter.html


def test_alert_of_an_update_says_the_number_only_under_amber(letters, notice):
    [letter] = letters(tlp=Tlp.AMBER)
    assert letter is not None
    assert f"Notice {notice.number} is urgent and was updated: edition 2." in letter.text
    assert [part for part in (letter.subject, letter.text, letter.html) if steps.CHANGED in part] == []


def test_alert_of_an_update_is_no_second_one_within_a_day(letters, notice, member, later):
    entry = Entry.objects.get(event=actions.PUBLISHED)
    mail.announce(entry, [member.pk], kind=tasks.ALERT, lane=Lane.URGENT, at=later - timedelta(hours=23))
    assert letters() == []


def test_digest_says_what_an_update_changed(notice, ready, publisher, member, later):
    actions.publish(ready, by=publisher, at=later)
    digest = queries.digests_for([member], since=later - timedelta(days=7), until=later)[member.pk]
    letter = mail.letter("notices/digest", {"digest": digest, "label": "TLP:GREEN"})
    assert f"Updated, edition 2: {steps.CHANGED}" in letter.text
    assert steps.CHANGED in letter.html
