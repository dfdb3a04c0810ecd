"""What can be done with the whole membership from the command line?"""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members.actions.rosters import AlreadyMembersError, Newcomer, already_members, import_members
from members.actions.search import refreshed
from members.actions.sounds import refresh_sounds
from members.forms import Problem, Roster, read_roster
from members.models import Member


class Command(BaseCommand):
    """Brings an existing network in, and derives anew what the directory searches."""

    help = "The membership: import a list of members, make the keys anew by which names are found."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what can be asked for."""
        asked = parser.add_subparsers(dest="asked", required=True, metavar="import | keys")
        importing = asked.add_parser("import", help="make everybody on a list a member, or nobody")
        importing.add_argument("file", type=Path, help="a CSV file; docs/operations.md names its columns")
        importing.add_argument("--dry-run", action="store_true", help="only say what is wrong")
        asked.add_parser("keys", help="derive search text, name keys and sounds anew; safe while the portal runs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked for."""
        if options["asked"] == "keys":
            self.keys()
        else:
            self.bring_in(options["file"], dry_run=options["dry_run"])

    def keys(self) -> None:
        """Derive the keys of everybody, and say after each batch how far it is; then those of applications."""
        everybody = Member.objects.all()
        total, done = everybody.count(), 0
        for count in refreshed(everybody):
            done += count
            self.stdout.write(f"{done} of {total} members have new keys.")
        self.stdout.write(f"{refresh_sounds()} applications have new keys.")

    def bring_in(self, file: Path, *, dry_run: bool) -> None:
        """Import a list. Raises: CommandError after saying line by line what is wrong."""
        now = timezone.now()
        roster = self.read(file, today=timezone.localdate(now))
        count = len(roster.newcomers)
        self.refuse_known(already_members(roster.newcomers))
        if dry_run:
            self.stdout.write(f"{count} people can be imported. Nothing was changed.")
            return
        try:
            import_members(roster.newcomers, at=now)
        except AlreadyMembersError as error:
            self.refuse_known(error.newcomers)
        self.stdout.write(f"{count} people were imported. Each gets a letter with a link for the first sign-in.")

    def read(self, file: Path, *, today: Any) -> Roster:
        """Return the list if nothing is wrong with it. Raises: CommandError."""
        try:
            roster = read_roster(file.read_bytes(), today=today)
        except OSError as error:
            raise CommandError(f"{file} can't be read: {error.strerror}.") from error
        self.refuse(roster.problems, roster.allowed)
        return roster

    def refuse_known(self, newcomers: Sequence[Newcomer]) -> None:
        """Name those who are members already, if any. Raises: CommandError."""
        self.refuse([Problem(one.line, f"{one.email} belongs to a member already") for one in newcomers], {})

    def refuse(self, problems: Sequence[Problem], allowed: dict[str, list[str]]) -> None:
        """Say what is wrong, if anything. Raises: CommandError."""
        for problem in problems:
            self.stderr.write(str(problem))
        for column, values in sorted(allowed.items()):
            self.stderr.write(f"{column} may be: {', '.join(values)}")
        if problems:
            raise CommandError(f"Nothing was imported: {len(problems)} problems.")
