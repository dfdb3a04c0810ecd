"""What does the person in front of the terminal read while the portal runs?"""

import contextlib
import threading
import time
from collections.abc import Callable
from typing import TypeVar

NAME_WIDTH = 8
LINE_WIDTH = 200
# Reentrant, because a signal may want to say something while its own thread is speaking.
LOCK = threading.RLock()
Result = TypeVar("Result")


def say(text: str) -> None:
    """Print one line; a terminal that has gone away must not keep the portal from stopping."""
    with LOCK, contextlib.suppress(OSError, ValueError):
        print(text, flush=True)


def show(name: str, line: str) -> None:
    """Print what one of the processes said, short, behind its name."""
    if line.strip():
        say(f"{name:>{NAME_WIDTH}} | {line[:LINE_WIDTH]}")


def timed(name: str, step: Callable[[], Result]) -> Result:
    """Take one step of the start and say how long it took."""
    began = time.monotonic()
    result = step()
    show(name, f"ready ({time.monotonic() - began:.1f} s)")
    return result
