"""How does a letter leave the house? One way: a delivery row, claimed, composed, sent, settled."""

import json
import logging
import smtplib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.template.loader import render_to_string

from congress.core import crypto, one_a_day
from congress.core.doorbell import ring_after_commit
from congress.core.models import Delivery, Entry, Lane

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
CHUNK = 50
TRY_LIMIT = 60
FRESH = timedelta(seconds=5)


@dataclass(frozen=True)
class Letter:
    """One composed mail: a subject, a plain part, an HTML part, extra headers."""

    subject: str
    text: str
    html: str = ""
    headers: dict[str, str] | None = None


Composer = Callable[[Delivery], Letter | None]
# Asked about one entry and several members, so that what their letters share costs one query and not one each.
ComposerForMany = Callable[[Entry | None, list[int]], Composer]
COMPOSERS: dict[str, ComposerForMany] = {}


def composer(kind: str) -> Callable[[Composer], Composer]:
    """Register who composes deliveries of a kind at the moment of sending; None means there is nothing to say."""

    def register(compose: Composer) -> Composer:
        COMPOSERS[kind] = lambda _entry, _members: compose
        return compose

    return register


def composer_for_many(kind: str) -> Callable[[ComposerForMany], ComposerForMany]:
    """Register who makes the composer of a kind for one entry and the members of one chunk.

    It is made anew when it is older than `FRESH`: that is how old an answer to "who may read?" can be at most.
    """

    def register(make: ComposerForMany) -> ComposerForMany:
        COMPOSERS[kind] = make
        return make

    return register


def letter(template: str, context: dict[str, Any]) -> Letter:
    """Render `mail/<template>.txt` (first line: the subject) and `mail/<template>.html` with styles inlined."""
    context = {**context, "site_url": settings.SITE_URL}
    subject, _, text = render_to_string(f"mail/{template}.txt", context).lstrip().partition("\n")
    html = render_to_string(f"mail/{template}.html", context)
    return Letter(" ".join(subject.split()), text.strip() + "\n", css_inline.inline(html))


def announce(entry: Entry, members: Iterable[int], *, kind: str, lane: Lane, at: datetime) -> int:
    """Queue one letter of a kind about an entry to each member, once; returns how many rows there were to add.

    Running it again adds nothing. The letter is composed when it is sent.
    """
    due_at = one_a_day.calm_time(kind, at)
    rows = [
        Delivery(entry=entry, member_id=pk, kind=kind, lane=lane, due_at=due_at, message_id=_message_id())
        for pk in members
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    ring_after_commit("congress.core.tasks.send_due_mail")
    return len(rows)


def post(address: str, content: Letter, *, kind: str, lane: Lane, at: datetime) -> Delivery:
    """Queue a letter that is already composed, kept sealed until it is sent: it may hold a private link."""
    delivery = Delivery.objects.create(
        address=address,
        kind=kind,
        lane=lane,
        due_at=at,
        message_id=_message_id(),
        sealed_letter=crypto.seal(json.dumps(asdict(content))),
    )
    ring_after_commit("congress.core.tasks.send_due_mail")
    return delivery


def drop(member_id: int, address: str, *, at: datetime) -> int:
    """Settle as nothing to say what waits for a member, also letters composed before; returns how many there were.

    A sender that holds one already looks again before it sends.
    """
    theirs = models.Q(member=member_id) | models.Q(address__iexact=address)
    waiting = Delivery.objects.filter(theirs, state=Delivery.State.QUEUED)
    return waiting.update(state=Delivery.State.SKIPPED, settled_at=at, leased_until=None, sealed_letter="")


def _message_id() -> str:
    return make_msgid(domain=settings.MAIL_DOMAIN)


def claim(at: datetime, size: int = CHUNK) -> list[Delivery]:
    """Lease the most urgent letters that are due and that no other sender holds."""
    free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lt=at)
    with transaction.atomic():
        due = Delivery.objects.filter(free, state=Delivery.State.QUEUED, due_at__lte=at)
        first = due.select_related("entry", "member").order_by("lane", "due_at", "id")
        rows = list(first.select_for_update(skip_locked=True, of=("self",))[:size])
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(leased_until=at + LEASE)
    for row in rows:
        row.leased_until = at + LEASE
    return rows


def send(rows: Sequence[Delivery], clock: Callable[[], datetime]) -> int:
    """Send leased letters over one connection and settle each on its own; returns how many were sent.

    A kill between the server's answer and our commit sends one letter twice, with the same Message-ID; none is lost.
    """
    connection, desk = get_connection(), _Desk(rows, clock)
    try:
        return sum(_deliver(row, connection, desk) for row in rows)
    finally:
        connection.close()


def unsealed(row: Delivery) -> Letter:
    """Return the letter that was composed before and kept sealed in its row."""
    return Letter(**json.loads(crypto.unseal(row.sealed_letter)))


class _Desk:
    """Composes the letters of one chunk; keeps what letters of one kind and entry share while it is fresh."""

    def __init__(self, rows: Sequence[Delivery], clock: Callable[[], datetime]) -> None:
        self.rows, self.clock = rows, clock
        self.made: dict[tuple[str, int | None], tuple[datetime, Composer]] = {}

    def letter(self, row: Delivery) -> Letter | None:
        """Return the letter of a row, or None if there is nothing to say."""
        return unsealed(row) if row.sealed_letter else self._composer(row)(row)

    def _composer(self, row: Delivery) -> Composer:
        subject, now = (row.kind, row.entry_id), self.clock()
        if subject not in self.made or now - self.made[subject][0] > FRESH:
            alike = [each for each in self.rows if (each.kind, each.entry_id) == subject]
            members = [each.member_id for each in alike if each.member_id is not None]
            self.made[subject] = (now, COMPOSERS[row.kind](row.entry, members))
        return self.made[subject][1]


def _deliver(row: Delivery, connection: BaseEmailBackend, desk: _Desk) -> bool:
    clock = desk.clock
    if row.leased_until is None or clock() > row.leased_until - LEASE / 4:
        return False  # too little of the lease is left: another sender may already hold it
    try:
        # Asked for each letter: a chunk may take a minute, and whoever left in that minute gets none.
        if not Delivery.objects.filter(pk=row.pk, state=Delivery.State.QUEUED).exists():
            return False
        content = desk.letter(row)
        if content is None or one_a_day.waits(row, clock()):
            _leave(row, content, clock())
            return False
        connection.open()  # a connection that `send_messages` opens itself is closed after that one letter
        connection.send_messages([_message(row, content)])
    except (smtplib.SMTPException, OSError) as error:
        connection.close()
        _put_back(row, error, clock())
        return False
    except Exception as error:
        log.exception("mail.compose_failed", extra={"delivery": row.pk, "kind": row.kind})
        _put_back(row, error, clock())
        return False
    _settle(row, Delivery.State.SENT, clock())
    return True


def _message(row: Delivery, content: Letter) -> EmailMultiAlternatives:
    headers = {"Message-ID": row.message_id, "Auto-Submitted": "auto-generated", **(content.headers or {})}
    address = row.address or getattr(row.member, "email", "")
    message = EmailMultiAlternatives(content.subject, content.text, to=[address], headers=headers)
    if content.html:
        message.attach_alternative(content.html, "text/html")
    return message


def _leave(row: Delivery, content: Letter | None, at: datetime) -> None:
    """Settle a letter without words; put off one that has to wait."""
    if content is None:
        _settle(row, Delivery.State.SKIPPED, at)
    else:
        one_a_day.put_off(row, at)


def _settle(row: Delivery, state: Delivery.State, at: datetime) -> None:
    queued = Delivery.objects.filter(pk=row.pk, state=Delivery.State.QUEUED)
    queued.update(state=state, settled_at=at, leased_until=None, sealed_letter="", trouble="")


def _put_back(row: Delivery, error: Exception, at: datetime) -> None:
    refused = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) and _is_permanent(error)
    if refused or row.try_count + 1 >= TRY_LIMIT:
        Delivery.objects.filter(pk=row.pk, state=Delivery.State.QUEUED).update(
            state=Delivery.State.FAILED,
            settled_at=at,
            leased_until=None,
            sealed_letter="",
            trouble=_trouble(error),
        )
        return
    wait = timedelta(seconds=min(10 * 2**row.try_count, 3600))
    Delivery.objects.filter(pk=row.pk).update(
        leased_until=None, due_at=at + wait, try_count=models.F("try_count") + 1, trouble=_trouble(error)
    )


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _reason in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600


def _trouble(error: Exception) -> str:
    """Return what kind of error it was and the server's code: its words may repeat the address, or the letter."""
    codes = [code for code, _words in getattr(error, "recipients", {}).values()]
    codes += [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []
    return " ".join([type(error).__name__, *sorted({str(code) for code in codes})])
