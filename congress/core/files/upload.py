"""How does a file arrive, so that one that is too large, or finds no room, is still answered in words?"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from congress.core.files import limits
from congress.core.files.errors import FULL


class SpooledFile(TemporaryUploadedFile):
    """A sent file in a temporary place, perhaps not all of it."""

    had_no_room = False

    @contextmanager
    def noticing_full_disk(self) -> Iterator[None]:
        """Remember that the disk was full instead of failing: what is written may also wait until it is closed."""
        try:
            yield
        except OSError as error:
            if error.errno not in FULL:
                raise
            self.had_no_room = True

    def close(self) -> None:
        """Forget the file."""
        with self.noticing_full_disk():
            super().close()


class SpoolingHandler(FileUploadHandler):
    """Writes each file to a temporary place, and reads on without writing when it is too large or there is no room.

    Whoever closes the connection in the middle of a request shows people a broken page instead of a sentence.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 (Django's name for it)
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Refuse at once what no form of the portal sends. Raises: RequestDataTooBig."""
        if content_length > limits.REQUEST_BYTES:
            raise RequestDataTooBig("More than a form may hold, files included.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.file = SpooledFile(self.file_name or "", self.content_type, 0, self.charset, self.content_type_extra)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, unless it could only be thrown away later."""
        if start <= limits.SENT_BYTES and not self.file.had_no_room:
            with self.file.noticing_full_disk():
                self.file.write(raw_data)

    def file_complete(self, file_size: int) -> SpooledFile:
        """Return the file with the size that was sent, which may be more than was written."""
        with self.file.noticing_full_disk():
            self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """Forget a file whose sender went away."""
        if hasattr(self, "file"):
            self.file.close()
