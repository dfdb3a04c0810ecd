"""Which strangers does the core of files talk to? A scanner that speaks clamd's INSTREAM."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNATURE = b"EICAR-like marker of the tests"


@contextmanager
def scanner(*, breaks_off: bool = False, says: bytes = b"") -> Iterator[str]:
    """Run a scanner of one connection at a time; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_serve, args=(server, breaks_off, says), daemon=True)
        thread.start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def _serve(server: socket.socket, breaks_off: bool, says: bytes) -> None:
    while True:
        try:
            connection, _address = server.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as stream:
            if not breaks_off:
                found = SIGNATURE in _sent(stream)
                connection.sendall(says or (b"stream: Test.Marker FOUND\0" if found else b"stream: OK\0"))


def _sent(stream) -> bytes:
    assert stream.read(10) == b"zINSTREAM\0"
    data = b""
    while length := struct.unpack(">I", stream.read(4))[0]:
        data += stream.read(length)
    return data
