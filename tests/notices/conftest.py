"""What do tests of notices find: a store for the files, and a disk that is full, as the tests of files have them."""

from tests.core.files.conftest import files_root, small_disk

__all__ = ["files_root", "small_disk"]
