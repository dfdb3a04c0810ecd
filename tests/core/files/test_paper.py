"""What becomes of a kept picture on its way to paper?"""

import io
import re
from base64 import b64decode

import pytest
from PIL import Image

from congress.core.files import store
from congress.core.files.errors import FileLostError
from congress.core.files.paper import on_paper
from tests.core.files import corpus

DRAWING = re.compile(
    r'<svg xmlns="http://www.w3.org/2000/svg" width="(\d+)" height="(\d+)">'
    r'<image width="\1" height="\2" href="data:image/jpeg;base64,([A-Za-z0-9+/=]+)"/></svg>'
)


def drawn(key: str) -> Image.Image:
    """Return the picture in a drawing, which says its size."""
    found = DRAWING.fullmatch(on_paper(key))
    assert found
    picture = Image.open(io.BytesIO(b64decode(found[3])))
    assert picture.size == (int(found[1]), int(found[2]))
    return picture


@pytest.mark.parametrize(
    ("size", "on_page"), [((40, 20), (20, 40)), ((2800, 1000), (500, 1400)), ((1400, 1400), (1400, 1400))]
)
def test_on_paper_makes_large_pictures_as_fine_as_print_and_leaves_small_ones(take, size, on_page):
    assert drawn(take(corpus.photo(size=size)).key).size == on_page


def test_on_paper_puts_clear_places_on_white(take):
    clear = io.BytesIO()
    Image.new("RGBA", (8, 8), (200, 0, 0, 0)).save(clear, "PNG")
    picture = drawn(take(clear.getvalue()).key)
    assert (picture.format, picture.getpixel((4, 4))) == ("JPEG", (255, 255, 255))


def test_on_paper_says_that_a_picture_is_lost(take):
    key = take(corpus.photo()).key
    store.delete(key)
    with pytest.raises(FileLostError):
        on_paper(key)
