"""What do the tools say about the code? All of them run, each is named, and any complaint fails the whole."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

from cryptography.fernet import Fernet

from congress.core.local.console import say
from congress.core.local.home import CHECKOUT

PROGRAMS = Path(sys.prefix) / "bin"
CHECKS: dict[str, tuple[str, ...]] = {
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "imports": ("lint-imports",),
    "templates": ("djlint", "--lint", "--quiet", "templates"),
    "migrations": ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
    "deployment": ("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
    "compose file": ("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
    "Dockerfile": ("hadolint", "Dockerfile"),
}


def run() -> int:
    """Run every check and say of each how it went; return the exit code."""
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    say(
        f"\n{len(CHECKS) - len(failed)} of {len(CHECKS)} checks passed."
        + f" Failed: {', '.join(failed)}." * bool(failed)
    )
    return 1 if failed else 0


def passes(name: str, command: tuple[str, ...]) -> bool:
    """Run one check; print what it said only when it complains."""
    began = time.monotonic()
    answer = subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]],
        cwd=CHECKOUT,
        env={**os.environ, **production()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    say(f"{'passed' if answer.returncode == 0 else 'FAILED'}  {name} ({time.monotonic() - began:.1f} s)")
    if answer.returncode:
        say(answer.stdout)
    return answer.returncode == 0


def production() -> dict[str, str]:
    """Return an environment like that of a real installation; nothing in it is reachable."""
    return {
        "CONGRESS_MODE": "production",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "DATABASE_URL": "postgres://congress_app:-@database.invalid/congress",
        "DATABASE_OWNER_URL": "postgres://congress_owner:-@database.invalid/congress",
        "REDIS_URL": "redis://broker.invalid:6379/0",
        "EMAIL_URL": "smtp://mail.invalid:25",
        "FILES_ROOT": "/nonexistent",
        "SITE_URL": "https://congress.invalid",
        "ALLOWED_HOSTS": "congress.invalid",
        "PROXY_COUNT": "1",
        "DJANGO_SETTINGS_MODULE": "congress.settings",
    }
