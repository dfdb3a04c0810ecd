"""The events package as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Meetings: programme, speakers, registration."""

    name = "events"
    verbose_name = _("Meetings")
