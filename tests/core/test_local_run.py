"""Does `make run` come up in order, keep its processes alive, and leave nothing behind?"""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from congress.core.local.home import CHECKOUT, Home
from congress.core.local.portal import Address
from tests.core.local import eventually, free_port, processes_of, temporary_home

COMMAND = (sys.executable, "-m", "congress.core.local", "run", "--with-parent")
# As a shell does it: a job in the background ignores Ctrl-C.
IN_THE_BACKGROUND = ("sh", "-c", 'trap "" INT; exec "$0" "$@"')
OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "PYTEST_CURRENT_TEST")


@pytest.fixture
def home() -> Iterator[Home]:
    with temporary_home() as home:
        yield home


def environment(home: Home, port: int) -> dict[str, str]:
    """Return a fresh shell's environment; the test mode leaves the demonstration network out."""
    clean = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**clean, "CONGRESS_HOME": str(home.root), "CONGRESS_MODE": "test", "PORT": str(port)}


class Portal:
    """A portal that runs, and what it said."""

    def __init__(self, home: Home) -> None:
        self.port = free_port()
        self.words = home.root / f"words-{self.port}"
        with self.words.open("wb") as words:
            self.process = subprocess.Popen(
                IN_THE_BACKGROUND + COMMAND,
                cwd=CHECKOUT,
                env=environment(home, self.port),
                stdout=words,
                stderr=subprocess.STDOUT,
            )

    @property
    def said(self) -> str:
        return self.words.read_text()

    def ready(self) -> bool:
        return Address("127.0.0.1", self.port).ready()

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        assert eventually(lambda: self.process.poll() is not None), self.said
        return self.process.returncode


def oldest(home: Home, word: str) -> int:
    """Return the number of a home's oldest process whose command line has a word in it."""
    return next(number for number, line in processes_of(home).items() if word in line)


@pytest.fixture
def portal(home: Home) -> Iterator[Portal]:
    portal = Portal(home)
    yield portal
    portal.process.kill()
    portal.process.wait()
    eventually(lambda: not processes_of(home))


def test_portal_comes_up_revives_the_dead_and_stops_without_a_trace(home, portal):
    assert eventually(lambda: "Congress is ready" in portal.said, seconds=60), portal.said
    assert f"http://localhost:{portal.port}/" in portal.said
    for word in ("gunicorn", "celery worker", "celery beat", "local.sink"):
        os.kill(oldest(home, word), signal.SIGKILL)
    assert eventually(lambda: portal.said.count("is started again") == 4, seconds=20), portal.said
    assert eventually(portal.ready, seconds=30), portal.said
    assert portal.stop(signal.SIGINT) == 0
    assert processes_of(home) == {}
    assert portal.said.endswith("Stopped.\n")


def test_portal_that_is_killed_leaves_nothing_behind_and_starts_again(home, portal):
    assert eventually(lambda: "Congress is ready" in portal.said, seconds=60), portal.said
    refused = subprocess.run(
        COMMAND, cwd=CHECKOUT, env=environment(home, free_port()), capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert re.fullmatch(rf"A portal already runs from {home.root} \(process {portal.process.pid}\)\.\n", refused.stderr)
    portal.process.kill()
    portal.process.wait()
    assert eventually(lambda: not processes_of(home))
    again = Portal(home)
    assert eventually(again.ready, seconds=30), again.said
    assert again.stop(signal.SIGTERM) == 0
    assert processes_of(home) == {}


def test_portal_says_that_its_port_is_taken_before_it_starts_anything(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = subprocess.run(
            COMMAND, cwd=CHECKOUT, env=environment(home, port), capture_output=True, text=True, check=False
        )
    assert answer.returncode == 1
    assert answer.stderr == (
        f"Port {port} on 127.0.0.1 cannot be used (Address already in use). Choose another: PORT=8001 make run\n"
    )
    assert not (home.local / "postgres").exists()


@pytest.mark.parametrize("port", ["", "0", "70000", "web"])
def test_address_takes_only_a_port(port):
    if port:
        with pytest.raises(Exception, match="must be a number"):
            Address.chosen({"PORT": port})
    else:
        assert Address.chosen({"PORT": port}) == Address("127.0.0.1", 8000)
