"""Does a TLP:RED notice wait for two publishers, who are two people and neither author nor officer?"""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from congress.core.errors import NotPermittedError
from congress.core.labels import Audience, Tlp
from congress.core.models import Entry
from notices import actions, policies, queries
from notices.models import Notice
from tests import factories
from tests.notices.test_steps_pages import address, text_of
from tests.notices.typed import ANSWERS, red_content
from tests.races import all_at_once


@pytest.fixture
def second(db):
    return factories.member("second_publisher", roles=["publisher"])


@pytest.fixture
def red(author, officer, member, at) -> Notice:
    notice = actions.submit(actions.draft(red_content(member.pk), by=author, at=at), by=author, at=at)
    return actions.clear(notice, answers=ANSWERS, by=officer, at=at)


@pytest.fixture
def approved(red, publisher, at) -> Notice:
    return actions.publish(red, by=publisher, at=at)


def events(notice: Notice) -> list[str]:
    return list(Entry.objects.filter(target_id=notice.pk).order_by("pk").values_list("event", flat=True))


def test_first_publisher_only_approves(approved, publisher, member):
    notice = Notice.objects.get()
    assert (notice.state, notice.approved_by, notice.published_by) == ("cleared", publisher, None)
    assert not policies.visible_to(member).exists()
    assert events(approved)[-1] == "notices.notice.approved"


def test_second_publisher_publishes(approved, publisher, second, member, at):
    actions.publish(approved, by=second, at=at)
    notice = Notice.objects.get()
    assert (notice.state, notice.approved_by, notice.published_by) == ("published", publisher, second)
    assert policies.visible_to(member).exists()


def test_first_publisher_is_not_the_second_too(approved, publisher, at):
    with pytest.raises(NotPermittedError) as refusal:
        actions.publish(approved, by=publisher, at=at)
    assert (refusal.value.status, Notice.objects.get().state) == (403, "cleared")


def test_other_labels_need_one_publisher(publisher, at):
    people = Audience(people=[publisher.pk])
    for label in set(Tlp) - {Tlp.RED}:
        notice = factories.notice(state="cleared", tlp=label, audience=people, review_on=at.date().replace(year=2027))
        assert actions.publish(notice, by=publisher, at=at).state == "published"


@pytest.mark.parametrize("role", ["analyst", "compliance_officer"])
def test_author_and_officer_are_neither_of_the_two(author, officer, member, at, role):
    both = factories.member(roles=[role, "publisher"])
    writer, clearer = (both, officer) if role == "analyst" else (author, both)
    notice = actions.submit(actions.draft(red_content(member.pk), by=writer, at=at), by=writer, at=at)
    actions.clear(notice, answers=ANSWERS, by=clearer, at=at)
    with pytest.raises(NotPermittedError):
        actions.publish(notice, by=both, at=at)


def test_return_voids_the_approval(approved, second, at):
    actions.send_back(approved, instead_of="publish", remark="Too much.", by=second, at=at)
    notice = Notice.objects.get()
    assert (notice.state, notice.cleared_by, notice.approved_by) == ("returned", None, None)


@pytest.mark.parametrize("same", ["author", "cleared_by", "published_by"])
def test_database_insists_on_two_publishers(approved, second, same, at):
    notice = actions.publish(approved, by=second, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(approved_by=getattr(notice, same))


def test_start_page_says_whose_step_it_is(red, publisher, second, at):
    wanted = "To be approved: TLP:RED needs two publishers"
    assert [line.meta for line in queries.waiting_for(publisher)] == [wanted]
    actions.publish(red, by=publisher, at=at)
    assert queries.waiting_for(publisher) == []
    wanted = "Approved by one publisher: to be published by you as the second"
    assert [line.meta for line in queries.waiting_for(second)] == [wanted]


def test_notice_publish_asks_the_first_and_then_the_second(red, publisher, second, signed_in):
    first, other = signed_in(publisher), signed_in(second)
    assert "Approve as the first of two" in text_of(first.get(address(red, "publish")))
    response = first.post(address(red, "publish"), {"decision": "publish"}, follow=True)
    assert "Approved. A second publisher has to publish it." in text_of(response)
    assert "Waits for a second publisher" in text_of(response)
    assert first.post(address(red, "publish"), {"decision": "publish"}).status_code == 403
    assert "Publisher has approved it." in text_of(other.get(address(red, "publish")))
    assert other.post(address(red, "publish"), {"decision": "publish"}).status_code == 303
    assert Notice.objects.get().state == "published"


def test_one_person_who_presses_twice_at_once_approves_once(committed, at):
    reader, one = factories.member(), factories.member(roles=["publisher"])
    notice = factories.notice(
        state="cleared", tlp=Tlp.RED, audience=Audience(people=[reader.pk]), review_on=at.date().replace(year=2027)
    )
    assert all_at_once([partial(actions.publish, notice, by=one, at=at)] * 2) == {"done": 1, "not_permitted": 1}
    assert Notice.objects.get().state == "cleared"
    assert events(notice) == ["notices.notice.approved"]


def test_database_lets_no_red_notice_out_with_one_publisher(member, at):
    notice = factories.notice(tlp=Tlp.RED, audience=Audience(people=[member.pk]), at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(approved_by=None)


def test_what_went_out_before_the_rule_can_still_be_taken_back(publisher, member, at):
    notice = factories.notice(tlp=Tlp.RED, audience=Audience(people=[member.pk]))
    Notice.objects.filter(pk=notice.pk).update(approved_by=None)
    assert actions.withdraw(notice, reason="Superseded", by=publisher, at=at).state == "withdrawn"
