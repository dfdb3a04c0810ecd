"""How does a kept picture go onto paper?"""

import io
from base64 import b64encode
from typing import Any

from PIL import Image

from congress.core.files import images, store

LONGEST_SIDE = 1400  # some 200 dots an inch across a page
SAVING: dict[str, Any] = {"format": "JPEG", "quality": 80}
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
    '<image width="{width}" height="{height}" href="data:image/jpeg;base64,{jpeg}"/></svg>'
)


def on_paper(key: str) -> str:
    """Return a picture that the portal encoded itself, as fine as print shows it, in a drawing (SVG) of its size.

    A typesetter that takes nothing but text takes that. Raises: FileLostError.
    """
    with Image.open(io.BytesIO(b"".join(store.open_range(key)))) as picture:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        small = images.on_white(picture)
    jpeg = io.BytesIO()
    small.save(jpeg, **SAVING)
    return DRAWING.format(width=small.width, height=small.height, jpeg=b64encode(jpeg.getvalue()).decode())
