"""Checks whether the journal is what was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from congress.core import journal
from congress.core.models import Entry, Seal


class Command(BaseCommand):
    """Walk the whole chain of seals and say what does not fit."""

    help = "Verifies the journal's chain of seals; exits with an error at the first entry that was changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one thing that can be asked."""
        parser.add_argument("what", choices=["verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify. Raises: CommandError with the first seal that does not fit."""
        if broken := journal.first_broken_seal():
            raise CommandError(f"Entry {broken.entry_id} or the chain before it was changed: seal {broken.pk} differs.")
        sealed, unsealed = Seal.objects.count(), Entry.objects.filter(seal__isnull=True).count()
        newest = Seal.objects.order_by("-pk").values_list("digest", flat=True).first() or "none"
        self.stdout.write(
            f"{sealed} entries are as they were sealed, {unsealed} wait for a seal. Newest seal: {newest}"
        )
