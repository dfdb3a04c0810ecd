"""How do the journeys get a whole running portal: the one that `make run` starts, small, in a home of its own?"""

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from congress.core.local.home import CHECKOUT, Home
from congress.core.local.portal import Address, manage, python
from tests.core.local import free_port

PATIENCE_SECONDS = 60
STOP_SECONDS = 20
# Whatever else this run was told (its own servers, its mode) is not for the portal.
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "USER")
LINK = re.compile(r"http://localhost:\d+(/\S+)")
Found = TypeVar("Found")


@dataclass
class Portal:
    """A running portal as people and programs reach it from outside."""

    home: Home
    address: Address
    process: "subprocess.Popen[bytes]"
    environment: dict[str, str]
    signed_in: dict[str, Any] = field(default_factory=dict)

    @property
    def site(self) -> str:
        """The address of its front page, without the slash."""
        return self.address.site

    def manage(self, *arguments: str) -> str:
        """Run a management command and return what it prints."""
        answer = subprocess.run(
            manage(*arguments), env=self.environment, cwd=CHECKOUT, capture_output=True, text=True, check=False
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    @cached_property
    def accounts(self) -> list[dict[str, Any]]:
        """The people who can sign in."""
        return list(json.loads(self.manage("demo", "accounts", "--json")))

    def account(self, *, role: str = "", standing: str = "member", number: int = 0, **facts: str) -> dict[str, Any]:
        """Return the first (or a later) account of a role, or of a plain member."""
        able = [one for one in self.accounts if one["standing"] == standing and _fits(one, role, facts)]
        return able[number]

    def mails_to(self, address: str) -> list[dict[str, Any]]:
        """Return what the mail sink received for somebody, oldest first."""
        mails = json.loads(self.manage("demo", "mail", "--json"))
        return [mail for mail in mails if address in json.dumps(mail["envelope"])]

    def mail_to(self, address: str, words: str) -> dict[str, Any]:
        """Wait for a mail to somebody that says something."""
        return eventually(lambda: next((m for m in self.mails_to(address) if words in json.dumps(m)), None))

    def processes(self, pattern: str) -> list[int]:
        """Return the processes of this portal whose command fits a pattern, the eldest first."""
        numbers = sorted(int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())
        mark = str(self.home.root).encode()
        return [
            number for number in numbers if re.search(pattern, _command(number)) and mark in _read(number, "environ")
        ]


def _fits(account: dict[str, Any], role: str, facts: dict[str, str]) -> bool:
    held = set(account["roles"]) - {"member"}
    return (role in held if role else not held) and all(account[name] == value for name, value in facts.items())


def _command(number: int) -> str:
    return _read(number, "cmdline").replace(b"\0", b" ").decode(errors="replace")


def _read(number: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{number}/{name}").read_bytes()
    except OSError:
        return b""


def eventually(look: Callable[[], Found | None], *, pause: float = 0.05, patience: float = PATIENCE_SECONDS) -> Found:
    """Look until there is something to see, and return it."""
    until = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(pause)
    return found


@contextmanager
def running_portal() -> Iterator[Portal]:
    """Hold a running portal in a temporary home, and stop it as Ctrl-C would."""
    with tempfile.TemporaryDirectory(prefix="congress-journeys-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        home, address = Home(Path(folder)), Address("127.0.0.1", free_port())
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= {"CONGRESS_HOME": folder, "PORT": str(address.port)}
        environment |= {"DEMO_MEMBERS": "60", "DEMO_NOTICES": "24"}
        with (Path(folder) / "said").open("wb") as said:
            command = python("-m", "congress.core.local", "run", "--with-parent")
            process = subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdout=said, stderr=said)
        try:
            wait_until_ready(process, address, Path(folder) / "said")
            yield Portal(home, address, process, environment)
        finally:
            stop(process)
            home.forget()


def wait_until_ready(process: "subprocess.Popen[bytes]", address: Address, said: Path) -> None:
    """Return once the portal answers; show its words when it does not."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not address.ready():
        assert process.poll() is None, said.read_text()
        assert time.monotonic() < until, said.read_text()
        time.sleep(0.1)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask for the end and wait for it; whatever happens, nothing stays."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    finally:
        process.kill()
        process.wait()
