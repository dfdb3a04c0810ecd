"""How does the embedded PostgreSQL come up, on any folder, as any user, after any accident?"""

import contextlib
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import psycopg

from congress.core.local import binaries, roles
from congress.core.local.errors import StartError
from congress.core.local.home import Home, passable
from congress.core.local.process import Account, Process, Program

DATABASE = "congress"
SUPERUSER = "postgres"
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100  # the kernel's limit is 107 bytes; the lock file beside it needs a few
BUILTIN_LOCALE_SINCE = 17
# The cost that the planner assumes by default is that of a turning disk: it would read whole tables in its place.
STORAGE = ("random_page_cost=1.1",)
CAREFREE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass
class Cluster:
    """The PostgreSQL of one home: reached over a socket in a private folder only, never over TCP.

    A cluster that is not durable skips every wait for the disk; tests use it.
    """

    home: Home
    durable: bool = True
    account: Account | None = field(default_factory=binaries.server_account)

    @cached_property
    def server(self) -> binaries.PostgreSQL:
        """The programs that run here."""
        return binaries.postgresql(self.home)

    @cached_property
    def folder(self) -> Path:
        """Where data and socket lie: in the home, or elsewhere when the account cannot enter the home."""
        passable(self.home.local)
        reached = binaries.run_as(self.account, ["test", "-x", str(self.home.local)]).returncode == 0
        place = self.home.local if reached else self.home.elsewhere
        passable(place)
        return place

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "postgres"

    @cached_property
    def sockets(self) -> Path:
        """A private folder for the socket; a short one when the home's path is too long for the kernel."""
        place = self.folder / "sockets"
        if len(os.fsencode(place / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
            place = Path(tempfile.mkdtemp(prefix="congress-"))
        self.give(place)
        return place

    def give(self, folder: Path) -> None:
        """Make a folder that only the server's account may enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            os.chown(folder, self.account.user, self.account.group)

    def url(self, user: str, password: str, database: str = DATABASE) -> str:
        """Return the address of a database for a role."""
        return f"postgres://{user}:{password}@{quote(str(self.sockets), safe='')}/{database}"

    @property
    def superuser_url(self) -> str:
        """The address that only the local services use."""
        return self.url(SUPERUSER, self.home.own_secrets()["SUPERUSER_PASSWORD"], "postgres")

    def prepare(self) -> None:
        """Make the data directory if there is none, and clear what a killed server left."""
        if not (self.data / "PG_VERSION").exists():
            self.initialise()
        self.refuse_other_version()
        self.clear_leftovers()

    def initialise(self) -> None:
        """Create the cluster: checksums, passwords for everybody, a locale that no system update changes."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.give(self.data)
        with self.password_file() as password:
            command = [self.server.program("initdb"), "--pgdata", str(self.data), "--username", SUPERUSER]
            command += [
                "--pwfile",
                password,
                "--auth",
                "scram-sha-256",
                "--data-checksums",
                "--encoding",
                "UTF8",
            ]
            command += self.locale() + ([] if self.durable else ["--no-sync"])
            answer = binaries.run_as(self.account, command)
        if answer.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise StartError(f"PostgreSQL could not make its data directory: {answer.stderr.strip()}")

    def locale(self) -> list[str]:
        """Return the locale options; before version 17 there is no builtin provider."""
        if self.server.version < BUILTIN_LOCALE_SINCE:
            return ["--locale=C.UTF-8"]
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]

    @contextlib.contextmanager
    def password_file(self) -> Iterator[str]:
        """Hold the superuser's password in a file that the server's account can read."""
        path = self.sockets / "password"
        path.unlink(missing_ok=True)
        try:
            path.touch(mode=0o600)
            path.write_text(self.home.own_secrets()["SUPERUSER_PASSWORD"])
            if self.account:
                os.chown(path, self.account.user, self.account.group)
            yield str(path)
        finally:
            path.unlink(missing_ok=True)

    def refuse_other_version(self) -> None:
        """Stop when the data was written by another major version. Raises: StartError."""
        written = (self.data / "PG_VERSION").read_text().strip()
        if written != str(self.server.version):
            raise StartError(
                f"PostgreSQL {written} wrote the database in {self.data}, and {self.server.version} is what runs "
                "here. 'make reset' starts anew; to keep the data, give DATABASE_URL."
            )

    def clear_leftovers(self) -> None:
        """Stop a server that lost its supervisor and still has the data open; remove a dead one's marks."""
        if number := self.left_running():
            self.stop_orphan(number)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for path in self.sockets.glob(f"{SOCKET_NAME}*"):
            path.unlink()

    def left_running(self) -> int:
        """Return the process number of a server on this data directory, or 0.

        A number proves nothing, another program may have it by now; a server works in its data directory.
        """
        with contextlib.suppress(OSError, ValueError, IndexError):
            number = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            if Path(f"/proc/{number}/cwd").samefile(self.data):
                return number
        return 0

    def stop_orphan(self, number: int, *, seconds: float = 10) -> None:
        """Stop a server that lost its supervisor, politely and then at once. Raises: StartError."""
        for request in (signal.SIGINT, signal.SIGQUIT):
            os.kill(number, request)
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                if self.left_running() != number:
                    return
                time.sleep(0.05)
        raise StartError(f"A PostgreSQL from an earlier run does not stop (process {number}).")

    def program(self, descriptors: tuple[int, ...] = ()) -> Program:
        """Return how to run the server."""
        options = [
            f"unix_socket_directories={self.sockets}",
            "listen_addresses=",
            "unix_socket_permissions=0700",
        ]
        options += ["timezone=UTC", "log_timezone=UTC", "max_connections=60"]
        options += STORAGE if self.durable else STORAGE + CAREFREE
        settings = [part for option in options for part in ("-c", option)]
        return Program(
            name="postgres",
            command=(self.server.program("postgres"), "-D", str(self.data), *settings),
            log=self.home.local / "log" / "postgres.log",
            environment={"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)},
            account=self.account,
            descriptors=descriptors,
            stop_signal=signal.SIGINT,  # PostgreSQL's word for: end the sessions and stop now, cleanly
            directory=Path("/"),
        )

    def wait_until_ready(self, process: Process, *, seconds: float = 30) -> None:
        """Wait for the first connection. Raises: StartError when the server ends or the time is over."""
        until = time.monotonic() + seconds
        while process.running and time.monotonic() < until:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.superuser_url, connect_timeout=2).close()
                return
            time.sleep(0.05)
        raise StartError(f"PostgreSQL did not start; its last words are in {process.program.log}.")

    def addresses(self) -> dict[str, str]:
        """Return where the portal's two roles find the database; they are made or mended on the way."""
        secrets = self.home.own_secrets()
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            passwords = secrets["OWNER_PASSWORD"], secrets["APPLICATION_PASSWORD"]
            pair = roles.make_pair(connection, DATABASE, passwords, for_tests=not self.durable)
        urls = (self.url(role, password) for role, password in zip(pair, passwords, strict=True))
        return dict(zip(("DATABASE_OWNER_URL", "DATABASE_URL"), urls, strict=True))

    def close(self) -> None:
        """Remove a socket folder that was made for this run only."""
        if self.sockets.parent != self.folder:
            shutil.rmtree(self.sockets, ignore_errors=True)
