"""Is a notice published at the hour that was chosen, once, and only if everything still holds?"""

from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction

from congress.core.errors import NotPermittedError
from congress.core.labels import Audience
from congress.core.models import Entry
from congress.core.roles import Standing
from congress.core.states import IllegalTransitionError
from members.models import Member, RoleGrant
from notices import actions, policies, tasks
from notices.models import Edition, Notice, Remark
from tests import factories
from tests.notices.test_steps_pages import address, text_of
from tests.notices.typed import ANSWERS, content, red_content
from tests.races import all_at_once

HOUR = timedelta(hours=1)


@pytest.fixture
def cleared(author, officer, at) -> Notice:
    notice = actions.submit(actions.draft(content(), by=author, at=at), by=author, at=at)
    return actions.clear(notice, answers=ANSWERS, by=officer, at=at)


@pytest.fixture
def scheduled(cleared, publisher, at) -> Notice:
    return actions.schedule(cleared, publish_at=at + HOUR, by=publisher, at=at)


def events(notice: Notice) -> list[str]:
    return list(Entry.objects.filter(target_id=notice.pk).order_by("pk").values_list("event", flat=True))


def test_schedule_keeps_hour_and_publisher(scheduled, publisher, at):
    notice = Notice.objects.get()
    assert (notice.state, notice.scheduled_for, notice.published_by) == ("scheduled", at + HOUR, publisher)
    assert notice.published_at is None
    entry = Entry.objects.get(event="notices.notice.scheduled")
    assert (entry.by, entry.data) == (publisher, {"publish_at": (at + HOUR).isoformat()})


def test_scheduled_notice_is_hidden_from_its_readers(scheduled, member):
    assert not policies.visible_to(member).exists()


@pytest.mark.parametrize(
    "ahead", [-HOUR, timedelta(0), timedelta(minutes=4, seconds=59), timedelta(days=90, seconds=1)]
)
def test_schedule_refuses_an_hour_past_too_near_or_too_far(cleared, publisher, at, ahead):
    with pytest.raises(actions.ScheduleTimeError) as refusal:
        actions.schedule(cleared, publish_at=at + ahead, by=publisher, at=at)
    assert (refusal.value.status, refusal.value.field) == (422, "publish_on")


@pytest.mark.parametrize("ahead", [timedelta(minutes=5), timedelta(days=90)])
def test_schedule_takes_both_ends(cleared, publisher, at, ahead):
    assert actions.schedule(cleared, publish_at=at + ahead, by=publisher, at=at).state == "scheduled"


def test_schedule_refuses_a_day_after_the_review(cleared, publisher, at):
    Notice.objects.update(review_on=at.date() + timedelta(days=2))
    with pytest.raises(actions.ReviewDateError):
        actions.schedule(cleared, publish_at=at + timedelta(days=3), by=publisher, at=at)


@pytest.mark.parametrize("who", ["author", "officer", "member", "administrator"])
def test_schedule_is_for_publishers(cleared, at, who, request):
    with pytest.raises(NotPermittedError):
        actions.schedule(cleared, publish_at=at + HOUR, by=request.getfixturevalue(who), at=at)


def test_schedule_of_red_is_for_the_second_publisher(author, officer, publisher, member, at):
    notice = actions.submit(actions.draft(red_content(member.pk), by=author, at=at), by=author, at=at)
    actions.clear(notice, answers=ANSWERS, by=officer, at=at)
    with pytest.raises(actions.SecondPublisherError):
        actions.schedule(notice, publish_at=at + HOUR, by=publisher, at=at)
    actions.publish(notice, by=publisher, at=at)
    with pytest.raises(NotPermittedError):
        actions.schedule(notice, publish_at=at + HOUR, by=publisher, at=at)
    second = factories.member(roles=["publisher"])
    assert actions.schedule(notice, publish_at=at + HOUR, by=second, at=at).published_by == second


def test_unschedule_leaves_it_cleared(scheduled, at):
    other = factories.member(roles=["publisher"])
    actions.unschedule(scheduled, by=other, at=at)
    notice = Notice.objects.get()
    assert (notice.state, notice.scheduled_for, notice.published_by) == ("cleared", None, None)
    assert events(notice)[-1] == "notices.notice.unscheduled"


@pytest.mark.parametrize("who", ["author", "officer", "member"])
def test_unschedule_is_for_publishers(scheduled, at, who, request):
    with pytest.raises(NotPermittedError):
        actions.unschedule(scheduled, by=request.getfixturevalue(who), at=at)


def test_publish_and_return_wait_until_it_is_off_the_schedule(scheduled, at):
    other = factories.member(roles=["publisher"])
    with pytest.raises(IllegalTransitionError):
        actions.publish(scheduled, by=other, at=at)
    with pytest.raises(IllegalTransitionError):
        actions.send_back(scheduled, instead_of="publish", remark="Wait.", by=other, at=at)


def test_publish_scheduled_acts_in_the_name_of_the_publisher(scheduled, publisher, member, at):
    with time_machine.travel(at + HOUR, tick=False):
        tasks.publish_scheduled()
    notice = Notice.objects.get()
    assert (notice.state, notice.published_at, notice.published_by) == ("published", at + HOUR, publisher)
    assert notice.scheduled_for is None
    assert Entry.objects.get(event=actions.PUBLISHED).by == publisher
    assert policies.visible_to(member).exists()


def test_publish_scheduled_waits_for_its_hour(scheduled, at):
    with time_machine.travel(at + HOUR - timedelta(seconds=1), tick=False):
        tasks.publish_scheduled()
    assert Notice.objects.get().state == "scheduled"
    assert actions.publish_scheduled(scheduled.pk, at=at) is None


def test_publish_scheduled_happens_once(scheduled, at):
    for _beat in range(2):
        with time_machine.travel(at + HOUR, tick=False):
            tasks.publish_scheduled()
    assert events(scheduled).count(actions.PUBLISHED) == 1


def lose_role(publisher: Member) -> None:
    RoleGrant.objects.filter(member=publisher).delete()


def lose_standing(publisher: Member) -> None:
    Member.objects.filter(pk=publisher.pk).update(standing=Standing.SUSPENDED)


def lose_audience(publisher: Member) -> None:
    Edition.objects.update(audience_sectors=[])


def lose_summary(publisher: Member) -> None:
    Edition.objects.get().sections.all().delete()


def come_to_review(publisher: Member) -> None:
    Notice.objects.update(review_on=date(2026, 11, 23))


@pytest.mark.parametrize(
    ("happens", "code", "reason"),
    [
        (lose_role, "not_permitted", "Whoever scheduled it may no longer publish."),
        (lose_standing, "not_permitted", "Whoever scheduled it may no longer publish."),
        (lose_audience, "empty_audience", "The audience is empty"),
        (lose_summary, "incomplete_notice", "The notice has no summary."),
        (come_to_review, "review_date", "The day of review must lie ahead"),
    ],
)
def test_publish_scheduled_holds_back_what_no_longer_holds(scheduled, publisher, at, happens, code, reason):
    happens(publisher)
    with time_machine.travel(at + HOUR, tick=False):
        tasks.publish_scheduled()
    notice, remark = Notice.objects.get(), Remark.objects.get()
    assert (notice.state, notice.published_by, notice.scheduled_for) == ("cleared", None, None)
    assert (remark.by, remark.text.startswith(reason)) == (None, True)
    entry = Entry.objects.get(event="notices.notice.held_back")
    assert (entry.by, entry.data) == (None, {"reason": code})


def test_one_that_is_held_back_holds_up_no_other(scheduled, publisher, at):
    other = factories.notice(state="scheduled", at=at, audience=Audience(countries=["TH"]), review_on=date(2027, 6, 1))
    lose_role(publisher)
    with time_machine.travel(at + HOUR, tick=False):
        tasks.publish_scheduled()
    assert set(Notice.objects.values_list("pk", "state")) == {(scheduled.pk, "cleared"), (other.pk, "published")}


@pytest.mark.parametrize("lost", [{"scheduled_for": None}, {"published_by": None}])
def test_database_insists_on_hour_and_publisher(scheduled, lost):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(**lost)


def test_database_keeps_no_hour_without_a_schedule(cleared, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(scheduled_for=at)


def test_unscheduling_and_beat_at_once_leave_one_outcome(committed, at):
    notice = factories.notice(
        state="scheduled", at=at, audience=Audience(sectors=["industry"]), review_on=date(2027, 6, 1)
    )
    other = factories.member(roles=["publisher"])
    calls = [
        partial(actions.unschedule, notice, by=other, at=at),
        partial(actions.publish_scheduled, notice.pk, at=at),
    ]
    ended = all_at_once(calls)
    assert (Notice.objects.get().state, events(notice), ended) in [
        ("cleared", ["notices.notice.unscheduled"], {"done": 2}),
        ("published", [actions.PUBLISHED], {"done": 1, "illegal_transition": 1}),
    ]


def test_notice_publish_schedules_in_a_zone(publisher, cleared, at, signed_in):
    data = {"decision": "schedule", "publish_on": "2026-11-24", "publish_time": "08:30", "zone": "Asia/Bangkok"}
    with time_machine.travel(at, tick=False):
        response = signed_in(publisher).post(address(cleared, "publish"), data, follow=True)
    assert "The notice is scheduled." in text_of(response)
    assert "01:30" in text_of(response)
    assert Notice.objects.get().scheduled_for == at.replace(day=24, hour=1, minute=30)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"publish_on": ""}, "Say when it is to be published."),
        ({"publish_time": ""}, "Say when it is to be published."),
        ({"publish_on": "2026-11-22"}, "at least 5 minutes and at most 90 days ahead"),
        ({"publish_on": "2028-02-31"}, "Enter a valid date."),
        ({"zone": "Moon/Tranquility"}, "Select a valid choice."),
    ],
)
def test_notice_publish_refuses_an_hour_and_keeps_what_was_typed(publisher, cleared, at, signed_in, changes, says):
    data = {"decision": "schedule", "publish_on": "2026-11-24", "publish_time": "08:30", "zone": "UTC", **changes}
    with time_machine.travel(at, tick=False):
        response = signed_in(publisher).post(address(cleared, "publish"), data)
    assert (response.status_code, Notice.objects.get().state) == (422, "cleared")
    assert says in text_of(response)
    assert all(f'value="{data[name]}"' in response.text for name in ("publish_on", "publish_time"))


def test_notice_unschedule_asks_and_does(scheduled, publisher, author, signed_in):
    assert signed_in(author).get(address(scheduled, "unschedule")).status_code == 403
    client = signed_in(publisher)
    assert client.get(address(scheduled, "unschedule")).status_code == 200
    assert client.post(address(scheduled, "unschedule"), {"x": "1"}).status_code == 303
    assert Notice.objects.get().state == "cleared"
    assert client.post(address(scheduled, "unschedule"), {"x": "1"}).status_code == 409
