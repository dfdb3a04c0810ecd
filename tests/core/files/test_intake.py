"""What becomes of what a member sends, from the form to the store?"""

import hashlib
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congress.core.files import limits, store
from congress.core.files.errors import FileRefusedError
from congress.core.files.intake import take_in
from congress.core.files.kinds import Kind
from congress.core.files.refusal import Reason
from tests.core.files import corpus


def test_take_in_keeps_a_clean_file_and_its_facts(take):
    file = take(corpus.pdf(), "تقرير.exe")
    kept = b"".join(store.open_range(file.key))
    assert (file.kind, file.name, file.media_type) == (Kind.PDF, "تقرير.pdf", "application/pdf")
    assert (file.size_bytes, file.digest) == (len(kept), hashlib.sha256(kept).hexdigest())
    assert (file.text.split(), file.text_is_whole) == (["harbour", "lights", "a", "remark"], True)
    assert file.key.startswith("tests/")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", Reason.UNKNOWN_KIND),
        (os.urandom(5000), Reason.UNKNOWN_KIND),
        (corpus.photo("JPEG")[:500], Reason.UNREADABLE),
    ],
)
def test_take_in_refuses_and_keeps_nothing(take, files_root, data: bytes, reason: Reason):
    with pytest.raises(FileRefusedError) as refusal:
        take(data)
    assert (refusal.value.reason, refusal.value.status, refusal.value.field) == (reason, 422, "file")
    assert not files_root.exists()


def test_take_in_refuses_more_than_the_limit_without_opening_it():
    upload = SimpleUploadedFile("a.pdf", b"%PDF-")
    upload.size = limits.SENT_BYTES + 1
    with pytest.raises(FileRefusedError, match="larger than 20 MB"):
        take_in(upload, shelf="tests")


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(reason: Reason):
    sentence = str(FileRefusedError(reason))
    assert sentence.endswith(".")
    assert "{" not in sentence
