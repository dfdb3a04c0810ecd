"""Bring a database to the state that this version of the portal needs."""

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from congress.core.provision import provision, roles_are_one


class Command(BaseCommand):
    """`manage.py provision`: once per installed version, before its processes start."""

    help = "Migrates as the database's owner and sets the rights of the application's role."

    def handle(self, *args: object, **options: object) -> None:
        """Provision, and say aloud when one role does both jobs."""
        try:
            provision(verbosity=int(str(options["verbosity"])))
            one = roles_are_one()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        if one:
            self.stderr.write(self.style.WARNING("WARNING: " + ONE_ROLE))
        if options["verbosity"]:
            self.stdout.write("The database is up to date.")


ONE_ROLE = (
    "the application connects as the owner of the database, so nothing but good manners keeps it from changing "
    "its journal. Fine for a demonstration; give two roles otherwise."
)
