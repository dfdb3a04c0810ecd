"""How do the tests look at processes and homes from outside?"""

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from congress.core.local.home import Home


@contextmanager
def temporary_home(*, private: bool = False, name: str = "home") -> Iterator[Home]:
    """Hold a home that goes away afterwards; a private one cannot be entered by other accounts."""
    folder = Path(tempfile.mkdtemp(prefix="congress-try-"))
    folder.chmod(0o700 if private else 0o711)
    home = Home(folder / name)
    home.root.mkdir()
    home.make()
    try:
        yield home
    finally:
        home.forget()
        shutil.rmtree(folder)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as trial:
        return int(trial.getsockname()[1])


def processes_of(home: Home) -> dict[int, str]:
    """Return the command lines of the processes that work for a home, by number, oldest first."""
    mark = str(home.root).encode()
    numbers = sorted(int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdecimal())
    return {number: line for number in numbers if number != os.getpid() and (line := belonging(number, mark))}


def belonging(number: int, mark: bytes) -> str:
    """Return a process's command line if that, its environment or its folder mentions the mark, else nothing."""
    process = Path("/proc", str(number))
    try:
        line = (process / "cmdline").read_bytes()
        known = line + (process / "environ").read_bytes() + bytes((process / "cwd").readlink())
    except OSError:
        return ""
    return line.replace(b"\0", b" ").decode(errors="replace") if mark in known else ""


def eventually(condition: Callable[[], object], *, seconds: float = 15) -> bool:
    """Wait until something holds; tell whether it did."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
