"""Moves everything that is sealed at rest to the newest key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from congress.core import wall
from congress.core.crypto import UnreadableSecretError
from congress.core.sealed import columns


class Command(BaseCommand):
    """Seal anew, column by column, while the portal runs."""

    help = "Seals every secret of the database with the first of FIELD_KEYS. Files keep the key that they have."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one thing that can be asked."""
        parser.add_argument("what", choices=["reseal"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Reseal. Raises: CommandError with the column whose value no key opens."""
        with wall.reading_as_portal("sealing anew"):
            for column in columns():
                name = f"{column.table}.{column.column}{f'.{column.key}' if column.key else ''}"
                try:
                    self.stdout.write(f"{name}: {column.reseal()} moved to the newest key")
                except UnreadableSecretError as error:
                    raise CommandError(f"{name}: none of FIELD_KEYS opens one value.") from error
