"""Does a scanner for malicious software know a file? Speaks clamd's INSTREAM."""

import logging
import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)

SCANNER_SECONDS = 30
ANSWER_BYTES = 4096
LENGTH = struct.Struct(">I")


class Verdict(models.TextChoices):
    """What is known about a file; only FAILED is asked again."""

    CLEAN = "clean", _("Scanned")
    INFECTED = "infected", _("Malicious")
    FAILED = "failed", _("Waiting for the scanner")
    NOT_SCANNED = "not_scanned", _("Not scanned")


def scan(pieces: Iterable[bytes]) -> Verdict:
    """Return what the configured scanner says about a file, given in pieces; without one NOT_SCANNED.

    A scanner that is away, breaks off or does not understand is FAILED: the file stays where nobody reads it.
    """
    if not settings.SCANNER_URL:
        return Verdict.NOT_SCANNED
    try:
        answer = _ask(pieces)
    except OSError:
        log.exception("files.scanner_away")
        return Verdict.FAILED
    if answer.endswith(" FOUND"):
        log.warning("files.infected", extra={"signature": answer})
        return Verdict.INFECTED
    return Verdict.CLEAN if answer == "stream: OK" else Verdict.FAILED


def _ask(pieces: Iterable[bytes]) -> str:
    with _connected() as connection:
        connection.sendall(b"zINSTREAM\0")
        for piece in filter(None, pieces):
            connection.sendall(LENGTH.pack(len(piece)) + piece)
        connection.sendall(LENGTH.pack(0))
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < ANSWER_BYTES:
            if not (more := connection.recv(ANSWER_BYTES)):
                break
            answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected() -> socket.socket:
    """Connect to tcp://host:port or unix:///path."""
    address = urlsplit(settings.SCANNER_URL)
    if address.scheme == "tcp":
        return socket.create_connection((address.hostname or "", address.port or 0), timeout=SCANNER_SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(SCANNER_SECONDS)
    try:
        connection.connect(address.path)
    except OSError:
        connection.close()
        raise
    return connection
