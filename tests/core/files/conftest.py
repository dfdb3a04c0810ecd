"""What do tests of files find: a store of their own, and a way to send a file."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congress.core.files.intake import CleanFile, take_in


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path: Path) -> Path:
    root = tmp_path / "store"
    settings.FILES_ROOT = root
    return root


@pytest.fixture
def take():
    def take(data: bytes, name: str = "a.bin") -> CleanFile:
        return take_in(SimpleUploadedFile(name, data, "image/svg+xml"), shelf="tests")

    return take
