"""Which meetings, sessions and registrations exist for whom, and who may organise?"""

from django.db.models import QuerySet

from congress.core.labels import Tlp
from congress.core.roles import Permission
from events.models import Meeting, MeetingQuerySet, Registration, Slot
from members.models import Member


def visible_to(viewer: Member | None) -> MeetingQuerySet:
    """Return the meetings that exist for a viewer; None is a visitor, who knows announced ones too."""
    if viewer is not None and viewer.may(Permission.ORGANISE_MEETINGS):
        return Meeting.objects.all()
    return Meeting.objects.announced()


def slots_visible_to(viewer: Member | None) -> QuerySet[Slot]:
    """Return the released slots that exist for a viewer: a visitor sees TLP:CLEAR sessions, members all."""
    slots = Slot.objects.filter(release__released_at__isnull=False, release__meeting__in=visible_to(viewer))
    if viewer is not None and viewer.may(Permission.ATTEND_MEETINGS):
        return slots
    return slots.filter(session__tlp=Tlp.CLEAR)


def registrations_visible_to(viewer: Member) -> QuerySet[Registration]:
    """Return the registrations that exist for a viewer: an organiser's are all, a member's their own."""
    if viewer.may(Permission.ORGANISE_MEETINGS):
        return Registration.objects.all()
    return Registration.objects.filter(member=viewer)


def can_register(member: Member, meeting: Meeting) -> bool:
    """Whoever takes part in the network may ask for a seat at an announced meeting."""
    return member.may(Permission.ATTEND_MEETINGS) and meeting.is_announced


def can_withdraw(member: Member, registration: Registration) -> bool:
    """A registration is withdrawn by the person it is for."""
    return registration.member_id == member.pk


def can_organise(member: Member, meeting: Meeting) -> bool:
    """Organisers prepare every meeting; there is no smaller right yet."""
    return member.may(Permission.ORGANISE_MEETINGS)


def can_decide(member: Member, registration: Registration) -> bool:
    """Organisers decide on seats, but not on their own."""
    return member.may(Permission.ORGANISE_MEETINGS) and registration.member_id != member.pk
