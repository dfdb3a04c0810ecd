"""Writes docs/permissions.md from the code."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from congress.core.doors import project_doors
from congress.core.permissions_page import render


class Command(BaseCommand):
    """Print who may do what, or write it where the documentation keeps it."""

    help = "Writes docs/permissions.md from roles, standings and doors."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page."""
        (settings.BASE_DIR / "docs" / "permissions.md").write_text(render(project_doors()))
