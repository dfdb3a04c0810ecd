"""What becomes of a picture inside an office file?"""

import io

from PIL import Image

from congress.core.files import images
from congress.core.files.kinds import BEGINNINGS, Family


def redrawn(data: bytes) -> tuple[bytes, str]:
    """Return a picture's pixels encoded anew, with its media type.

    What the portal knows no way to redraw, like the drawings of old Windows programs, becomes one clear pixel, so that
    the document that shows it stays whole.
    """
    if not _is_known(data):
        return _one_clear_pixel(), "image/png"
    new = io.BytesIO()
    kind = images.rewrite(io.BytesIO(data), new, still=True)
    return new.getvalue(), kind.media_type


def _is_known(data: bytes) -> bool:
    starts = [start for start, family in BEGINNINGS.items() if family is Family.IMAGE]
    return data.startswith(tuple(starts)) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _one_clear_pixel() -> bytes:
    new = io.BytesIO()
    Image.new("RGBA", (1, 1)).save(new, format="PNG")
    return new.getvalue()
