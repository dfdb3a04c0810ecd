"""What does this process read from its environment, and what does it say when something is missing?"""

import os
import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

BASE_DIR = Path(__file__).resolve().parents[2]
SOCKET_ADDRESS = re.compile(r"tcp://[^/:]+:[0-9]+|unix:///.+")
HOME = Path(os.environ.get("CONGRESS_HOME") or BASE_DIR)
LOCAL = HOME / ".local"

# `make run` leaves its choices here, so that commands in another shell reach the same portal.
if (LOCAL / "environment").is_file():
    environ.Env.read_env(str(LOCAL / "environment"))


class Mode(StrEnum):
    """What this installation is for: only demonstration and test may hold invented people."""

    PRODUCTION = "production"
    DEMONSTRATION = "demonstration"
    TEST = "test"


def text(name: str, *, hint: str) -> str:
    """Return a required variable. Raises: ImproperlyConfigured with the hint when it is missing or empty."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {hint}. See docs/operations.md, or start with 'make run'.")
    return value


def optional(name: str) -> str:
    """Return a variable, or the empty string."""
    return os.environ.get(name, "")


def folder(name: str, default: Path | None, *, hint: str) -> Path:
    """Return a folder. Raises: ImproperlyConfigured with the hint when it is missing and there is no default."""
    return Path(optional(name) or default or text(name, hint=hint))


def flag(name: str, *, default: bool = False) -> bool:
    """Return whether a variable is switched on; what is set to anything but 1, true, yes or on is off."""
    return (os.environ.get(name) or str(default)).lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Return a whole number. Raises: ImproperlyConfigured when it is not one."""
    try:
        return int(os.environ.get(name) or default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from error


def words(name: str, *, hint: str) -> list[str]:
    """Return a required comma-separated list without empty parts."""
    return [word for part in text(name, hint=hint).split(",") if (word := part.strip())]


def mode() -> Mode:
    """Return the installation's mode. Raises: ImproperlyConfigured on an unknown or missing one."""
    value = text("CONGRESS_MODE", hint="production, demonstration or test")
    try:
        return Mode(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"CONGRESS_MODE is {value!r}: say production, demonstration or test.") from error


def database(url: str, *, session: str = "", **options: Any) -> dict[str, Any]:
    """Return a Django database entry; libpq itself reads the address, so sockets and options work.

    Each of its sessions begins with these settings ("-c name=value"), beside those of the address.
    """
    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    parts["options"] = f"{parts.get('options', '')} {session}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {**parts, **options},
    }


def socket_address(name: str) -> str:
    """Return where a server listens, or the empty string. Raises: ImproperlyConfigured when it is no such address."""
    value = optional(name)
    if value and not SOCKET_ADDRESS.fullmatch(value):
        raise ImproperlyConfigured(f"{name} is {value!r}: say tcp://host:port or unix:///path.")
    return value


def broker(url: str) -> str:
    """Return a Redis address as Celery's transport writes it: unix sockets have a scheme of their own there."""
    if not url.startswith("unix://"):
        return url
    path, _, query = url.removeprefix("unix://").partition("?")
    return f"redis+socket://{path}?virtual_host={query.removeprefix('db=') or '0'}"


def mail(url: str) -> dict[str, Any]:
    """Return Django's EMAIL_* values for an smtp:// or smtp+tls:// address."""
    return dict(environ.Env.email_url_config(url))
