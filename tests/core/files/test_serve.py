"""Does a file reach its reader as it should, and do nothing on the way?"""

import pytest
from django.test import RequestFactory

from congress.core.files import store
from congress.core.files.errors import FileLostError
from congress.core.files.kinds import Kind
from congress.core.files.serve import serve

DATA = bytes(range(256)) * 1000
SIZE = len(DATA)


@pytest.fixture
def key(tmp_path) -> str:
    path = tmp_path / "plain"
    path.write_bytes(DATA)
    return store.put(path, shelf="tests")


@pytest.fixture
def ask(key: str):
    def ask(method: str = "GET", *, kind: Kind = Kind.PDF, name: str = "report.pdf", **headers: str):
        request = RequestFactory().generic(method, "/", headers={k.replace("_", "-"): v for k, v in headers.items()})
        return serve(request, key=key, kind=kind, name=name)

    return ask


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_serve_answers_the_whole_file_guarded(ask):
    response = ask()
    assert (response.status_code, body(response)) == (200, DATA)
    assert dict(response.headers) == {
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store, private",
        "Content-Disposition": 'attachment; filename="report.pdf"',
        "Content-Length": str(SIZE),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Type": "application/pdf",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=65535-65536", 65535, 65537),
        ("bytes=200000-", 200_000, SIZE),
        ("bytes=-500", SIZE - 500, SIZE),
        ("bytes=-99999999", 0, SIZE),
        ("bytes=10-99999999", 10, SIZE),
    ],
)
def test_serve_answers_one_range(ask, asked: str, start: int, stop: int):
    response = ask(range=asked)
    assert (response.status_code, body(response)) == (206, DATA[start:stop])
    assert response.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert response.headers["Content-Length"] == str(stop - start)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE + 5}-{SIZE + 9}", "bytes=-0"])
def test_serve_answers_416_for_bytes_that_are_not_there(ask, asked: str):
    response = ask(range=asked)
    assert (response.status_code, response.headers["Content-Range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-1,5-9", "bytes=9-2", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=" + "9" * 5000 + "-", "bytes=١-٢"],
)
def test_serve_answers_the_whole_to_what_is_no_single_range(ask, asked: str):
    assert body(ask(range=asked)) == DATA


def test_serve_answers_the_whole_to_if_range(ask):
    assert ask(range="bytes=0-1", if_range='"x"').status_code == 200


def test_serve_answers_head_without_a_body(ask):
    response = ask("HEAD", range="bytes=0-1")
    assert (response.status_code, response.content, response.headers["Content-Length"]) == (200, b"", str(SIZE))


@pytest.mark.parametrize(
    ("kind", "disposition"),
    [(Kind.PNG, "inline"), (Kind.JPEG, "inline"), (Kind.PDF, "attachment")]
    + [(kind, "attachment") for kind in (Kind.DOCX, Kind.TEXT, Kind.CSV, Kind.ODT)],
)
def test_serve_shows_only_re_encoded_images(ask, kind: Kind, disposition: str):
    assert ask(kind=kind).headers["Content-Disposition"].partition(";")[0] == disposition


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "تقرير المواد.pdf",
            "filename*=utf-8''%D8%AA%D9%82%D8%B1%D9%8A%D8%B1%20%D8%A7%D9%84%D9%85%D9%88%D8%A7%D8%AF.pdf",
        ),
        ('a"; filename="b.html\r\nSet-Cookie: c=d', 'filename="a__ filename=_b.pdf"'),
        ("../../etc/passwd", 'filename="passwd.pdf"'),
        ("C:\\Users\\someone\\plan.exe", 'filename="plan.pdf"'),
        ("harmless\u202efdp.exe", 'filename="harmlessfdp.pdf"'),
        ("", 'filename="file.pdf"'),
        (".htaccess", 'filename="htaccess.pdf"'),
        ("x" * 400 + ".pdf", f'filename="{"x" * 120}.pdf"'),
    ],
)
def test_serve_names_files_so_that_names_do_no_harm(ask, name: str, said: str):
    assert ask(name=name).headers["Content-Disposition"] == f"attachment; {said}"


def test_serve_notices_a_lost_file_before_it_answers(ask, key):
    store.delete(key)
    with pytest.raises(FileLostError):
        ask()
