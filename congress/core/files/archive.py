"""What does an archive really hold? Counted while it is unpacked: its own headers may promise anything."""

import re
import zipfile
from pathlib import Path
from types import TracebackType
from typing import Self

from congress.core.files import limits
from congress.core.files.refusal import Reason, RefusalError

ENCRYPTED_FLAG = 0x1
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
PIECE_BYTES = 1024 * 1024
# Other programs unpack what we pass on: no name may lead out of their folder.
UNSAFE_NAME = re.compile(r"^/|\\|(^|/)\.\.(/|$)|[\x00-\x1f]")
# The same instant in every archive that we write: the first one that the format can say.
NO_TIME = (1980, 1, 1, 0, 0, 0)


class Archive:
    """An archive's parts by name, each unpacked when it is read, all of them within one allowance."""

    def __init__(self, source: Path) -> None:
        self._zip = zipfile.ZipFile(source)
        self._left = limits.INFLATED_BYTES
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(entries) > limits.PARTS:
            raise RefusalError(Reason.TOO_MUCH_INSIDE)
        if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
            raise RefusalError(Reason.ENCRYPTED)
        self._entries = {entry.filename: entry for entry in entries}
        odd_methods = {entry.compress_type for entry in entries} - METHODS
        if len(self._entries) < len(entries) or odd_methods or any(map(UNSAFE_NAME.search, self._entries)):
            raise RefusalError(Reason.UNREADABLE)

    @property
    def names(self) -> set[str]:
        """The names of all parts."""
        return set(self._entries)

    def read(self, name: str) -> bytes:
        """Return one part. Raises: RefusalError when it is too much, or is not there."""
        if name not in self._entries:
            raise RefusalError(Reason.UNREADABLE)
        pieces = []
        allowed = min(limits.PART_BYTES, self._left)
        with self._zip.open(self._entries[name]) as part:
            while piece := part.read(PIECE_BYTES):
                allowed -= len(piece)
                self._left -= len(piece)
                if allowed < 0:
                    raise RefusalError(Reason.TOO_MUCH_INSIDE)
                pieces.append(piece)
        return b"".join(pieces)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()


class Writer:
    """A new archive that says nothing of where and when it was made."""

    def __init__(self, target: Path) -> None:
        self._zip = zipfile.ZipFile(target, "w")

    def write(self, name: str, data: bytes, *, packed: bool = True) -> None:
        """Add one part."""
        entry = zipfile.ZipInfo(name, NO_TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        self._zip.writestr(entry, data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
