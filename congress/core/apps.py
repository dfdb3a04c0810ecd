"""The shared core as a Django app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Holds the journal and the vocabulary of the network; imports no package."""

    name = "congress.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
