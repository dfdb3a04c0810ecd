"""The shared core as a Django app."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules

from congress.core.wall import on_connection


class CoreConfig(AppConfig):
    """Holds the journal and the vocabulary of the network; imports no package."""

    name = "congress.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the wall tell each new connection who reads; load what the packages tell of members on their profiles."""
        connection_created.connect(on_connection, dispatch_uid="congress.core.wall")
        autodiscover_modules("queries")
