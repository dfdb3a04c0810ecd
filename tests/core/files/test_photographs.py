"""Does a photograph become squares of nothing but pixels, and is everything else refused?"""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from congress.core.files import store
from congress.core.files.errors import FileRefusedError
from congress.core.files.intake import take_photograph
from congress.core.files.refusal import Reason
from tests.core.files import corpus

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'


def drawn(data: bytes) -> list[bytes]:
    keys = take_photograph(SimpleUploadedFile("a.jpg", data, "image/jpeg"), shelf="tests", sides=(64, 16))
    return [b"".join(store.open_range(key)) for key in keys]


def of_megapixels(count: int) -> bytes:
    new = io.BytesIO()
    Image.new("1", (count * 1000, 1000)).save(new, "PNG")
    return new.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_photograph_becomes_squares_without_a_trace(kind):
    for data, side in zip(drawn(corpus.photo(kind, (400, 200))), (64, 16), strict=True):
        assert corpus.PLANTED.encode() not in data
        with Image.open(io.BytesIO(data)) as picture:
            assert (picture.format, picture.size, picture.mode) == ("JPEG", (side, side), "RGB")
            assert (dict(picture.getexif()), picture.info.keys() & {"icc_profile", "xmp", "comment"}) == ({}, set())


def test_what_is_clear_in_a_photograph_becomes_white():
    new = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(new, "PNG")
    with Image.open(io.BytesIO(drawn(new.getvalue())[0])) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (SVG, Reason.NO_PICTURE),
        (corpus.pdf(), Reason.NO_PICTURE),
        (b"", Reason.EMPTY),
        (corpus.moving("GIF"), Reason.ANIMATED),
        (corpus.moving("WEBP"), Reason.ANIMATED),
        (of_megapixels(100), Reason.TOO_MANY_PIXELS),
        (corpus.photo()[:400], Reason.UNREADABLE),
    ],
    ids=["svg", "pdf", "empty", "moving gif", "moving webp", "100 megapixels", "cut"],
)
def test_what_is_no_photograph_is_refused_and_nothing_kept(files_root, data, reason):
    with pytest.raises(FileRefusedError) as refused:
        drawn(data)
    assert refused.value.reason == reason
    assert [path for path in files_root.rglob("*") if path.is_file()] == []
