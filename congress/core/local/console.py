"""What does the person in front of the terminal read while the portal runs?"""

import contextlib
import threading

NAME_WIDTH = 8
LINE_WIDTH = 200
LOCK = threading.Lock()


def say(text: str) -> None:
    """Print one line; a terminal that has gone away must not keep the portal from stopping."""
    with LOCK, contextlib.suppress(OSError, ValueError):
        print(text, flush=True)


def show(name: str, line: str) -> None:
    """Print what one of the processes said, short, behind its name."""
    if line.strip():
        say(f"{name:>{NAME_WIDTH}} | {line[:LINE_WIDTH]}")
