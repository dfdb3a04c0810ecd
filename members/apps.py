"""The members package as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """People: their identity, standing, roles, profile, and the vetting that let them in."""

    name = "members"
    verbose_name = _("Members")
