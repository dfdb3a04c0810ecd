"""Whose data may somebody have a copy of? Their own."""

from members.models import DataCopy, DataCopyQuerySet, Member


def own_copies(viewer: Member) -> DataCopyQuerySet:
    """Return the copies that exist for this viewer: those of their own data."""
    return DataCopy.objects.filter(member=viewer)
