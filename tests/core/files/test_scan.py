"""What does the scanner say, and what if it says nothing?"""

import pytest
from django.core.exceptions import ImproperlyConfigured

from congress.core import env
from congress.core.files import store
from congress.core.files.scan import Verdict, scan
from tests.core.files.fakes import SIGNATURE, scanner


def test_scan_without_a_scanner_says_so(settings):
    settings.SCANNER_URL = ""
    assert scan([b"anything"]) is Verdict.NOT_SCANNED


@pytest.mark.parametrize(
    ("pieces", "verdict"),
    [
        ([b"harmless"], Verdict.CLEAN),
        ([], Verdict.CLEAN),
        ([b"", b"harmless", b""], Verdict.CLEAN),
        ([b"before " + SIGNATURE[:10], SIGNATURE[10:] + b" after"], Verdict.INFECTED),
    ],
)
def test_scan_asks_the_scanner(settings, pieces: list[bytes], verdict: Verdict):
    with scanner() as settings.SCANNER_URL:
        assert scan(pieces) is verdict


def test_scan_reads_a_kept_file(settings, take):
    file = take(b"a harmless note " + SIGNATURE)
    with scanner() as settings.SCANNER_URL:
        assert scan(store.open_range(file.key)) is Verdict.INFECTED


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but\0", b"\0", b"x" * 9000])
def test_scan_that_is_not_understood_failed(settings, says: bytes):
    with scanner(says=says) as settings.SCANNER_URL:
        assert scan([b"harmless"]) is Verdict.FAILED


def test_scan_that_breaks_off_failed(settings):
    with scanner(breaks_off=True) as settings.SCANNER_URL:
        assert scan([b"x" * 50_000] * 40) is Verdict.FAILED


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///nonexistent/clamd.sock"])
def test_scan_without_an_answer_failed(settings, url: str):
    settings.SCANNER_URL = url
    assert scan([b"harmless"]) is Verdict.FAILED


@pytest.mark.parametrize("url", ["clamd:3310", "tcp://clamd", "http://clamd:3310", "unix://relative"])
def test_scanner_url_that_is_none_stops_the_start(monkeypatch, url: str):
    monkeypatch.setenv("SCANNER_URL", url)
    with pytest.raises(ImproperlyConfigured, match="tcp://host:port"):
        env.socket_address("SCANNER_URL")


@pytest.mark.parametrize("url", ["", "tcp://clamd:3310", "unix:///run/clamd.sock"])
def test_scanner_url_is_read(monkeypatch, url: str):
    monkeypatch.setenv("SCANNER_URL", url)
    assert env.socket_address("SCANNER_URL") == url


def test_files_root_has_no_default_in_production(monkeypatch, tmp_path):
    monkeypatch.delenv("FILES_ROOT", raising=False)
    assert env.folder("FILES_ROOT", tmp_path, hint="a folder") == tmp_path
    with pytest.raises(ImproperlyConfigured, match="FILES_ROOT is not set: a folder"):
        env.folder("FILES_ROOT", None, hint="a folder")
