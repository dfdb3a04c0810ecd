"""Where does a portal on this machine keep its state, and which secrets are its own?"""

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from cryptography.fernet import Fernet

from congress.core.local.errors import HomeBusyError

CHECKOUT = Path(__file__).resolve().parents[3]
SYSTEM_STATE = Path("/var/lib")


@dataclass(frozen=True)
class Home:
    """A folder with a `.local` in it: data, sockets, logs, mail and secrets of one portal."""

    root: Path

    @classmethod
    def chosen(cls) -> Self:
        """Return the home that CONGRESS_HOME names, or the checkout."""
        return cls(Path(os.environ.get("CONGRESS_HOME") or CHECKOUT).resolve())

    @property
    def local(self) -> Path:
        """The folder that holds everything; deleting it forgets the portal."""
        return self.root / ".local"

    @property
    def elsewhere(self) -> Path:
        """Where root keeps the database of a home that the unprivileged server account cannot enter."""
        return SYSTEM_STATE / f"congress-{sha256(str(self.root).encode()).hexdigest()[:12]}"

    def make(self) -> None:
        """Make the folders; root's can be passed through, because its database drops to another account."""
        self.root.mkdir(parents=True, exist_ok=True)
        passable(self.local)
        for name in ("log", "mail", "valkey", "beat"):
            (self.local / name).mkdir(mode=0o700, exist_ok=True)

    def lock(self, *, patience: float = 15) -> int:
        """Take the home for this process and, where they inherit the descriptor, its children.

        The kernel gives the home back when the last of them has gone, however they end: after a `kill -9` the
        next start waits up to `patience` seconds for servers that are still closing their files.
        Raises: HomeBusyError naming the process that holds it.
        """
        descriptor = os.open(self.local / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + patience
        while not taken(descriptor):
            holder = int(os.pread(descriptor, 20, 0) or 0)
            if alive(holder) or time.monotonic() > until:
                os.close(descriptor)
                raise HomeBusyError(f"A portal already runs from {self.root} (process {holder}).")
            time.sleep(0.1)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        return descriptor

    def publish(self, variables: Mapping[str, str]) -> None:
        """Leave the portal's variables where its settings look, for commands in another shell."""
        write_variables(self.local / "environment", variables)

    def turn_logs(self) -> None:
        """Keep the logs of the run before this one, and no older ones."""
        for log in (self.local / "log").glob("*.log"):
            log.replace(log.with_suffix(".log.before"))

    def forget(self) -> None:
        """Delete everything that the portal kept."""
        for folder in (self.local, self.elsewhere):
            if folder.exists():
                shutil.rmtree(folder)

    def own_secrets(self) -> dict[str, str]:
        """Return this home's passwords and keys, made once."""
        path = self.local / "secrets"
        if not path.exists():
            write_variables(path, new_secrets())
        return read_variables(path)


def passable(folder: Path) -> None:
    """Make one of our own folders; root's may be passed through, though not listed, by other accounts."""
    if not folder.exists():
        folder.mkdir()
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)


def taken(descriptor: int) -> bool:
    """Try to lock an open file; tell whether that went well."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def alive(number: int) -> bool:
    """Tell whether a process of that number exists."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return number > 0


def new_secrets() -> dict[str, str]:
    """Return a fresh set of passwords and keys."""
    passwords = ("SUPERUSER_PASSWORD", "OWNER_PASSWORD", "APPLICATION_PASSWORD")
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        **{name: secrets.token_hex(24) for name in passwords},
    }


def read_variables(path: Path) -> dict[str, str]:
    """Return the KEY=VALUE lines of a file."""
    rows = (line.partition("=") for line in path.read_text().splitlines() if "=" in line)
    return {name: value for name, _, value in rows}


def write_variables(path: Path, variables: Mapping[str, str]) -> None:
    """Replace a file of KEY=VALUE lines at once; only its owner may read it."""
    draft = path.with_name(f"{path.name}.draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in variables.items())
    draft.replace(path)
