"""Does a worker killed with `kill -9` in the middle of a digest lose a letter, or send many twice?"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from django.conf import settings
from django.db import connection

from congress.core import journal
from congress.core.doorbell import ring_after_commit
from congress.core.labels import Audience, Tlp
from congress.core.models import Delivery
from members.models import Member
from notices import actions, tasks
from tests import factories

MEMBERS = 240
KILL_AFTER = 25
PATIENCE = 60


def database_address() -> str:
    """Return the address of the test's own database, as the application."""
    before, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    return f"{before}/{connection.settings_dict['NAME']}"


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """Run a real worker on the test's database and broker, in a process group of its own."""
    command = [sys.executable, "-m", "celery", "-A", "congress.celery", "worker", "-c", "1", "-l", "error"]
    surroundings = {**os.environ, "DATABASE_URL": database_address()}
    process = subprocess.Popen(
        [*command, "--without-mingle", "--without-gossip"], env=surroundings, start_new_session=True
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(answer: Callable[[], bool]) -> None:
    """Ring once a second, as beat does more slowly: a worker of another test may have taken the message."""
    begun_at = rung_at = time.monotonic()
    while not answer():
        assert time.monotonic() < begun_at + PATIENCE, "waited too long"
        if time.monotonic() > rung_at + 1:
            ring_after_commit("congress.core.tasks.send_due_mail")
            rung_at = time.monotonic()
        time.sleep(0.01)


def sent() -> int:
    return Delivery.objects.filter(state=Delivery.State.SENT).count()


def arrived(identities: set[str]) -> Counter[str]:
    """Return how often each of these letters lies in the sink."""
    found = (message_from_bytes(path.read_bytes())["Message-ID"] for path in (settings.LOCAL / "mail").glob("*.eml"))
    return Counter(identity for identity in found if identity in identities)


@pytest.fixture
def digest(committed) -> None:
    """A digest with one letter queued for each of many members, and the doorbell rung."""
    body, now = factories.organisation(), datetime.now(UTC)
    people = [
        Member(email=f"m{n}@members.example", standing="member", sector="industry", country="PE", joined_on=now.date())
        for n in range(MEMBERS)
    ]
    Member.objects.bulk_create(people)
    Member.objects.update(organisation=body)
    factories.notice("News", audience=Audience(sectors=["industry"]), tlp=Tlp.CLEAR, at=now - timedelta(hours=1))
    entry = actions.open_digest("test", until=now, at=now)
    assert entry is not None
    journal.dispatch(entry, now)


def test_digest_survives_a_worker_killed_in_the_middle(digest):
    identities = set(
        Delivery.objects.filter(kind=tasks.DIGEST, member__sector="industry").values_list("message_id", flat=True)
    )
    assert len(identities) == MEMBERS
    with worker():
        wait_until(lambda: sent() >= KILL_AFTER)
    assert KILL_AFTER <= sent() < MEMBERS
    # The two minutes of the dead worker's lease pass here.
    Delivery.objects.filter(state="queued").update(leased_until=datetime.now(UTC) - timedelta(seconds=1))
    with worker():
        wait_until(lambda: not Delivery.objects.filter(state="queued").exists())
    counted = arrived(identities)
    assert set(counted) == identities
    assert sum(counted.values()) <= MEMBERS + 1
