"""Where does mail go in a demonstration? Into files: run as `python -m congress.core.local.sink SOCKET FOLDER`.

SOCKET is the number of an inherited listening socket, so that the address outlives a restart of the sink.
"""

import asyncio
import itertools
import signal
import socket
import sys
import time
from email import policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

from congress.core.local.home import CHECKOUT, Home
from congress.core.local.process import Process, Program

LARGEST_MAIL_BYTES = 30_000_000


class Sink:
    """The mail sink of one home, on a free port of this machine only."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=64)

    def prepare(self) -> None:
        """Nothing to do: the socket has listened since this object was made."""

    def program(self, descriptors: tuple[int, ...] = ()) -> Program:
        """Return how to run it."""
        number = self.listening.fileno()
        folder = str(self.home.local / "mail")
        return Program(
            name="mail",
            command=(sys.executable, "-m", "congress.core.local.sink", str(number), folder),
            log=self.home.local / "log" / "mail.log",
            descriptors=(*descriptors, number),
            directory=CHECKOUT,
        )

    def wait_until_ready(self, process: Process) -> None:
        """Nothing to wait for: what connects early is answered as soon as the sink runs."""

    def addresses(self) -> dict[str, str]:
        """Return where the portal finds it."""
        return {"EMAIL_URL": f"smtp://127.0.0.1:{self.listening.getsockname()[1]}"}

    def close(self) -> None:
        """Give the port back."""
        self.listening.close()


class Mailbox:
    """Writes each accepted message to its own file, named in the order of arrival."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count()

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        """Keep one message with its envelope in two header lines; say so only once it is in place."""
        head = EmailMessage(policy=policy.SMTP)
        head["X-Envelope-From"] = envelope.mail_from
        head["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        path = self.folder / f"{time.time_ns():020d}-{next(self.numbers):06d}.eml"
        draft = path.with_suffix(".draft")
        # The message itself is kept as it came: to take it apart would cost as much as to receive it.
        draft.write_bytes(head.as_bytes().rstrip() + b"\r\n" + envelope.content)
        draft.rename(path)
        return "250 Kept"


async def serve(listening: socket.socket, folder: Path) -> None:
    """Answer SMTP on a listening socket until asked to stop."""
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    conversation = partial(SMTP, Mailbox(folder), enable_SMTPUTF8=True, data_size_limit=LARGEST_MAIL_BYTES, loop=loop)
    server = await loop.create_server(conversation, sock=listening)
    await stopping.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2])))
