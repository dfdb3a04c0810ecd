"""How does a JPEG inside a document lose its metadata without being encoded anew?"""

import struct

START, SCAN = b"\xff\xd8", 0xDA
ADOBE = 0xEE  # says how the colours are meant
COMMENT = 0xFE
APPLICATIONS = range(0xE1, 0xF0)


def without_metadata(data: bytes) -> bytes:
    """Return a JPEG without comments and application data, and without what was appended; anything else as it is."""
    if not data.startswith(START):
        return data
    kept, place = [START], 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != SCAN:
        marker, length = data[place + 1], struct.unpack_from(">H", data, place + 2)[0]
        if not _is_metadata(marker):
            kept.append(data[place : place + 2 + length])
        place += 2 + max(length, 2)
    end = data.rfind(b"\xff\xd9")
    return b"".join([*kept, data[place : end + 2 if end > place else None]])


def _is_metadata(marker: int) -> bool:
    return marker == COMMENT or (marker in APPLICATIONS and marker != ADOBE)
