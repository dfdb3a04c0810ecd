"""Which kinds of institution do the network's members come from?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sector(TextChoices):
    """The five sectors that the network brings together."""

    LAW_ENFORCEMENT = "law_enforcement", _("Law enforcement")
    GOVERNMENT = "government", _("Government")
    INTERNATIONAL_ORGANISATION = "international_organisation", _("International organisation")
    INDUSTRY = "industry", _("Industry")
    ACADEMIA = "academia", _("Academia")
