"""Where do the bytes of members' files lie, how do they get there whole or not at all, and when do they go?

Each user of the store has a shelf of its own, and a key begins with the shelf's name: who tidies up one shelf can't
know, and can't touch, what another keeps.
"""

import logging
import os
import re
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from congress.core.files import frames
from congress.core.files.errors import FileLostError, full_storage_refused
from congress.core.identifiers import random_code

log = logging.getLogger(__name__)

KEY_LENGTH = 26
KEY = re.compile(rf"[a-z]+/[0-9a-z]{{{KEY_LENGTH}}}")
PART = ".part"


def put(source: Path, *, shelf: str) -> str:
    """Seal a plain file onto a shelf and return its key, once it is on the disk to stay.

    Raises: StorageFullError; after any failure nothing is left that a key leads to.
    """
    key = f"{shelf}/{random_code(KEY_LENGTH).lower()}"
    place = _place(key)
    part = place.with_name(f"{place.name}{PART}")
    with full_storage_refused():
        _root().mkdir(mode=0o700, parents=True, exist_ok=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write(source, part, key)
            part.rename(place)
            _keep_names(place)
        except BaseException:
            part.unlink(missing_ok=True)
            place.unlink(missing_ok=True)
            raise
    return key


def _write(source: Path, part: Path, key: str) -> None:
    with source.open("rb") as plain, part.open("xb") as sealed:
        part.chmod(0o600)
        frames.write(plain, sealed, name=key, size_bytes=source.stat().st_size)
        sealed.flush()
        os.fsync(sealed.fileno())


def _keep_names(place: Path) -> None:
    """Write the folders' lists to the disk as well: a file without a name is lost in a power cut."""
    for folder in list(place.parents)[:4]:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def open_range(key: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    """Return the plain bytes from start to before stop (by default all), in pieces of at most 64 KiB.

    Opens and proves the first piece before it returns. Raises: FileLostError, also later for a damaged piece.
    """
    pieces = _pieces(key, start, stop)
    first = next(pieces, b"")
    return _resumed(first, pieces)


def _resumed(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _pieces(key: str, start: int, stop: int | None) -> Iterator[bytes]:
    try:
        with _place(key).open("rb") as sealed:
            header = frames.read_header(sealed, name=key)
            end = header.size_bytes if stop is None else min(stop, header.size_bytes)
            yield from frames.read(sealed, header, start, end)
    except (OSError, frames.DamagedFramesError) as error:
        log.exception("files.lost", extra={"key": key})
        raise FileLostError from error


def size_of(key: str) -> int:
    """Return how many plain bytes a file has. Raises: FileLostError."""
    try:
        with _place(key).open("rb") as sealed:
            return frames.read_header(sealed, name=key).size_bytes
    except (OSError, frames.DamagedFramesError) as error:
        log.exception("files.lost", extra={"key": key})
        raise FileLostError from error


def delete(key: str) -> None:
    """Forget a file; it may be gone already. Call it after the commit that forgets its row."""
    _place(key).unlink(missing_ok=True)


def orphans(shelf: str, known_keys: Collection[str], *, older_than: datetime) -> Iterator[Path]:
    """Yield what lies on a shelf since before an instant and belongs to no known key, half-written files included.

    The keys must come from a query that sees every row: one that row security shortens would make orphans of the rest.
    """
    kept = {_place(key) for key in known_keys}
    for path in sorted(_root().joinpath(shelf).glob("??/??/*")):
        if path not in kept and path.stat().st_mtime < older_than.timestamp():
            yield path


def sweep(shelf: str, known_keys: Collection[str], *, older_than: datetime) -> int:
    """Delete the orphans of a shelf and return how many there were."""
    found = list(orphans(shelf, known_keys, older_than=older_than))
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _root() -> Path:
    return Path(settings.FILES_ROOT)


def _place(key: str) -> Path:
    if not KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no key of the store")
    shelf, _, name = key.partition("/")
    return _root() / shelf / name[:2] / name[2:4] / name
