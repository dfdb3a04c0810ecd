"""The notices package as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Notices: drafted, cleared, published to an audience, digested."""

    name = "notices"
    verbose_name = _("Notices")
