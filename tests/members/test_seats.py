"""Does it take a proposal and another person's word to sit in a group, and does the seat end by itself?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from congress.core import mail
from congress.core.models import Delivery, Entry
from congress.core.roles import Role, Standing
from members.actions import seats as actions
from members.actions.departures import Words, end_affiliation
from members.actions.groups import SeatClosedError
from members.models import Group, Member, Seat, SeatProposal, Term
from members.tasks import groups as tasks
from tests import factories

DAY = timedelta(days=1)


@pytest.fixture
def group(db) -> Group:
    return factories.group("Steering committee")


@pytest.fixture
def seat(group) -> Seat:
    return Seat.objects.create(group=group)


@pytest.fixture
def chair(group) -> Member:
    person = factories.member("chair")
    factories.term(person, group, is_chair=True)
    return person


@pytest.fixture
def colleague(db) -> Member:
    return factories.member("colleague", roles=[Role.ADMINISTRATOR])


def year(**changes) -> actions.Time:
    today = timezone.now().date()
    return actions.Time(**{"begins_on": today, "ends_on": today + 365 * DAY, **changes})


def proposed(seat: Seat, member: Member, by: Member, **changes) -> SeatProposal:
    return actions.propose_for_seat(seat, member, year(**changes), by=by, at=timezone.now())


def typed(who: Member, **changes) -> dict[str, str]:
    today = timezone.now().date()
    return {"member": who.public_id, "begins_on": f"{today}", "ends_on": f"{today + 364 * DAY}", **changes}


# A table of who acts, what they do, and about whom: the status of the page


@pytest.mark.parametrize(
    ("actor", "step", "status"),
    [
        ("administrator", "propose", 302),
        ("chair", "propose", 302),
        ("former chair", "propose", 403),
        ("chair of another group", "propose", 403),
        ("concerned", "propose", 403),
        ("stranger", "propose", 403),
        ("administrator", "confirm", 403),
        ("colleague", "confirm", 302),
        ("concerned", "confirm", 403),
        ("chair", "confirm", 403),
        ("stranger", "confirm", 404),
        ("administrator", "decline", 302),
        ("colleague", "decline", 302),
        ("concerned", "decline", 302),
        ("chair", "decline", 403),
        ("stranger", "decline", 404),
    ],
)
def test_who_may_fill_a_seat(signed_in, group, seat, chair, administrator, colleague, stranger, actor, step, status):
    concerned = factories.member("concerned", roles=[Role.ADMINISTRATOR])
    former, elsewhere = factories.member("former_chair"), factories.member("elsewhere")
    factories.term(former, group, days=-500, is_chair=True)
    factories.term(elsewhere, factories.group(), is_chair=True)
    who = {
        "administrator": administrator, "chair": chair, "former chair": former, "chair of another group": elsewhere,
        "concerned": concerned, "stranger": stranger, "colleague": colleague,
    }[actor]  # fmt: skip
    address = f"/groups/{group.public_id}/seats/{seat.public_id}/propose/"
    if step != "propose":
        address = f"/groups/{group.public_id}/proposals/{proposed(seat, concerned, administrator).public_id}/{step}/"
    assert signed_in(who).post(address, typed(concerned)).status_code == status
    assert Term.objects.filter(member=concerned).exists() is (step == "confirm" and status == 302)


@pytest.mark.parametrize(
    ("changes", "status", "message"),
    [
        ({"member": "nobody at all"}, 422, "fits nothing in the directory"),
        ({"ends_on": "2020-01-01"}, 422, "Choose a day from today on"),
        ({"begins_on": "2099-01-01"}, 422, "The last day comes before the first"),
        ({"begins_on": ""}, 422, "This field is required"),
    ],
)
def test_seat_propose_says_what_is_wrong_and_keeps_the_rest(
    seat, administrator, member, signed_in, changes, status, message
):
    address = f"/groups/{seat.group.public_id}/seats/{seat.public_id}/propose/"
    answer = signed_in(administrator).post(address, typed(member, **changes))
    assert answer.status_code == status
    assert message in answer.text
    assert changes.get("member", member.public_id) in answer.text
    assert not SeatProposal.objects.exists()


def test_seat_propose_keeps_the_balance(group, administrator, member, signed_in):
    industry = Seat.objects.create(group=group, sector="industry")
    address = f"/groups/{group.public_id}/seats/{industry.public_id}/propose/"
    answer = signed_in(administrator).post(address, typed(member))
    assert (answer.status_code, "meant for somebody else: Industry" in answer.text) == (422, True)


def test_seat_propose_suggests_the_day_on_which_the_seat_is_free(group, chair, administrator, signed_in):
    held = chair.terms.get()
    page = signed_in(administrator).get(f"/groups/{group.public_id}/seats/{held.seat.public_id}/propose/")
    assert page.context["form"]["begins_on"].value() == held.ends_on


def test_seat_confirm_gives_the_seat_and_tells_the_member(seat, administrator, colleague, member):
    term = actions.confirm_seat(proposed(seat, member, administrator), by=colleague, at=timezone.now())
    assert factories.reloaded(member).group_ids == [seat.group_id]
    entry = Entry.objects.get(event=actions.CONFIRMED)
    assert (entry.target_id, entry.by, entry.data["term"]) == (member.pk, colleague, term.pk)
    tasks.tell_seated(entry)
    assert "You have a seat in Steering committee" in letter_to(member, tasks.SEATED).subject


def letter_to(member: Member, kind: str) -> mail.Letter | None:
    delivery = Delivery.objects.select_related("entry", "member").get(member=member, kind=kind)
    return mail.COMPOSERS[kind](delivery.entry, [member.pk])(delivery)


def test_seat_confirm_asks_everything_again(seat, administrator, colleague, member):
    proposal = proposed(seat, member, administrator)
    Member.objects.filter(pk=member.pk).update(standing=Standing.SUSPENDED)
    with pytest.raises(actions.NotSeatableError):
        actions.confirm_seat(proposal, by=colleague, at=timezone.now())
    Member.objects.filter(pk=member.pk).update(standing=Standing.MEMBER)
    Seat.objects.filter(pk=seat.pk).update(closed_on=timezone.now().date())
    with pytest.raises(SeatClosedError):
        actions.confirm_seat(proposal, by=colleague, at=timezone.now())
    Seat.objects.filter(pk=seat.pk).update(closed_on=None)
    factories.term(member, seat.group)
    with pytest.raises(actions.TermTakenError):
        actions.confirm_seat(proposal, by=colleague, at=timezone.now())


def test_seat_confirm_comes_once(seat, administrator, colleague, member):
    proposal = proposed(seat, member, administrator)
    actions.confirm_seat(proposal, by=colleague, at=timezone.now())
    for step in (actions.confirm_seat, actions.decline_seat):
        with pytest.raises(actions.SeatDecidedError):
            step(proposal, by=colleague, at=timezone.now())


def test_seat_decline_leaves_the_seat_empty(seat, chair, member):
    actions.decline_seat(proposed(seat, member, chair), by=chair, at=timezone.now())
    assert not Term.objects.filter(member=member).exists()
    assert proposed(seat, member, chair).pk


@pytest.mark.parametrize(("actor", "status"), [("chair", 302), ("administrator", 302), ("stranger", 403)])
def test_term_end_takes_the_rights_at_once(group, chair, administrator, stranger, signed_in, actor, status):
    term = chair.terms.get()
    client = signed_in({"chair": chair, "administrator": administrator, "stranger": stranger}[actor])
    assert client.post(f"/groups/{group.public_id}/terms/{term.public_id}/end/").status_code == status
    assert factories.reloaded(chair).group_ids == ([] if status == 302 else [group.pk])


def test_group_offers_whoever_will_sit_there_to_give_it_up(seat, member, stranger, administrator, signed_in):
    begins = timezone.now().date() + 9 * DAY
    factories.term(member, seat.group, seat=seat, begins_on=begins)
    pages = [signed_in(who).get(f"/groups/{seat.group.public_id}/").text for who in (member, administrator, stranger)]
    assert ["End it before it begins" in page for page in pages] == [True, True, False]


def test_term_end_before_it_begins_leaves_no_trace_in_the_history(seat, member, administrator):
    begins = timezone.now().date() + 9 * DAY
    coming = factories.term(member, seat.group, seat=seat, begins_on=begins)
    ended = actions.end_term(coming, by=administrator, at=timezone.now())
    assert (ended.ends_on, list(Term.objects.former()), list(Term.objects.not_over())) == (begins, [], [])
    assert factories.term(factories.member(), seat.group, seat=seat, begins_on=begins - DAY).pk


def test_whoever_leaves_has_no_seat_any_more(group, chair, at):
    now = timezone.now()
    end_affiliation(chair, by=chair, at=now, words=Words())
    Member.objects.filter(pk=chair.pk).update(standing=Standing.MEMBER)
    assert (factories.reloaded(chair).group_ids, chair.terms.get().ends_on) == ([], now.date())


# Rotation


def reminders(group: Group, *ahead: int) -> list[int]:
    """Return how many terms were reminded of when the task ran so many days from now."""
    return [actions.remind_of_rotation(at=timezone.now() + days * DAY) for days in ahead]


def test_rotation_is_said_ninety_and_thirty_days_before_each_once(group, chair):
    assert reminders(group, 0, 109, 110, 111, 169, 170, 171, 199, 200, 201) == [0, 0, 1, 0, 0, 1, 0, 0, 0, 0]
    assert [entry.data["days"] for entry in Entry.objects.filter(event=actions.ENDING).order_by("pk")] == [90, 30]


def test_rotation_after_a_long_silence_is_said_once(group, chair):
    assert reminders(group, 190, 191, 199) == [1, 0, 0]


def test_rotation_is_said_to_member_chair_and_administrators(group, chair, administrator, colleague, stranger):
    sitting = factories.member("sitting")
    factories.term(sitting, group, days=20)
    actions.remind_of_rotation(at=timezone.now())
    tasks.remind(Entry.objects.get(event=actions.ENDING))
    told = Delivery.objects.filter(kind=tasks.ROTATION)
    assert {each.member for each in told} == {sitting, chair, administrator, colleague}
    letters = {each.member: letter_to(each.member, tasks.ROTATION) for each in told}
    assert "your seat in Steering committee" in letters[sitting].text
    assert "the seat of Sitting in Steering committee" in letters[chair].text


def test_rotation_says_nothing_that_is_not_true_any_more(group, chair, administrator):
    sitting = factories.member("sitting")
    term = factories.term(sitting, group, days=20)
    actions.remind_of_rotation(at=timezone.now())
    tasks.remind(Entry.objects.get(event=actions.ENDING))
    actions.end_term(term, by=administrator, at=timezone.now())
    assert {letter_to(each, tasks.ROTATION) for each in (sitting, chair, administrator)} == {None}


def test_term_end_is_told_to_whom_it_was_taken_from(group, chair, administrator):
    actions.end_term(chair.terms.get(), by=administrator, at=timezone.now())
    tasks.tell_unseated(Entry.objects.get(event=actions.ENDED))
    assert "has ended" in letter_to(chair, tasks.UNSEATED).subject
