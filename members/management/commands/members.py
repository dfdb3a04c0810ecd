"""What can be done with the whole membership from the command line?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from members.actions.search import refreshed
from members.models import Member


class Command(BaseCommand):
    """Derives anew what the directory searches."""

    help = "The membership: make the keys anew by which names are found."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what can be asked for."""
        asked = parser.add_subparsers(dest="asked", required=True, metavar="keys")
        asked.add_parser("keys", help="derive search text and name keys anew; safe while the portal runs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked for."""
        self.keys()

    def keys(self) -> None:
        """Derive the keys of everybody, and say after each batch how far it is."""
        everybody = Member.objects.all()
        total, done = everybody.count(), 0
        for count in refreshed(everybody):
            done += count
            self.stdout.write(f"{done} of {total} members have new keys.")
