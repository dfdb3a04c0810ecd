"""Does every letter leave once, in the right order, and survive what goes wrong on the way?"""

import email.policy
import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from threading import Barrier, Thread

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as portal
from django.core import mail as outbox
from django.db import connection

from congress.core import journal, mail
from congress.core.models import Delivery, Entry, Lane
from tests import factories

KIND = "tests.letter"


def clock() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def composed(monkeypatch) -> list[int]:
    """A composer of this test's own, with the deliveries that it was asked for."""
    asked: list[int] = []

    def compose(delivery: Delivery) -> mail.Letter | None:
        asked.append(delivery.pk)
        return mail.Letter(f"Letter {delivery.member_id}", "Words.", "<p>Words.</p>", {"X-Kind": "test"})

    monkeypatch.setattr(mail, "COMPOSERS", {})
    mail.composer(KIND)(compose)
    return asked


@pytest.fixture
def entry(db, monkeypatch, at) -> Entry:
    monkeypatch.setattr(journal, "EVENTS", {**journal.EVENTS, "tests.x.y": journal.Event("tests.x.y", "X.", "test")})
    return journal.record("tests.x.y", target=None, by=None, at=at)


def queued(entry: Entry, count: int = 1, lane: Lane = Lane.DIGEST) -> None:
    people = [factories.member(factor=False, profile=False).pk for _each in range(count)]
    mail.announce(entry, people, kind=KIND, lane=lane, at=clock())


def test_announce_queues_one_letter_for_each_person_however_often(entry, composed):
    person = factories.member()
    for _twice in range(2):
        mail.announce(entry, [person.pk], kind=KIND, lane=Lane.EVENT, at=clock())
    assert Delivery.objects.get().member == person


def test_announce_rings_after_commit(entry, composed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as rung:
        queued(entry)
    assert len(rung) == 1


def test_send_settles_each_letter(entry, composed):
    queued(entry, 3)
    assert mail.send(mail.claim(clock()), clock) == 3
    assert set(Delivery.objects.values_list("state", "leased_until")) == {("sent", None)}
    assert len(outbox.outbox) == 3


def test_send_keeps_the_message_id_of_the_row(entry, composed):
    queued(entry)
    mail.send(mail.claim(clock()), clock)
    sent = outbox.outbox[0].message()
    assert sent["Message-ID"] == Delivery.objects.get().message_id
    assert (sent["Auto-Submitted"], sent["X-Kind"]) == ("auto-generated", "test")


def test_send_composes_only_what_it_sends(entry, composed):
    queued(entry, 3)
    mail.send(mail.claim(clock(), size=1), clock)
    assert len(composed) == 1


def test_send_skips_a_letter_with_nothing_to_say(entry, monkeypatch):
    monkeypatch.setattr(mail, "COMPOSERS", {})
    mail.composer(KIND)(lambda delivery: None)
    queued(entry)
    assert mail.send(mail.claim(clock()), clock) == 0
    assert (Delivery.objects.get().state, outbox.outbox) == ("skipped", [])


def test_send_goes_on_after_a_letter_that_cannot_be_composed(entry, monkeypatch):
    def compose(delivery: Delivery) -> mail.Letter:
        if delivery.pk == first:
            raise ValueError("defect")
        return mail.Letter("x", "y")

    queued(entry, 3)
    first = Delivery.objects.earliest("pk").pk
    monkeypatch.setattr(mail, "COMPOSERS", {})
    mail.composer(KIND)(compose)
    assert mail.send(mail.claim(clock()), clock) == 2
    waiting = Delivery.objects.get(state="queued")
    assert (waiting.pk, waiting.try_count, waiting.leased_until) == (first, 1, None)
    assert waiting.due_at > clock()


@pytest.fixture
def shared(monkeypatch) -> list[list[int]]:
    """A composer for many of this test's own, with the members that it was asked about each time."""
    asked: list[list[int]] = []

    def make(entry: Entry | None, member_ids: list[int]) -> mail.Composer:
        asked.append(member_ids)
        return lambda delivery: mail.Letter(f"Letter {delivery.member_id}", "Words.")

    monkeypatch.setattr(mail, "COMPOSERS", {})
    mail.composer_for_many(KIND)(make)
    return asked


def test_send_asks_once_for_the_letters_of_one_entry(entry, shared):
    queued(entry, 3)
    assert mail.send(mail.claim(clock()), clock) == 3
    assert [sorted(asked) for asked in shared] == [sorted(Delivery.objects.values_list("member", flat=True))]
    assert len({message.subject for message in outbox.outbox}) == 3


def test_send_asks_again_when_the_answer_is_old(entry, shared, at):
    queued(entry, 3)
    Delivery.objects.update(due_at=at)
    times = (at + timedelta(seconds=second) for second in range(60))
    assert mail.send(mail.claim(at), lambda: next(times)) == 3
    assert len(shared) == 2


def test_claim_takes_the_urgent_lane_first(entry, composed):
    for lane in (Lane.DIGEST, Lane.EVENT, Lane.ACCOUNT, Lane.URGENT):
        queued(entry, lane=lane)
    assert [row.lane for row in mail.claim(clock())] == [Lane.ACCOUNT, Lane.URGENT, Lane.EVENT, Lane.DIGEST]


def test_claim_leaves_what_is_not_due_or_leased(entry, composed):
    queued(entry, 2)
    Delivery.objects.filter(pk=Delivery.objects.earliest("pk").pk).update(due_at=clock() + timedelta(minutes=1))
    assert [len(mail.claim(clock())), len(mail.claim(clock()))] == [1, 0]


def test_claim_loads_entry_and_member_along(entry, composed, django_assert_num_queries):
    queued(entry, 3)
    row = mail.claim(clock())[0]
    with django_assert_num_queries(0):
        assert (row.entry, row.member and row.member.pk) == (entry, row.member_id)


def test_claim_takes_up_what_a_dead_sender_left(entry, composed):
    queued(entry)
    mail.claim(clock())
    assert len(mail.claim(clock() + mail.LEASE + timedelta(seconds=1))) == 1


def test_send_leaves_a_letter_whose_lease_is_nearly_over(entry, composed):
    queued(entry)
    rows = mail.claim(clock())
    assert mail.send(rows, lambda: clock() + mail.LEASE) == 0
    assert composed == []


def test_two_senders_share_the_letters(committed, monkeypatch, composed, at):
    monkeypatch.setattr(journal, "EVENTS", {**journal.EVENTS, "tests.x.y": journal.Event("tests.x.y", "X.", "test")})
    queued(journal.record("tests.x.y", target=None, by=None, at=at), 20)
    start = Barrier(2)

    def work() -> None:
        start.wait()
        while rows := mail.claim(clock(), size=3):
            mail.send(rows, clock)
        connection.close()

    threads = [Thread(target=work) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len({message.to[0] for message in outbox.outbox}) == len(outbox.outbox) == 20


def test_post_keeps_a_private_link_sealed_until_it_is_sent(db):
    mail.post("ana@example.org", mail.Letter("Hello", "https://x/secret"), kind="x", lane=Lane.ACCOUNT, at=clock())
    row = Delivery.objects.get()
    assert "secret" not in row.sealed_letter
    mail.send(mail.claim(clock()), clock)
    row.refresh_from_db()
    assert (row.state, row.sealed_letter) == ("sent", "")
    assert (outbox.outbox[0].to, outbox.outbox[0].body) == (["ana@example.org"], "https://x/secret")


def test_letter_has_a_subject_of_one_line_and_styles_in_its_elements(db):
    made = mail.letter("notices/alert", {"digest": {"items": []}, "label": "TLP:CLEAR"})
    assert made.subject == "[TLP:CLEAR] An urgent notice waits for you"
    assert "style=" in made.html
    assert "<style" not in made.html
    assert "http://localhost:8000/notices/" in made.text


class Unwilling:
    """A server that answers as it is told."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.greetings = 0

    async def handle_EHLO(self, server, session, envelope, name, answers) -> list[str]:  # noqa: N802
        self.greetings += 1
        session.host_name = name
        return list(answers)

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server_that_says(settings):
    running: list[Controller] = []

    def start(answer: str) -> Unwilling:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
        server = Unwilling(answer)
        controller = Controller(server, hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
        controller.start()
        running.append(controller)
        return server

    yield start
    for controller in running:
        controller.stop()


def test_send_uses_one_connection(entry, composed, server_that_says):
    server = server_that_says("250 OK")
    queued(entry, 3)
    assert mail.send(mail.claim(clock()), clock) == 3
    assert server.greetings == 1


def test_send_tries_again_later_what_is_refused_for_now(entry, composed, server_that_says):
    server_that_says("451 try again later")
    queued(entry)
    assert mail.send(mail.claim(clock()), clock) == 0
    row = Delivery.objects.get()
    assert (row.state, row.try_count, row.leased_until) == ("queued", 1, None)
    assert row.due_at > clock()
    assert row.trouble == "SMTPRecipientsRefused 451"


def test_send_gives_up_what_is_refused_for_good(entry, composed, server_that_says):
    server_that_says("550 no such mailbox")
    queued(entry)
    mail.send(mail.claim(clock()), clock)
    row = Delivery.objects.get()
    assert (row.state, row.settled_at is None) == ("failed", False)
    assert row.trouble == "SMTPRecipientsRefused 550"


def test_send_gives_up_in_the_end(entry, composed, server_that_says):
    server_that_says("451 try again later")
    queued(entry)
    Delivery.objects.update(try_count=mail.TRY_LIMIT - 1)
    mail.send(mail.claim(clock()), clock)
    assert Delivery.objects.get().state == "failed"


def test_send_waits_when_the_server_is_away(entry, composed, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    queued(entry, 2)
    assert mail.send(mail.claim(clock()), clock) == 0
    assert set(Delivery.objects.values_list("state", "try_count")) == {("queued", 1)}


@pytest.fixture
def sink(settings) -> Path:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    return portal.LOCAL / "mail"


def test_send_speaks_smtp_to_a_real_server(entry, composed, sink):
    person = factories.member(email="żółw@members.example")
    mail.announce(entry, [person.pk], kind=KIND, lane=Lane.EVENT, at=clock())
    mail.send(mail.claim(clock()), clock)
    identity = Delivery.objects.get().message_id
    arrived = [message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in sink.glob("*.eml")]
    mine = [message for message in arrived if message["Message-ID"] == identity]
    assert len(mine) == 1
    assert mine[0]["Subject"] == f"Letter {person.pk}"
    assert mine[0].is_multipart()
