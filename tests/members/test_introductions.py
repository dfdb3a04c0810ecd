"""Do members meet through a third, and does nobody learn of a refusal?"""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction

from congress.core import journal, mail
from congress.core.errors import NotPermittedError
from congress.core.models import Delivery, Entry
from congress.core.personal import obey
from congress.core.roles import Standing
from congress.core.states import IllegalTransitionError
from members.actions import conversations, erasures
from members.actions import introductions as actions
from members.models import Conversation, Introduction, Member, Message
from members.policies import introductions_of
from members.tasks import introductions as tasks
from tests import factories
from tests.conftest import NOW

WHY, LINE = "Zqwhyxk", "Zqlinexk"
LIST = "/members/introductions/"


@pytest.fixture
def introducer(db) -> Member:
    return factories.member("introducer", country="KE")


@pytest.fixture
def asked(member, introducer, stranger) -> Introduction:
    return ask(member, introducer, stranger)


@pytest.fixture
def passed_on(asked, introducer) -> Introduction:
    return actions.pass_on(asked, by=introducer, at=NOW, text=LINE)


def ask(by: Member, introducer: Member, wanted: Member, at=NOW) -> Introduction:
    return actions.ask_for_introduction(wanted, by=by, at=at, introducer=introducer, reason=WHY)


def address(found: Introduction, step: str = "") -> str:
    return f"{LIST}{found.public_id}/{step}"


def send_mail() -> list[str]:
    for entry in Entry.objects.order_by("pk"):
        journal.dispatch(entry, NOW)
    mail.send(mail.claim(NOW + timedelta(seconds=1)), lambda: NOW)
    return [letter.to[0] for letter in outbox.outbox]


def pages(client, found: Introduction, wanted: Member) -> list[bytes]:
    """Return all that one of the three may look at, without the tokens of forms."""
    paths = [LIST, address(found), "/home/", f"/members/{wanted.public_id}/", f"/members/{wanted.public_id}/contact/"]
    return [client.get(path).content.split(b"csrfmiddlewaretoken")[0] for path in paths]


@pytest.mark.usefixtures("clock")
def test_introduction_ask_reaches_the_introducer_and_nobody_else(signed_in, member, introducer, stranger):
    path = f"/members/{stranger.public_id}/introduction/"
    answer = signed_in(member).post(path, {"introducer": introducer.latin_name, "reason": WHY})
    assert (answer.status_code, answer.url) == (302, LIST)
    found = Introduction.objects.get()
    text = signed_in(introducer).get(address(found)).content.decode()
    assert (WHY in text, stranger.latin_name in text, member.email in text) == (True, True, False)
    assert signed_in(stranger).get(address(found)).status_code == 404
    assert (send_mail(), WHY in str(outbox.outbox[0].message())) == ([introducer.email], False)


def test_introduction_tells_who_asks_why_and_through_whom(signed_in, passed_on, member, introducer, stranger):
    text = signed_in(stranger).get(address(passed_on)).content.decode()
    assert [word in text for word in (WHY, LINE, member.latin_name, introducer.latin_name)] == [True] * 4
    assert LINE not in signed_in(member).get(address(passed_on)).content.decode()
    assert send_mail() == [stranger.email]


def test_introduction_accept_opens_a_conversation_without_addresses(signed_in, passed_on, member, stranger):
    answer = signed_in(stranger).post(address(passed_on, "accept/"))
    found = Conversation.objects.get()
    assert answer.url == f"/members/me/conversations/{found.public_id}/"
    text = signed_in(member).get(answer.url).content.decode()
    assert (WHY in text, stranger.email in text) == (True, False)
    for by in (member, stranger):
        conversations.say(found, by=by, at=NOW, text="Good")
    assert [member.email in send_mail(), signed_in(stranger).post(address(passed_on, "accept/")).status_code] == [
        True,
        404,
    ]


def test_accept_goes_on_with_a_conversation_that_there_is(passed_on, member, stranger):
    there = conversations.open_conversation(stranger, by=member, at=NOW, text="Hello")
    conversations.decline(there, by=stranger, at=NOW)
    assert actions.accept(passed_on, by=stranger, at=NOW) == there
    conversations.say(there, by=member, at=NOW, text="At last")
    assert Message.objects.count() == 3


def test_introduction_set_aside_by_the_introducer_is_silent(signed_in, asked, member, introducer, stranger):
    before = pages(signed_in(member), asked, stranger)
    assert signed_in(introducer).post(address(asked, "set-aside/")).status_code == 302
    assert pages(signed_in(member), asked, stranger) == before
    assert signed_in(introducer).get(address(asked)).status_code == 404


def test_introduction_set_aside_by_the_wanted_is_silent_to_both(signed_in, passed_on, member, introducer, stranger):
    before = [pages(signed_in(person), passed_on, stranger) for person in (member, introducer)]
    assert signed_in(stranger).post(address(passed_on, "set-aside/")).status_code == 302
    assert [pages(signed_in(person), passed_on, stranger) for person in (member, introducer)] == before
    entry = Entry.objects.get(event=actions.SET_ASIDE)
    assert (entry.target_id, entry.data) == (None, {})


def test_pass_on_changes_nothing_for_whoever_asked(signed_in, asked, member, introducer, stranger):
    before = pages(signed_in(member), asked, stranger)
    actions.pass_on(asked, by=introducer, at=NOW, text=LINE)
    assert pages(signed_in(member), asked, stranger) == before


@pytest.mark.parametrize("state", ["asked", "passed_on", "set_aside"])
def test_asking_again_is_refused_whatever_became_of_it(asked, member, introducer, stranger, state):
    Introduction.objects.update(state=state)
    with pytest.raises(actions.AskedAlreadyError):
        ask(member, factories.member(), stranger)
    assert obey(at=NOW + timedelta(days=59)) == 0
    obey(at=NOW + timedelta(days=61))
    assert ask(member, introducer, stranger, NOW + timedelta(days=61)).state == "asked"


@pytest.mark.parametrize("blocker", ["introducer", "wanted"])
def test_who_is_blocked_asks_into_the_void(member, introducer, stranger, blocker):
    person = {"introducer": introducer, "wanted": stranger}[blocker]
    conversations.block(member, by=person, at=NOW)
    found = ask(member, introducer, stranger)
    if blocker == "wanted":
        actions.pass_on(found, by=introducer, at=NOW, text=LINE)
    assert (introductions_of(person).count(), introductions_of(member).count()) == (0, 1)
    assert person.email not in send_mail()


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.FORMER, Standing.LAPSED])
@pytest.mark.parametrize("who", ["asker", "introducer", "wanted"])
def test_departure_of_one_of_three_ends_it_for_all(signed_in, passed_on, who, standing):
    Member.objects.filter(pk=getattr(passed_on, who).pk).update(standing=standing)
    others = [getattr(passed_on, name) for name in ("asker", "introducer", "wanted") if name != who]
    assert [signed_in(person).get(address(passed_on)).status_code for person in others] == [404, 404]
    assert send_mail() == []


@pytest.mark.parametrize("step", ["", "accept/", "set-aside/"])
def test_introduction_of_others_is_unknown(signed_in, passed_on, author, step):
    hidden, unknown = (signed_in(author).post(f"{LIST}{one}/{step}") for one in (passed_on.public_id, "nothing"))
    assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_each_step_is_for_one_of_the_three(passed_on, asked, member, introducer, stranger):
    for by in (member, introducer):
        with pytest.raises(NotPermittedError):
            actions.accept(passed_on, by=by, at=NOW)
        with pytest.raises(NotPermittedError):
            actions.set_aside(passed_on, by=by, at=NOW)
    with pytest.raises(NotPermittedError):
        actions.pass_on(passed_on, by=stranger, at=NOW, text=LINE)
    with pytest.raises(IllegalTransitionError):
        actions.pass_on(passed_on, by=introducer, at=NOW, text=LINE)


def test_introduction_ask_says_why_not_and_keeps_what_was_typed(signed_in, member, introducer, stranger):
    client, path = signed_in(member), f"/members/{stranger.public_id}/introduction/"
    for name in ("", "Nobody at all", member.public_id, stranger.public_id):
        answer = client.post(path, {"introducer": name, "reason": WHY})
        assert (answer.status_code, WHY in answer.content.decode()) == (422, True)
    conversations.open_conversation(stranger, by=member, at=NOW, text="Hello")
    assert client.post(path, {"introducer": introducer.public_id, "reason": WHY}).status_code == 409
    assert client.get(f"/members/{member.public_id}/introduction/").status_code == 403
    assert client.get("/members/nobody/introduction/").status_code == 404


def test_five_introductions_are_asked_for_in_a_day_and_not_six(member, introducer):
    for _ in range(actions.NEW_IN_A_DAY):
        ask(member, introducer, factories.member())
    last = factories.member()
    with pytest.raises(actions.TooManyIntroductionsError):
        ask(member, introducer, last)
    ask(member, introducer, last, NOW + actions.DAY)


def test_the_database_knows_three_people_and_one_wish(asked, member, introducer, stranger):
    for people in ((member, member, stranger), (member, introducer, introducer), (member, introducer, stranger)):
        row = dict(zip(("asker", "introducer", "wanted"), people, strict=True))
        with pytest.raises(IntegrityError), transaction.atomic():
            Introduction.objects.create(**row, reason="x", asked_at=NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_introductions_costs_three_queries(signed_in, introducer, stranger, django_assert_num_queries, count):
    for _ in range(count):
        ask(factories.member(), introducer, stranger)
    client = signed_in(introducer)
    with django_assert_num_queries(3):
        assert "Waiting for you" in client.get(LIST).content.decode()


def test_introductions_says_so_when_there_are_none(signed_in, member):
    assert "You have no introductions" in signed_in(member).get(LIST).content.decode()


def test_introductions_wait_on_the_start_page(signed_in, asked, introducer, stranger, member):
    shown = {p.latin_name: LIST in signed_in(p).get("/home/").content.decode() for p in (introducer, stranger, member)}
    assert shown == {introducer.latin_name: True, stranger.latin_name: False, member.latin_name: False}


@pytest.mark.parametrize("who", ["asker", "introducer"])
def test_an_erasure_leaves_no_words_of_a_person_or_about_them(passed_on, who):
    person = getattr(passed_on, who)
    erasures.ask_for_erasure(by=person, at=NOW)
    assert erasures.erase_due(at=NOW + timedelta(days=15)) == 1
    said = [*Introduction.objects.values_list("reason", "recommendation__text")]
    assert said == ([] if who == "asker" else [(WHY, "–")])


def test_letters_about_introductions_are_written_once(passed_on):
    send_mail()
    send_mail()
    letters = Delivery.objects.filter(kind=tasks.WAITING)
    assert sorted(letters.values_list("state", flat=True)) == ["sent", "skipped"]


def test_who_blocked_one_of_them_is_told_so(signed_in, member, introducer, stranger):
    conversations.block(introducer, by=member, at=NOW)
    path = f"/members/{stranger.public_id}/introduction/"
    answer = signed_in(member).post(path, {"introducer": introducer.public_id, "reason": WHY})
    assert (answer.status_code, "You have blocked one of the two" in answer.content.decode()) == (409, True)


def test_candidates_for_an_introducer_count_as_names_that_were_seen(signed_in, member, stranger):
    for number in range(3):
        factories.member(f"zqalike{number}")
    client = signed_in(member)
    client.post(f"/members/{stranger.public_id}/introduction/", {"introducer": "zqalike", "reason": WHY})
    assert "3 of 600" in client.get("/members/me/reading/").content.decode()


def test_two_needs_or_introductions_begin_one_conversation(passed_on, member, stranger):
    first = actions.accept(passed_on, by=stranger, at=NOW)
    assert conversations.connect(stranger, member, by=stranger, at=NOW, text="Again") == first
    assert Conversation.objects.get() == first
