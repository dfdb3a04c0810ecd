"""How is a child process started so that it never outlives this one, and how does it end?"""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from congress.core.local.console import say

PR_SET_PDEATHSIG = 1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Loaded now: between fork and exec nothing may be imported.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Account:
    """The user and group that a process runs as."""

    user: int
    group: int

    @classmethod
    def named(cls, name: str) -> "Account":
        """Return the account of that name on this machine."""
        entry = pwd.getpwnam(name)
        return cls(entry.pw_uid, entry.pw_gid)


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run and how it likes to be asked to stop."""

    name: str
    command: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] | None = None
    account: Account | None = None
    descriptors: tuple[int, ...] = ()
    stop_signal: signal.Signals = signal.SIGTERM
    directory: Path | None = None


Listener = Callable[[str, str], None]


class Process:
    """One run of a program in a process group of its own; its output goes to its log, and to a listener."""

    def __init__(self, program: Program, listener: Listener | None = None) -> None:
        self.program = program
        self.popen = start(program)
        reading = threading.Thread(target=copy_lines, args=(self.popen.stdout, program, listener), daemon=True)
        reading.start()
        self.reading = reading

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self.popen.poll() is None

    def ask(self, number: signal.Signals | None = None) -> None:
        """Ask the leader of the group to stop, in the way that it likes or in a given one."""
        with contextlib.suppress(ProcessLookupError):
            self.popen.send_signal(number or self.program.stop_signal)

    def wait(self, until: float) -> bool:
        """Wait for its end up to a moment of the monotonic clock; tell whether it ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.popen.wait(max(0.0, until - time.monotonic()))
        return not self.running

    def kill(self) -> None:
        """End whatever is left of its group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()
        self.reading.join(1)


def start(program: Program) -> "subprocess.Popen[bytes]":
    """Start a program as the account that it asks for."""
    return subprocess.Popen(
        program.command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=program.environment,
        cwd=program.directory,
        pass_fds=program.descriptors,
        start_new_session=True,
        preexec_fn=prepared(program.stop_signal),  # noqa: PLW1509 (three system calls, nothing that locks)
        **identity(program.account),
    )


def identity(account: Account | None) -> dict[str, Any]:
    """Return the arguments of subprocess that change the account."""
    return {"user": account.user, "group": account.group, "extra_groups": []} if account else {}


def prepared(stop_signal: signal.Signals) -> Callable[[], None]:
    """Return what the child does before it becomes the program.

    It runs after the change of user, which would clear the death signal. A shell starts background jobs with
    SIGINT ignored, and that would be inherited, as would the signals that this process holds back.
    """
    parent = os.getpid()

    def prepare() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGQUIT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        follow_parent(parent, stop_signal)

    return prepare


def follow_parent(parent: int, number: signal.Signals) -> None:
    """Ask the kernel to send this process a signal when its parent ends (Linux only)."""
    if LIBC is None:
        return
    LIBC.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold signals back while a process is started and noted down, so that none is ever started and forgotten."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def copy_lines(output: IO[bytes] | None, program: Program, listener: Listener | None) -> None:
    """Write what a program says to its log, line by line, and hand each line on."""
    if output is None:
        return
    with program.log.open("ab", buffering=0) as log, output:
        for line in output:
            log.write(line)
            if listener:
                listener(program.name, line.decode(errors="replace").rstrip())


def end(processes: list[Process], *, seconds: float) -> None:
    """Stop processes side by side: ask, wait together, then kill what is left."""
    until = time.monotonic() + seconds
    for process in processes:
        process.ask()
    for process in processes:
        process.wait(until)
    for process in processes:
        if process.running:
            say(f"{process.program.name} did not stop in {seconds} s and is killed.")
        process.kill()
