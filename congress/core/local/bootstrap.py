"""How does a machine with nothing but Python get the project's environment? Standard library only.

Any Python runs it as `python3 congress/core/local/bootstrap.py local|dev`, also one too old for the project,
which it then says. It makes `.venv`, installs the hashed requirements and remembers which ones, so that the
next run installs nothing.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "installed"
INSTALLER = ENVIRONMENT / "installer"
SETS = ("local", "dev")  # each contains the one before
OLDEST = (3, 11)
UV_NAMES = {"index-url": "UV_DEFAULT_INDEX", "find-links": "UV_FIND_LINKS", "cert": "SSL_CERT_FILE"}


def main(wanted: str) -> None:
    """Make `.venv` hold at least the wanted set of requirements."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"Congress needs Python 3.11 or newer, and {sys.executable} is {sys.version.split()[0]}. "
            "Name a newer one, for example: make run PYTHON=python3.11"
        )
    with alone():
        present = remembered()
        target = max(wanted, present or wanted, key=SETS.index)
        if present != target or STAMP.read_text() != stamp(target) or not works(PYTHON):
            install(target)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold a lock on the checkout, so that two commands do not install at the same time."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def remembered() -> str | None:
    """Return the set that was installed last, perhaps from an older lock."""
    name = STAMP.read_text().split()[0] if STAMP.is_file() else ""
    return name if name in SETS else None


def stamp(name: str) -> str:
    """Return what an up-to-date environment remembers about a set."""
    return f"{name} {hashlib.sha256(lock(name).read_bytes()).hexdigest()}\n"


def lock(name: str) -> Path:
    """Return the file with a set's hashed requirements."""
    return ROOT / "requirements" / f"{name}.txt"


def works(python: Path) -> bool:
    """Tell whether an environment's Python still starts and has pip: its base may have been replaced."""
    with contextlib.suppress(OSError):
        return subprocess.run([python, "-c", "import pip"], stderr=subprocess.DEVNULL, check=False).returncode == 0
    return False


def install(name: str) -> None:
    """Make the environment and bring it exactly to a set; uv does it fast, pip does it anyway."""
    began = time.monotonic()
    print(f"Installing the {name} requirements into .venv ...", flush=True)
    make_environment()
    STAMP.unlink(missing_ok=True)
    if not install_with_uv(name):
        print("uv is not to be had here; pip takes its place and needs about a minute.", flush=True)
        install_with_pip(name)
    STAMP.write_text(stamp(name))
    print(f"Installed in {time.monotonic() - began:.0f} s.", flush=True)


def make_environment() -> None:
    """Make `.venv` with pip in it, replacing one that no longer starts."""
    try:
        import ensurepip  # noqa: F401, PLC0415 (Debian ships it separately)
    except ImportError:
        version = "{}.{}".format(*sys.version_info)
        sys.exit(
            "This Python cannot make virtual environments: its module 'ensurepip' is missing. On Debian and "
            f"Ubuntu: apt-get install python{version}-venv. Then try again."
        )
    if not works(PYTHON):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)


def install_with_uv(name: str) -> bool:
    """Synchronise with uv; answer False where uv cannot be installed or does not manage."""
    try:
        command = [*uv(), "pip", "sync", "--quiet", "--python", str(PYTHON)]
        options = ["--require-hashes", "--only-binary", ":all:", str(lock(name))]
        subprocess.run(command + options, env=uv_environment(), check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"uv: {error}", file=sys.stderr)
        return False
    return True


def install_with_pip(name: str) -> None:
    """Install with pip, and stop with one sentence where even that fails."""
    try:
        pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock(name)))
    except subprocess.CalledProcessError:
        sys.exit("The requirements could not be installed; pip says why above. Is a package index reachable?")


def uv() -> list[str]:
    """Return the command of uv, installed beside the environment from its own hashes in the lock."""
    program = INSTALLER / "bin" / "uv"
    if not program.exists():
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as only_uv:
            only_uv.write(requirement("uv"))
            only_uv.flush()
            options = ["--require-hashes", "--only-binary", ":all:", "--target", str(INSTALLER)]
            pip("install", *options, "-r", only_uv.name)
    return [str(program)]


def requirement(name: str) -> str:
    """Return one requirement of the development lock with its hashes."""
    blocks = lock("dev").read_text().replace("\\\n", " ").splitlines()
    return next(block for block in blocks if block.startswith(f"{name}=="))


def pip(*arguments: str) -> None:
    """Run the environment's own pip, quietly."""
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    subprocess.run([PYTHON, "-m", "pip", arguments[0], *quiet, *arguments[1:]], check=True)


def uv_environment() -> dict[str, str]:
    """Return an environment in which uv uses the index, links and certificates of pip's configuration."""
    configured = pip_configuration()
    chosen = {uv_name: configured[name] for name, uv_name in UV_NAMES.items() if name in configured}
    chosen["UV_FIND_LINKS"] = ",".join(chosen.get("UV_FIND_LINKS", "").split())
    chosen["UV_INDEX"] = configured.get("extra-index-url", "")
    chosen["UV_INSECURE_HOST"] = configured.get("trusted-host", "")
    chosen["UV_NO_INDEX"] = configured.get("no-index", "")
    chosen["UV_INDEX_STRATEGY"] = "unsafe-best-match"  # as pip does; the hashes decide what is accepted
    chosen["UV_PYTHON_DOWNLOADS"] = "never"
    if not os.access(Path.home(), os.W_OK):
        chosen["UV_NO_CACHE"] = "1"
    given = {name: value for name, value in chosen.items() if value}
    return {**given, **os.environ}


def pip_configuration() -> dict[str, str]:
    """Return pip's settings by option; what the environment says comes after the files and wins."""
    command = [str(PYTHON), "-m", "pip", "config", "list"]
    listing = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = [line.partition("=") for line in listing.splitlines()]
    ordered = sorted(rows, key=lambda row: row[0].startswith(":env:"))
    return {key.rpartition(".")[2]: " ".join(shlex.split(value)) for key, _, value in ordered}


if __name__ == "__main__":
    main(sys.argv[1])
