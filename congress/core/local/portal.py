"""Which processes make up a running portal on this machine, and what comes before them?"""

import os
import socket
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

from congress.core.local.errors import AddressError
from congress.core.local.home import CHECKOUT, Home
from congress.core.local.process import Program

MANAGE = str(CHECKOUT / "manage.py")
GRACE_SECONDS = 4


@dataclass(frozen=True)
class Address:
    """Where the web server listens."""

    host: str
    port: int

    @classmethod
    def chosen(cls, variables: Mapping[str, str] = os.environ) -> "Address":
        """Return what HOST and PORT say. Raises: AddressError when PORT is no port."""
        port = variables.get("PORT") or "8000"
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise AddressError(f"PORT is {port!r}; it must be a number from 1 to 65535.")
        return cls(variables.get("HOST") or "127.0.0.1", int(port))

    @property
    def site(self) -> str:
        """What people type. A name, because passkeys are never bound to a number."""
        return f"http://localhost:{self.port}"

    @property
    def family(self) -> socket.AddressFamily:
        """IPv6 where the host is written so."""
        return socket.AF_INET6 if ":" in self.host else socket.AF_INET

    @property
    def bind(self) -> str:
        """How the web server is told."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def require_free(self) -> None:
        """Make sure that nobody listens there. Raises: AddressError."""
        with socket.socket(self.family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((self.host, self.port))
            except OSError as error:
                reason = error.strerror or str(error)
                raise AddressError(
                    f"Port {self.port} on {self.host} cannot be used ({reason}). Choose another: PORT=8001 make run"
                ) from error

    def ready(self) -> bool:
        """Tell whether the portal there says that it is ready."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 (compared, not bound)
        url = f"http://{Address(host, self.port).bind}/health/ready"
        request = urllib.request.Request(url, headers={"Host": f"localhost:{self.port}"})
        # A proxy that the machine is configured with has no business here.
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(request, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def programs(home: Home, address: Address, environment: Mapping[str, str], held: tuple[int, ...]) -> list[Program]:
    """Return the processes that stay: web server, worker and clock. They inherit the held descriptors."""
    commands = {"web": web(address), "worker": worker(), "beat": beat(home)}
    pooled = {"web": {"DATABASE_POOL": "1"}}
    return [
        program(home, name, command, {**environment, **pooled.get(name, {})}, held)
        for name, command in commands.items()
    ]


def program(
    home: Home, name: str, command: tuple[str, ...], environment: Mapping[str, str], held: tuple[int, ...] = ()
) -> Program:
    """Return how to run one of the portal's own commands."""
    log = home.local / "log" / f"{name}.log"
    return Program(name=name, command=command, log=log, environment=environment, descriptors=held, directory=CHECKOUT)


def web(address: Address) -> tuple[str, ...]:
    """Return the command of the web server; threads, so that a slow reader holds up one of eight only."""
    options = ["--bind", address.bind, "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    options += ["--graceful-timeout", str(GRACE_SECONDS), "--no-control-socket", "--log-level", "warning"]
    # However long a search is, the portal itself answers it; a proxy sets the limits of the outside world.
    # A part of a page that is asked for brings its page's address along in a header.
    options += ["--limit-request-line", "0", "--limit-request-field_size", "65536"]
    return python("-m", "gunicorn", *options, "congress.wsgi:application")


def worker() -> tuple[str, ...]:
    """Return the command of the worker; it is alone, so there is nobody to gossip with."""
    options = ["--concurrency", "2", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    # Celery warns root at length; on this machine it is what people run a demonstration as.
    quiet = ("-W", "ignore:You're running the worker")
    return python(*quiet, "-m", "celery", "-q", "-A", "congress.celery", "worker", *options)


def beat(home: Home) -> tuple[str, ...]:
    """Return the command of the clock."""
    schedule = str(home.local / "beat" / "schedule")
    return python("-m", "celery", "-q", "-A", "congress.celery", "beat", "--loglevel", "WARNING", "-s", schedule)


def prepare() -> tuple[str, ...]:
    """Return the command that runs to its end before the others start."""
    return python("-m", "congress.core.local.prepare")


def manage(*arguments: str) -> tuple[str, ...]:
    """Return a management command."""
    return python(MANAGE, *arguments)


def python(*arguments: str) -> tuple[str, ...]:
    """Return a command of this very Python."""
    return (sys.executable, *arguments)
