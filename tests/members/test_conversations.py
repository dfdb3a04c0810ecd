"""Do members reach each other without an address, and is a refusal silent?"""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction

from congress.core import journal, mail
from congress.core.errors import NotPermittedError
from congress.core.models import Delivery, Entry
from congress.core.roles import Standing
from members.actions import conversations as actions
from members.models import Conversation, Member, Message
from members.policies import conversations_of
from members.tasks import conversations as tasks
from tests import factories
from tests.conftest import NOW

SECRET = "Zqmessagexk"
LIST = "/members/me/conversations/"


def open_one(by: Member, to: Member, at=NOW) -> Conversation:
    return actions.open_conversation(to, by=by, at=at, text=SECRET)


def answered(opener: Member, answerer: Member) -> Conversation:
    found = open_one(opener, answerer)
    actions.say(found, by=answerer, at=NOW, text="Yes")
    return Conversation.objects.get(pk=found.pk)


def address(found: Conversation, step: str = "") -> str:
    return f"{LIST}{found.public_id}/{step}"


def send_mail() -> list[str]:
    for entry in Entry.objects.filter(event__in=[actions.OPENED, actions.ANSWERED]):
        journal.dispatch(entry, NOW)
    mail.send(mail.claim(NOW + timedelta(seconds=1)), lambda: NOW)
    return [letter.to[0] for letter in outbox.outbox]


def test_open_conversation_reaches_the_other_and_shows_no_address(signed_in, member, stranger):
    answer = signed_in(member).post(f"/members/{stranger.public_id}/contact/", {"text": SECRET})
    found = Conversation.objects.get()
    assert (answer.status_code, answer.url) == (302, address(found))
    text = signed_in(stranger).get(address(found)).content.decode()
    assert (SECRET in text, member.latin_name in text, member.email in text) == (True, True, False)


def test_opener_waits_for_an_answer(member, stranger):
    found = open_one(member, stranger)
    with pytest.raises(actions.NotYourTurnError):
        actions.say(found, by=member, at=NOW, text="Hello?")
    actions.say(found, by=stranger, at=NOW, text="Yes")
    actions.say(found, by=member, at=NOW, text="Good")
    assert Message.objects.count() == 3


@pytest.mark.parametrize("step", ["decline/", "block/"])
def test_refusal_is_silent(signed_in, member, stranger, step):
    found, client = open_one(member, stranger), signed_in(member)
    paths = [LIST, address(found), f"/members/{stranger.public_id}/", f"/members/{stranger.public_id}/contact/"]
    before = [client.get(path).content.split(b"csrfmiddlewaretoken")[0] for path in paths]
    assert signed_in(stranger).post(address(found, step)).status_code == 302
    assert [client.get(path).content.split(b"csrfmiddlewaretoken")[0] for path in paths] == before
    assert signed_in(stranger).get(address(found)).status_code == 404


def test_unblock_shows_what_was_written_into_the_void(signed_in, member, stranger):
    actions.block(member, by=stranger, at=NOW)
    found = open_one(member, stranger)
    assert (send_mail(), conversations_of(stranger).count(), conversations_of(member).count()) == ([], 0, 1)
    assert signed_in(stranger).post(f"/members/me/blocks/{member.public_id}/lift/").status_code == 302
    assert conversations_of(stranger).get() == found


def test_mail_says_that_something_waits_and_never_what(member, stranger):
    open_one(member, stranger)
    assert (send_mail(), Delivery.objects.get().kind) == ([stranger.email], tasks.WAITING)
    said = str(outbox.outbox[0].message())
    assert (SECRET in said, member.latin_name in said, member.email in said) == (False, False, False)


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.FORMER, Standing.LAPSED])
def test_departure_ends_it_for_both(signed_in, member, stranger, standing):
    found, client = answered(member, stranger), signed_in(member)
    Member.objects.filter(pk=stranger.pk).update(standing=standing)
    assert (client.get(address(found)).status_code, SECRET in client.get(LIST).content.decode()) == (404, False)
    assert send_mail() == []
    with pytest.raises(NotPermittedError):
        actions.say(found, by=member, at=NOW, text="Still there?")


def test_addresses_are_shown_when_both_agree(signed_in, member, stranger):
    found = answered(member, stranger)
    assert signed_in(member).post(address(found, "address/")).status_code == 302
    for one, other in ((member, stranger), (stranger, member)):
        assert other.email not in signed_in(one).get(address(found)).content.decode()
    signed_in(stranger).post(address(found, "address/"))
    for one, other in ((member, stranger), (stranger, member)):
        assert other.email in signed_in(one).get(address(found)).content.decode()


def test_conversation_address_is_not_offered_before_an_answer(signed_in, member, stranger):
    assert signed_in(stranger).post(address(open_one(member, stranger), "address/")).status_code == 409


def test_second_conversation_with_the_same_person_is_refused(member, stranger):
    open_one(member, stranger)
    for by, to in ((member, stranger), (stranger, member)):
        with pytest.raises(actions.WrittenAlreadyError):
            open_one(by, to)
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.create(opener=member, answerer=stranger, opened_at=NOW, last_at=NOW)


@pytest.mark.parametrize("mine", [True, False])
def test_writing_again_to_somebody_one_has_blocked_is_refused(signed_in, member, stranger, mine):
    open_one(*((member, stranger) if mine else (stranger, member)))
    actions.block(stranger, by=member, at=NOW)
    answer = signed_in(member).post(f"/members/{stranger.public_id}/contact/", {"text": SECRET})
    assert (answer.status_code, Conversation.objects.count()) == (409, 1)


def test_ten_conversations_are_begun_in_a_day_and_not_eleven(signed_in, member):
    for _ in range(actions.NEW_IN_A_DAY):
        open_one(member, factories.member())
    last = factories.member()
    with pytest.raises(actions.TooManyConversationsError):
        open_one(member, last)
    open_one(member, last, NOW + actions.DAY)


def test_contact_says_why_not_and_keeps_what_was_typed(signed_in, member, stranger):
    client, path = signed_in(member), f"/members/{stranger.public_id}/contact/"
    assert client.post(path, {"text": " "}).status_code == 422
    assert "x" * 4001 in client.post(path, {"text": "x" * 4001}).content.decode()
    found = open_one(member, stranger)
    assert client.get(path).url == address(found)
    assert client.post(path, {"text": "Again"}).status_code == 409
    assert client.get(f"/members/{member.public_id}/contact/").status_code == 403


@pytest.mark.parametrize("standing", [Standing.LAPSED, Standing.SUSPENDED, Standing.PROVISIONAL])
def test_contact_with_somebody_hidden_is_as_with_nobody(signed_in, member, standing):
    client, hidden = signed_in(member), factories.member(standing=standing)
    answers = [client.post(f"/members/{name}/contact/", {"text": "x"}) for name in (hidden.public_id, "nobody")]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("step", ["", "decline/", "address/", "block/"])
def test_conversation_of_others_is_unknown(signed_in, member, stranger, author, step):
    found, client = answered(member, stranger), signed_in(author)
    hidden, unknown = client.post(address(found, step)), client.post(f"{LIST}nothing/{step}")
    assert (hidden.status_code, hidden.content) == (404, unknown.content)


def test_conversation_decline_is_for_whoever_was_written_to(signed_in, member, stranger):
    assert signed_in(member).post(address(open_one(member, stranger), "decline/")).status_code == 403


def test_conversations_says_what_is_new_until_it_is_read(signed_in, member, stranger):
    client = signed_in(stranger)
    assert "You have no conversations" in client.get(LIST).content.decode()
    found = open_one(member, stranger)
    assert "New" in client.get(LIST).content.decode()
    assert "Messages from members" in client.get("/home/").content.decode()
    client.get(address(found))
    assert "Messages from members" not in client.get("/home/").content.decode()
    assert send_mail() == []


@pytest.mark.parametrize("count", [1, 3])
def test_conversations_costs_four_queries(signed_in, member, django_assert_num_queries, count):
    for _ in range(count):
        open_one(factories.member(), member)
    client = signed_in(member)
    with django_assert_num_queries(4):
        client.get(LIST)


def test_block_and_unblock_are_not_in_the_journal_by_name(member, stranger):
    actions.block(member, by=stranger, at=NOW)
    actions.unblock(member, by=stranger, at=NOW)
    entries = Entry.objects.filter(event__in=[actions.BLOCKED, actions.UNBLOCKED])
    assert [(entry.by, entry.target_id, entry.data) for entry in entries] == [(stranger, None, {})] * 2
