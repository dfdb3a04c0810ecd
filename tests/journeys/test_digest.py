"""The weekly digest goes out, and survives the death of its postman."""

import os
import signal
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journeys.portal import Portal, eventually

pytestmark = pytest.mark.journey

COUNT = "from members.models import Member; print(Member.objects.listed().count())"
TAKEN = "from congress.core.models import Delivery as D; print(D.objects.filter(leased_until__isnull=False).count())"
# What a dead sender had taken is free again after two minutes. This lets them pass, for its letters only.
LET_TIME_PASS = """
from datetime import datetime
from congress.core.mail import LEASE
from congress.core.models import Delivery
died_at = datetime.fromisoformat("{}")
Delivery.objects.filter(leased_until__lte=died_at + LEASE).update(leased_until=died_at)
"""


def letters(portal: Portal) -> list[Path]:
    return list((portal.home.local / "mail").glob("*.eml"))


def digests(portal: Portal) -> list[str]:
    """Return the addresses that received a digest, as often as they did."""
    heads = [_head(path.read_text(errors="replace")) for path in letters(portal)]
    return [head["X-Envelope-To"] for head in heads if "digest" in head.get("Subject", "").lower()]


def _head(letter: str) -> dict[str, str]:
    lines = letter.partition("\n\n")[0].splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def test_digest_reaches_every_member_though_its_sender_is_killed(portal: Portal):
    member_count = int(portal.manage("shell", "--verbosity", "0", "-c", COUNT))
    worker, sink = portal.processes("celery.* worker")[0], portal.processes("core.local.sink")[0]
    # A mail server that does not answer holds the sender in the middle of a letter, however fast the machine is.
    os.kill(sink, signal.SIGSTOP)
    portal.manage("digest", "open", "--now")
    eventually(lambda: int(portal.manage("shell", "--verbosity", "0", "-c", TAKEN)) > 0)
    os.kill(worker, signal.SIGKILL)
    sent_before = len(digests(portal))
    os.kill(sink, signal.SIGCONT)
    portal.manage("shell", "-c", LET_TIME_PASS.format(datetime.now(UTC)))

    eventually(lambda: len(set(digests(portal))) == member_count)
    twice = [address for address, times in Counter(digests(portal)).items() if times > 1]
    assert sent_before < member_count
    assert len(twice) <= 1
