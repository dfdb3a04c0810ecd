"""Which searches of the directory do members keep, and who is new in them?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from congress.core.searches import KeptSearch


class SavedSearch(KeptSearch):
    """A search of the directory that a member keeps under a name, and when they last looked."""

    looked_on = models.DateField()
    # Of those who joined on that very day, so many were on the list when the member looked.
    seen_count = models.PositiveIntegerField(default=0)

    class Meta(KeptSearch.Meta):
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(fields=["member", "name"], name="members_savedsearch_once"),
        ]
