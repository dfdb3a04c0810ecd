"""How does the web server have a hostile file opened without opening it itself?

In a new process with limits of its own: a parser that hangs, crashes or eats memory ends there, and takes no request of
somebody else along.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from congress.core.files import limits
from congress.core.files.errors import CleanersBusyError, FileRefusedError
from congress.core.files.kinds import Kind
from congress.core.files.refusal import Reason
from congress.core.files.text import Words

_turns = threading.BoundedSemaphore(limits.CLEANERS)


def clean_apart(source: Path, target: Path) -> tuple[Kind, Words]:
    """Write a clean file and return its kind and words.

    Raises: FileRefusedError, CleanersBusyError; OSError when the machine has no room.
    """
    found = _in_turn(source, target)
    return Kind(found["kind"]), Words(found["text"], found["is_whole"])


def draw_apart(source: Path, target: Path, sides: Sequence[int]) -> None:
    """Write a photograph as squares of these sides beside the target. Raises: what `clean_apart` raises."""
    _in_turn(source, target, *sides)


def _in_turn(source: Path, target: Path, *sides: int) -> dict[str, Any]:
    if not _turns.acquire(timeout=limits.TURN_SECONDS):
        raise CleanersBusyError
    try:
        found = _run(source, target, *sides)
    finally:
        _turns.release()
    if "errno" in found:
        raise OSError(found["errno"], os.strerror(found["errno"]))
    if "refused" in found:
        raise FileRefusedError(Reason(found["refused"]))
    return found


def _run(source: Path, target: Path, *sides: int) -> dict[str, Any]:
    """Run the cleaner; one that was killed or crashed found the file too demanding."""
    command = [sys.executable, "-m", "congress.core.files.cleaner", *map(str, (source, target, *sides))]
    try:
        answer = subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env={"TMPDIR": str(target.parent), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.CLEANER_SECONDS,
            check=True,
        )
        found: dict[str, Any] = json.loads(answer.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"refused": Reason.TOO_DEMANDING}
    return found
