"""How is a digest opened by hand?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from notices import actions
from notices.tasks import due_digest, open_digest


class Command(BaseCommand):
    """Open the digest of this week if it is due, or an extra one now."""

    help = "Open the weekly digest if it is due; with --now, open an extra one for everything since the last."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and whether to wait for Monday."""
        parser.add_argument("what", choices=["open"])
        parser.add_argument("--now", action="store_true", help="do not wait for Monday morning")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open it, and say what happened."""
        self.stdout.write(_opened_now() if options["now"] else _opened_if_due())


def _opened_now() -> str:
    now = timezone.now()
    entry = actions.open_digest(f"{now:%Y-%m-%dT%H:%M:%S}", until=now, at=now)
    return "The digest is open; the worker sends it." if entry else "A digest was opened this very second."


def _opened_if_due() -> str:
    if due_digest(timezone.now()) is None:
        return "No digest is due: it opens on Monday at 06:00 UTC. Use --now to open an extra one."
    return "The digest is open; the worker sends it." if open_digest() else "The digest of this week is open already."
