"""Why is a file refused? Known without Django, because the process that opens files loads as little as it can."""

from enum import StrEnum


class Reason(StrEnum):
    """One word for each refusal; errors.py has the sentences."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_KIND = "unknown_kind"
    NO_PICTURE = "no_picture"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    OLD_OFFICE = "old_office"
    MACROS = "macros"
    OBJECTS = "objects"
    ANIMATED = "animated"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MUCH_INSIDE = "too_much_inside"
    TOO_DEMANDING = "too_demanding"


class RefusalError(Exception):
    """A file is not taken, for one reason."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)
