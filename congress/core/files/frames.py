"""How does a file lie on the disk so that nobody reads or changes it, and a part of it opens without the rest?

A header, then frames of 64 KiB, each sealed by AES-256-GCM with a key of this file alone, which FIELD_KEYS wrap. Every
frame is bound to the file's name, its length, its own position and whether it is the last one: frames that were
swapped, dropped, or taken from another file do not open. Source: decision 0013.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from congress.core.crypto import UnreadableSecretError, seal, unseal

MAGIC = b"CGF1"
PRELUDE = struct.Struct(">4sQH")  # the magic, the plain length, the length of the wrapped key
POSITION = struct.Struct(">Q?")
FRAME_BYTES = 64 * 1024
TAG_BYTES = 16


class DamagedFramesError(Exception):
    """What lies on the disk is not what was written there."""


@dataclass(frozen=True)
class Header:
    """What one needs to open any frame of a file."""

    name: str
    size_bytes: int
    cipher: AESGCM
    length: int

    def bound(self, number: int) -> bytes:
        """Return what a frame is bound to: it can't be moved, and the end can't be cut off."""
        position = POSITION.pack(number, number == self.count - 1)
        return b"\0".join((self.name.encode(), struct.pack(">Q", self.size_bytes), position))

    @property
    def count(self) -> int:
        """How many frames there are; also of nothing there is one, so that nothing is authentic too."""
        return max(1, -(-self.size_bytes // FRAME_BYTES))


def write(plain: BinaryIO, sealed: BinaryIO, *, name: str, size_bytes: int) -> None:
    """Write a plain file of known length as sealed frames under a name that must be asked for again."""
    key = AESGCM.generate_key(bit_length=256)
    wrapped = seal(key.hex()).encode()
    sealed.write(PRELUDE.pack(MAGIC, size_bytes, len(wrapped)) + wrapped)
    header = Header(name, size_bytes, AESGCM(key), PRELUDE.size + len(wrapped))
    for number in range(header.count):
        sealed.write(header.cipher.encrypt(_nonce(number), plain.read(FRAME_BYTES), header.bound(number)))


def read_header(sealed: BinaryIO, *, name: str) -> Header:
    """Return what opens the frames, once the length on the disk is the one promised. Raises: DamagedFramesError."""
    try:
        magic, size_bytes, wrapped_length = PRELUDE.unpack(sealed.read(PRELUDE.size))
        key = bytes.fromhex(unseal(sealed.read(wrapped_length).decode()))
    except (struct.error, ValueError, UnreadableSecretError) as error:
        raise DamagedFramesError(name) from error
    header = Header(name, size_bytes, AESGCM(key), PRELUDE.size + wrapped_length)
    if magic != MAGIC or os.fstat(sealed.fileno()).st_size != header.length + size_bytes + header.count * TAG_BYTES:
        raise DamagedFramesError(name)
    return header


def read(sealed: BinaryIO, header: Header, start: int, stop: int) -> Iterator[bytes]:
    """Yield the plain bytes from start to before stop, opening only the frames that hold them.

    Raises: DamagedFramesError, before any byte of a frame that was changed.
    """
    first = start // FRAME_BYTES
    sealed.seek(header.length + first * (FRAME_BYTES + TAG_BYTES))
    for number in range(first, -(-stop // FRAME_BYTES)):
        frame = _opened(sealed.read(FRAME_BYTES + TAG_BYTES), header, number)
        yield frame[max(0, start - number * FRAME_BYTES) : stop - number * FRAME_BYTES]


def _opened(frame: bytes, header: Header, number: int) -> bytes:
    try:
        return header.cipher.decrypt(_nonce(number), frame, header.bound(number))
    except InvalidTag as error:
        raise DamagedFramesError(header.name) from error


def _nonce(number: int) -> bytes:
    """A key seals one file once, so that the frame's number never repeats under it."""
    return number.to_bytes(12, "big")
