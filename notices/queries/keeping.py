"""Which notices has somebody looked at in time?"""

from datetime import date

from django.db.models import Q


def not_overdue(today: date) -> Q:
    """Return what holds for notices whose day of review is not past: others are pushed on nobody."""
    return Q(review_on__isnull=True) | Q(review_on__gte=today)
