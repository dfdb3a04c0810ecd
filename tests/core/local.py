"""How do the tests look at processes and homes from outside?"""

import os
import shutil
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


def processes_of(home: Home) -> list[str]:
    """Return the command lines of the processes that work for a home: by arguments, environment or folder."""
    mark = str(home.root).encode()
    folders = (folder for folder in Path("/proc").iterdir() if folder.name.isdecimal())
    return [line for folder in folders if (line := belonging(folder, mark))]


def belonging(process: Path, mark: bytes) -> str:
    """Return a process's command line if it mentions the mark anywhere, else nothing."""
    try:
        line = (process / "cmdline").read_bytes()
        where = str((process / "cwd").readlink()).encode()
        known = line + (process / "environ").read_bytes() + where
    except OSError:
        return ""
    mine = process.name == str(os.getpid())
    return line.replace(b"\0", b" ").decode(errors="replace") if line and mark in known and not mine else ""


def eventually(condition: Callable[[], object], *, seconds: float = 15) -> bool:
    """Wait until something holds; tell whether it did."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
