"""How does the embedded Valkey (the Redis-compatible broker and cache) come up?"""

import contextlib
import os
import tempfile
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import redis

from congress.core.local import binaries
from congress.core.local.errors import StartError
from congress.core.local.home import Home
from congress.core.local.process import Process, Program

LONGEST_SOCKET_PATH = 107


@dataclass
class Broker:
    """The Valkey of one home, reached over a socket only; queued work survives a restart if it is durable."""

    home: Home
    durable: bool = True

    @cached_property
    def socket(self) -> Path:
        """The socket; in a short folder of its own when the home's path is too long for the kernel."""
        path = self.home.local / "valkey" / "socket"
        if len(os.fsencode(path)) > LONGEST_SOCKET_PATH:
            path = Path(tempfile.mkdtemp(prefix="congress-")) / "socket"
        return path

    @property
    def url(self) -> str:
        """The address of its first database."""
        return f"unix://{self.socket}?db=0"

    def prepare(self) -> None:
        """Nothing to do: Valkey mends what a killed one left behind by itself."""

    def program(self, descriptors: tuple[int, ...] = ()) -> Program:
        """Return how to run it: every write logged within a second, nothing ever evicted."""
        folder = str(self.home.local / "valkey")
        command = [binaries.valkey(), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"]
        command += ["--dir", folder, "--save", "", "--maxmemory-policy", "noeviction"]
        command += ["--appendonly", "yes" if self.durable else "no", "--appendfsync", "everysec"]
        return Program(
            name="valkey",
            command=tuple(command),
            log=self.home.local / "log" / "valkey.log",
            descriptors=descriptors,
            directory=Path("/"),
        )

    def wait_until_ready(self, process: Process, *, seconds: float = 30) -> None:
        """Wait for its first answer. Raises: StartError when it ends or the time is over."""
        until = time.monotonic() + seconds
        while process.running and time.monotonic() < until:
            with contextlib.suppress(redis.ConnectionError), redis.Redis.from_url(self.url) as client:
                client.ping()
                return
            time.sleep(0.05)
        raise StartError(f"Valkey did not start; its last words are in {process.program.log}.")

    def addresses(self) -> dict[str, str]:
        """Return where the portal finds it."""
        return {"REDIS_URL": self.url}

    def close(self) -> None:
        """Remove a socket folder that was made for this run only."""
        if self.socket.parent != self.home.local / "valkey":
            self.socket.unlink(missing_ok=True)
            self.socket.parent.rmdir()
