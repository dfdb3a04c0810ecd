"""What do tests of files find: a store of their own, and a way to send a file."""

import os
import resource
import subprocess
from collections.abc import Iterator
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


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of one megabyte; where it can't be mounted, a limit on what the process may write."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(mounted)]
    if os.geteuid() == 0 and subprocess.run(command, check=False, capture_output=True).returncode == 0:
        yield mounted
        subprocess.run(["umount", "--lazy", mounted], check=True)
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024 * 1024, before[1]))
    yield mounted
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
