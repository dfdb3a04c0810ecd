"""Is a file that is too large, or finds no room, answered in words and not by a broken connection?"""

from pathlib import Path

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from congress.core.errors import bad_request
from congress.core.files import limits
from congress.core.files.errors import FileRefusedError, StorageFullError
from congress.core.files.intake import take_in
from congress.core.files.refusal import Reason


@pytest.fixture
def sent():
    """Return the text and the file of a parsed request with a file of a size."""
    requests = []

    def sent(size: int):
        file = SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(size - 5))
        request = RequestFactory().post("/", {"title": "Hollow books", "file": file})
        requests.append(request)
        return request.POST["title"], request.FILES["file"]

    yield sent
    for request in requests:
        request.close()


def test_upload_of_30_mb_keeps_the_text_and_is_refused(sent):
    title, upload = sent(30 * limits.MEGABYTE)
    assert (title, upload.size) == ("Hollow books", 30 * limits.MEGABYTE)
    assert Path(upload.temporary_file_path()).stat().st_size < 21 * limits.MEGABYTE
    with pytest.raises(FileRefusedError) as refusal:
        take_in(upload, shelf="tests")
    assert refusal.value.reason == Reason.TOO_LARGE
    assert str(refusal.value) == "The file is larger than 20 MB. Reduce it, or divide it."


def test_upload_of_just_the_limit_is_whole(sent):
    _title, upload = sent(limits.SENT_BYTES)
    assert upload.size == Path(upload.temporary_file_path()).stat().st_size == limits.SENT_BYTES


def test_upload_of_more_than_any_form_answers_413(rf):
    request = rf.post("/", {"file": SimpleUploadedFile("a.pdf", b"%PDF-")})
    request.META["CONTENT_LENGTH"] = str(limits.REQUEST_BYTES + 1)
    with pytest.raises(RequestDataTooBig) as refusal:
        request._load_post_and_files()
    page = bad_request(request, refusal.value)
    assert (page.status_code, "Nothing was saved" in page.content.decode()) == (413, True)


@pytest.mark.parametrize("size", [limits.MEGABYTE + 1, 3 * limits.MEGABYTE])
def test_upload_that_found_no_room_is_refused_as_that(sent, settings, small_disk, size: int):
    settings.FILE_UPLOAD_TEMP_DIR = str(small_disk)
    title, upload = sent(size)
    assert title == "Hollow books"
    with pytest.raises(StorageFullError) as refusal:
        take_in(upload, shelf="tests")
    assert refusal.value.status == 507


def test_upload_that_is_over_leaves_nothing(sent, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    sent(100_000)[1].close()
    assert list(tmp_path.iterdir()) == []
