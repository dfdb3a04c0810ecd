"""Does a file that was made to do harm do any, to the process or to a reader?"""

import io
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Name, Stream
from PIL import Image

from congress.core.files import confined, limits
from congress.core.files.clean import clean
from congress.core.files.errors import CleanersBusyError, FileRefusedError
from congress.core.files.kinds import Kind
from congress.core.files.refusal import Reason, RefusalError
from tests.core.files import corpus, office

SEEDS = {
    "jpeg": corpus.photo("JPEG"),
    "png": corpus.photo("PNG"),
    "webp": corpus.photo("WEBP"),
    "gif": corpus.photo("GIF"),
    "pdf": corpus.pdf(),
    "docx": office.docx(),
    "xlsx": office.xlsx(),
    "pptx": office.pptx(),
    "odt": office.opened(),
    "csv": "name,note\nعمر,=1+1\n".encode(),
}


def outcome(folder: Path, data: bytes) -> Kind | Reason:
    sent, target = folder / "sent", folder / "clean"
    sent.write_bytes(data)
    try:
        return clean(sent, target)
    except RefusalError as refusal:
        return refusal.reason


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=st.data())
def test_damaged_file_is_refused_or_clean(tmp_path, name: str, damage: st.DataObject):
    data = bytearray(SEEDS[name])
    for place in damage.draw(st.lists(st.integers(0, len(data) - 1), max_size=6)):
        data[place] = damage.draw(st.integers(0, 255))
    found = outcome(tmp_path, bytes(data[: damage.draw(st.integers(0, len(data)))]))
    # What is left of a binary file may be a word or two of plain text, and then says what was typed.
    assert isinstance(found, Reason) or found in {Kind.TEXT, Kind.CSV} or not corpus.holds_planted(tmp_path / "clean")


def test_link_keeps_nothing_under_a_damaged_key(tmp_path):
    assert outcome(tmp_path, SEEDS["pdf"].replace(b"/Next", b"\0Next")) is Kind.PDF
    assert not corpus.holds_planted(tmp_path / "clean")


@pytest.mark.parametrize("name", [name for name in SEEDS if name not in {"csv", "pdf"}])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.8])
def test_file_cut_off_is_refused(tmp_path, name: str, share: float):
    data = SEEDS[name]
    assert isinstance(outcome(tmp_path, data[: int(len(data) * share)]), Reason)


SCRIPT = b"<html><script>Xyzzyplanted</script></html>"
POLYGLOTS = {
    "pdf after jpeg": corpus.photo("JPEG") + corpus.pdf(),
    "zip after png": corpus.photo("PNG") + office.docx(),
    "zip after gif": corpus.photo("GIF") + corpus.archive({"a.html": SCRIPT}),
    "html after webp": corpus.photo("WEBP") + SCRIPT,
    "html after pdf": corpus.pdf() + SCRIPT,
    "html after docx": office.docx() + SCRIPT,
    "html in docx": office.docx(**{"index.html": SCRIPT}),
    "pdf in odt": office.opened(**{"Pictures/a.jpg": corpus.photo() + corpus.pdf()}),
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_file_of_two_kinds_becomes_one(tmp_path, name: str):
    found = outcome(tmp_path, POLYGLOTS[name])
    assert isinstance(found, Kind)
    assert not corpus.holds_planted(tmp_path / "clean")
    kept = (tmp_path / "clean").read_bytes()
    assert [kept.count(mark) for mark in (b"<script", b"%PDF-")] == [0, int(found is Kind.PDF)]


@pytest.mark.parametrize("before", [b"GIF89a", b"\xff\xd8\xff", b"PK\x03\x04", b"\n", b"<html>"])
def test_pdf_that_begins_as_something_else_is_refused(tmp_path, before: bytes):
    assert isinstance(outcome(tmp_path, before + corpus.pdf()), Reason)


def empty_image(side: int) -> bytes:
    new = io.BytesIO()
    Image.new("1", (side, side)).save(new, "PNG")
    return new.getvalue()


def unpacking_pdf() -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page()
    page.obj.Contents = Stream(document, b"")
    packed = zlib.compress(zlib.compress(bytes(200 * limits.MEGABYTE)))
    page.obj.Contents.write(packed, filter=Array([Name.FlateDecode, Name.FlateDecode]))
    new = io.BytesIO()
    document.save(new)
    return new.getvalue()


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
BOMBS = {
    "a hundred megapixels": (empty_image(10_000), Reason.TOO_MANY_PIXELS),
    "a gigapixel": (empty_image(31_000), Reason.TOO_MANY_PIXELS),
    "a part of 45 MB": (office.docx(**{"word/document.xml": bytes(45 * limits.MEGABYTE)}), Reason.TOO_MUCH_INSIDE),
    "pictures of 210 MB": (
        office.opened(**{f"Pictures/{number}.emf": bytes(35 * limits.MEGABYTE) for number in range(6)}),
        Reason.TOO_MUCH_INSIDE,
    ),
    "too many parts": (office.docx(**{f"word/{number}.xml": "" for number in range(2000)}), Reason.TOO_MUCH_INSIDE),
    "billion laughs": (office.docx(**{"word/document.xml": f"<!DOCTYPE a [{LAUGHS}]><a>&a9;</a>"}), Reason.UNREADABLE),
    "deep markup": (office.docx(**{"word/document.xml": "<a>" * 100_000 + "</a>" * 100_000}), Reason.UNREADABLE),
    "an archive in an archive": (corpus.archive({"inner.zip": office.docx()}), Reason.UNKNOWN_KIND),
    "deep arrays": (b"%PDF-1.4\n1 0 obj\n" + b"[" * 1_000_000, Reason.UNREADABLE),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused(take, name: str):
    data, reason = BOMBS[name]
    with pytest.raises(FileRefusedError) as refusal:
        take(data)
    assert refusal.value.reason == reason


def test_lying_sizes_in_an_archive_are_not_believed(tmp_path):
    data = bytearray(office.docx(**{"word/document.xml": bytes(3 * limits.MEGABYTE)}))
    lie = (3 * limits.MEGABYTE).to_bytes(4, "little")
    assert isinstance(outcome(tmp_path, bytes(data.replace(lie, (10).to_bytes(4, "little")))), Reason)


def test_pdf_that_unpacks_to_more_than_memory_costs_only_its_own_process(take):
    file = take(unpacking_pdf())
    assert (file.kind, file.text) == (Kind.PDF, "")


@pytest.mark.parametrize(
    ("share", "value"), [("CLEANER_CPU_SECONDS", 0), ("CLEANER_MEMORY_BYTES", 90 * limits.MEGABYTE)]
)
def test_cleaner_dies_alone_at_its_limits(tmp_path, share: str, value: int):
    code = f"""
import sys
from pathlib import Path
from congress.core.files import limits
limits.{share} = {value}
from congress.core.files.cleaner import main
print(main(Path(sys.argv[1]), Path(sys.argv[2])))
"""
    sent = tmp_path / "sent"
    sent.write_bytes(corpus.photo("PNG", (6000, 6000)))
    command = [sys.executable, "-c", code, str(sent), str(tmp_path / "clean")]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode < 0 or "too_demanding" in answer.stdout or "unreadable" in answer.stdout


def test_cleaner_that_crashes_is_a_refusal(take, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(FileRefusedError) as refusal:
        take(corpus.pdf())
    assert refusal.value.reason == Reason.TOO_DEMANDING


def test_cleaner_that_hangs_is_a_refusal(take, monkeypatch, tmp_path):
    hanging = tmp_path / "hanging"
    hanging.write_text("#!/bin/sh\nexec sleep 30\n")
    hanging.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(hanging))
    monkeypatch.setattr(limits, "CLEANER_SECONDS", 0.2)
    with pytest.raises(FileRefusedError) as refusal:
        take(corpus.pdf())
    assert refusal.value.reason == Reason.TOO_DEMANDING


def test_cleaner_without_a_turn_asks_to_come_back(take, monkeypatch):
    monkeypatch.setattr(limits, "TURN_SECONDS", 0.1)
    with confined._turns, pytest.raises(CleanersBusyError) as refusal:
        take(corpus.pdf())
    assert refusal.value.status == 503


def test_cleaner_knows_no_secret(take, monkeypatch, tmp_path):
    spying = tmp_path / "spying"
    spying.write_text(f"#!/bin/sh\nenv > {tmp_path}/seen\n")
    spying.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(spying))
    with pytest.raises(FileRefusedError):
        take(corpus.pdf())
    seen = {line.partition("=")[0] for line in (tmp_path / "seen").read_text().splitlines()}
    assert seen & set(os.environ) <= {"PWD", "LC_ALL", "TMPDIR", "_", "SHLVL", "OLDPWD"}
