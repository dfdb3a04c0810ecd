"""How large is a kept picture? A page holds its place by it, so that nothing jumps when it arrives."""

import io

from PIL import Image

from congress.core.files import store


def dimensions_of(key: str) -> tuple[int, int]:
    """Return width and height in pixels of a picture that the portal encoded itself. Raises: FileLostError."""
    with Image.open(io.BytesIO(b"".join(store.open_range(key)))) as picture:
        return picture.size
