"""Are kept files whole or not there, unreadable at rest, and readable in parts?"""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from congress.core.files import store
from congress.core.files.errors import FileLostError, StorageFullError
from congress.core.files.frames import FRAME_BYTES, TAG_BYTES

SHELF = "tests"


@pytest.fixture
def plain(tmp_path: Path):
    def plain(size: int) -> tuple[Path, bytes]:
        data = os.urandom(size)
        path = tmp_path / f"plain-{size}"
        path.write_bytes(data)
        return path, data

    return plain


def place(key: str, root: Path) -> Path:
    (found,) = root.rglob(key.rpartition("/")[2])
    return found


def whole(key: str) -> bytes:
    return b"".join(store.open_range(key))


@pytest.mark.parametrize("size", [1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 3 * FRAME_BYTES])
def test_put_gives_back_the_same_bytes(plain, size: int):
    path, data = plain(size)
    key = store.put(path, shelf=SHELF)
    assert (whole(key), store.size_of(key)) == (data, size)


def test_put_leaves_nothing_readable_on_the_disk(tmp_path, files_root):
    path = tmp_path / "plain"
    path.write_bytes(b"a quiet harbour" * 10_000)
    key = store.put(path, shelf=SHELF)
    kept = place(key, files_root)
    assert b"harbour" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert files_root.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("start", "stop"),
    [(0, 1), (5, 10), (FRAME_BYTES - 1, FRAME_BYTES + 1), (2 * FRAME_BYTES, None), (150_000, 10**9), (7, 7)],
)
def test_open_range_is_the_slice(plain, start: int, stop: int | None):
    path, data = plain(200_000)
    assert b"".join(store.open_range(store.put(path, shelf=SHELF), start, stop)) == data[start:stop]


def test_open_range_reads_only_the_frames_it_needs(plain, files_root):
    path, data = plain(3 * FRAME_BYTES)
    key = store.put(path, shelf=SHELF)
    kept = place(key, files_root)
    sealed = bytearray(kept.read_bytes())
    sealed[-1] ^= 1
    kept.write_bytes(sealed)
    assert b"".join(store.open_range(key, 10, 20)) == data[10:20]
    with pytest.raises(FileLostError):
        whole(key)


def frames_of(sealed: bytes, count: int) -> tuple[bytes, list[bytes]]:
    length = FRAME_BYTES + TAG_BYTES
    head = sealed[: len(sealed) - count * length]
    return head, [sealed[len(head) + number * length :][:length] for number in range(count)]


@pytest.mark.parametrize("order", [[1, 0, 2], [0, 1], [0, 0, 2], [0, 2, 1], [0, 1, 2, 2]])
def test_frames_out_of_order_or_missing_are_noticed(plain, files_root, order: list[int]):
    path, _data = plain(3 * FRAME_BYTES)
    key = store.put(path, shelf=SHELF)
    kept = place(key, files_root)
    head, pieces = frames_of(kept.read_bytes(), 3)
    kept.write_bytes(head + b"".join(pieces[number] for number in order))
    with pytest.raises(FileLostError):
        whole(key)


def test_shorter_file_with_a_shorter_length_in_its_header_is_noticed(plain, files_root):
    path, _data = plain(2 * FRAME_BYTES)
    key = store.put(path, shelf=SHELF)
    kept = place(key, files_root)
    head, pieces = frames_of(kept.read_bytes(), 2)
    kept.write_bytes(head[:4] + FRAME_BYTES.to_bytes(8, "big") + head[12:] + pieces[0])
    with pytest.raises(FileLostError):
        whole(key)


def test_file_under_the_name_of_another_is_noticed(plain, files_root):
    path, _data = plain(100)
    one, two = store.put(path, shelf=SHELF), store.put(path, shelf=SHELF)
    place(one, files_root).replace(place(two, files_root))
    with pytest.raises(FileLostError):
        whole(two)


def test_file_opens_after_the_key_was_changed_and_not_without_it(plain, settings):
    path, data = plain(100)
    key = store.put(path, shelf=SHELF)
    new = Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, *settings.FIELD_KEYS]
    assert whole(key) == data
    settings.FIELD_KEYS = [new]
    with pytest.raises(FileLostError):
        whole(key)


@pytest.mark.parametrize("key", ["", "tests/../../../../etc/passwd", "tests/" + "A" * 26, "../" + "a" * 26, "a" * 26])
def test_keys_lead_nowhere_else(key: str):
    with pytest.raises(ValueError, match="no key"):
        store.size_of(key)


def test_delete_forgets_and_may_come_twice(plain):
    path, _data = plain(10)
    key = store.put(path, shelf=SHELF)
    store.delete(key)
    store.delete(key)
    with pytest.raises(FileLostError):
        store.size_of(key)


def test_sweep_deletes_what_no_row_knows_after_its_time(plain, files_root):
    path, data = plain(10)
    known, orphan, elsewhere = (store.put(path, shelf=shelf) for shelf in (SHELF, SHELF, "others"))
    part = place(orphan, files_root).with_suffix(".part")
    part.write_bytes(b"half")
    now = datetime.now(tz=UTC)
    assert store.sweep(SHELF, {known}, older_than=now - timedelta(hours=1)) == 0
    assert store.sweep(SHELF, {known}, older_than=now + timedelta(hours=1)) == 2
    assert [whole(key) for key in (known, elsewhere)] == [data, data]
    assert sorted(path.name for path in files_root.rglob("*") if path.is_file()) == sorted(
        key.rpartition("/")[2] for key in (known, elsewhere)
    )


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large"
    path.write_bytes(bytes(5_000_000))
    return path


def test_full_disk_is_refused_and_leaves_nothing(large, small_disk, settings):
    settings.FILES_ROOT = small_disk
    with pytest.raises(StorageFullError):
        store.put(large, shelf=SHELF)
    assert [path for path in small_disk.rglob("*") if path.is_file()] == []


def test_fifty_writers_on_a_full_disk_leave_only_whole_files(plain, small_disk, settings):
    settings.FILES_ROOT = small_disk / "store"
    path, data = plain(70_000)

    def put(_number: int) -> str | None:
        try:
            return store.put(path, shelf=SHELF)
        except StorageFullError:
            return None

    with ThreadPoolExecutor(8) as pool:
        keys = [key for key in pool.map(put, range(50)) if key]
    assert 0 < len(keys) < 50
    assert {whole(key) for key in keys} == {data}
    assert len([path for path in small_disk.rglob("*") if path.is_file()]) == len(keys)


WRITER = """
import os, sys, time
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "congress.settings"
import django
django.setup()
from django.conf import settings
from congress.core.files import frames, store
settings.FILES_ROOT = Path(sys.argv[1])
whole = frames.write
def slow(plain, sealed, **bound):
    whole(plain, sealed, **bound)
    sealed.flush()
    print("written", flush=True)
    time.sleep(60)
frames.write = slow
store.put(Path(sys.argv[2]), shelf="tests")
"""


def test_kill_in_the_middle_leaves_no_file_that_a_key_leads_to(plain, files_root):
    path, _data = plain(300_000)
    command = [sys.executable, "-c", WRITER, str(files_root), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout.readline() == b"written\n"
        writer.send_signal(signal.SIGKILL)
    (left,) = (path for path in files_root.rglob("*") if path.is_file())
    assert left.suffix == ".part"
    later = datetime.fromtimestamp(time.time() + 60, tz=UTC)
    assert store.sweep(SHELF, set(), older_than=later) == 1
