"""Which servers does a portal need from this machine, and at which addresses does it then find them?

An address that the environment already gives (DATABASE_URL, REDIS_URL, EMAIL_URL) replaces its server.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

import psycopg

from congress.core.local import roles
from congress.core.local.home import Home
from congress.core.local.postgres import Cluster
from congress.core.local.process import Listener, Process, Program, end, uninterrupted
from congress.core.local.sink import Sink
from congress.core.local.valkey import Broker

STOP_SECONDS = 4


class Server(Protocol):
    """What each embedded server can do."""

    def prepare(self) -> None:
        """Get ready for a start, also after an accident."""

    def program(self, descriptors: tuple[int, ...] = ()) -> Program:
        """Return how to run it."""

    def wait_until_ready(self, process: Process) -> None:
        """Return once it answers; raise when it does not."""

    def addresses(self) -> dict[str, str]:
        """Return the variables under which the portal finds it."""

    def close(self) -> None:
        """Let go of what it held outside the home."""


@dataclass
class Services:
    """The servers of one home, while they run. Tests do without durability: no wait for the disk."""

    home: Home
    durable: bool = True
    given: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    descriptors: tuple[int, ...] = ()
    listener: Listener | None = None
    running: list[tuple[Server, Process]] = field(default_factory=list)

    def servers(self) -> Iterator[Server]:
        """Yield the servers that nobody gave us, in the order of their start."""
        makers: dict[str, Callable[[], Server]] = {
            "DATABASE_URL": lambda: Cluster(self.home, durable=self.durable),
            "REDIS_URL": lambda: Broker(self.home, durable=self.durable),
            "EMAIL_URL": lambda: Sink(self.home),
        }
        return (make() for name, make in makers.items() if not self.given.get(name))

    def start(self) -> dict[str, str]:
        """Start all of them side by side and return the addresses once everything answers."""
        for server in self.servers():
            server.prepare()
            with uninterrupted():
                self.running.append((server, self.run(server)))
        for server, process in self.running:
            server.wait_until_ready(process)
        addresses = given_database(self.home, self.given, for_tests=not self.durable)
        for server, _process in self.running:
            addresses |= server.addresses()
        return addresses

    def run(self, server: Server) -> Process:
        """Start one server."""
        return Process(server.program(self.descriptors), self.listener)

    def processes(self) -> list[Process]:
        """Return what runs now."""
        return [process for _server, process in self.running]

    def revive(self, dead: Process) -> None:
        """Start the server of a dead process again and wait until it answers."""
        position = self.processes().index(dead)
        server = self.running[position][0]
        server.prepare()
        with uninterrupted():
            process = self.run(server)
            self.running[position] = (server, process)
        server.wait_until_ready(process)

    def stop(self) -> None:
        """Stop all of them and leave nothing outside the home."""
        end(self.processes(), seconds=STOP_SECONDS)
        for server, _process in self.running:
            server.close()
        self.running.clear()


def given_database(home: Home, given: Mapping[str, str], *, for_tests: bool) -> dict[str, str]:
    """Return the addresses of the two roles in a database that somebody else runs.

    A single address is taken apart into the two roles where its own role may do so. Otherwise it serves for both,
    and provisioning says what that means.
    """
    url = given.get("DATABASE_URL", "")
    if not url or given.get("DATABASE_OWNER_URL"):
        return {name: given[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL") if url}
    secrets = home.own_secrets()
    passwords = secrets["OWNER_PASSWORD"], secrets["APPLICATION_PASSWORD"]
    with psycopg.connect(url, autocommit=True) as connection:
        if not roles.may_make_pair(connection):
            return {"DATABASE_URL": url, "DATABASE_OWNER_URL": url}
        database = connection.info.dbname
        owner, application = roles.make_pair(connection, database, passwords, for_tests=for_tests)
    return {
        "DATABASE_OWNER_URL": for_role(url, owner, passwords[0]),
        "DATABASE_URL": for_role(url, application, passwords[1]),
    }


def for_role(url: str, user: str, password: str) -> str:
    """Return the same database's address for another role."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{user}:{password}@{place}").geturl()


def environment(home: Home, addresses: Mapping[str, str], *, mode: str, port: int, host: str) -> dict[str, str]:
    """Return everything that the portal reads; what the environment gives already stays as it is."""
    secrets = home.own_secrets()
    ours = {
        "CONGRESS_MODE": mode,
        "CONGRESS_HOME": str(home.root),
        "SECRET_KEY": secrets["SECRET_KEY"],
        "FIELD_KEYS": secrets["FIELD_KEYS"],
        "SITE_URL": f"http://localhost:{port}",
        "ALLOWED_HOSTS": ",".join(dict.fromkeys(("localhost", "127.0.0.1", "[::1]", host))),
        "PROXY_COUNT": "0",
    }
    given = {name: value for name in ours if (value := os.environ.get(name))}
    return ours | given | dict(addresses)
