"""What do the pages of a lost second factor show?"""

from django.db.models import QuerySet

from congress.core.identifiers import token_digest
from members.models import Member, Recovery, RecoveryShare
from members.policies import own_recoveries, shares_visible_to


def parts_to_hand_over(viewer: Member) -> QuerySet[RecoveryShare]:
    """Return the parts that wait for this viewer, the oldest first, with the members loaded."""
    return shares_visible_to(viewer).select_related("recovery__member__organisation").order_by("recovery_id", "pk")


def running_recovery(member: Member) -> Recovery | None:
    """Return what is under way for somebody who has shown their password, with the shares and helpers loaded."""
    return own_recoveries(member).prefetch_related("shares__helper").first()


def recovery_to_stop(token: str) -> Recovery | None:
    """Return the recovery that a mailed link stops, or None: unknown, over, or of somebody shut out since."""
    return Recovery.objects.running().filter(stop_digests__contains=[token_digest(token)]).first()
