"""Which meetings, sessions and registrations exist for whom, and who may organise?"""

from django.db.models import Q, QuerySet

from congress.core.labels import Tlp
from congress.core.roles import Permission
from events.models import Appearance, CalendarFeed, Meeting, MeetingQuerySet, Registration, Release, Slot, Speaker
from members.models import Member


def visible_to(viewer: Member | None) -> MeetingQuerySet:
    """Return the meetings that exist for a viewer; None is a visitor, who knows announced ones too."""
    if viewer is not None and viewer.may(Permission.ORGANISE_MEETINGS):
        return Meeting.objects.all()
    return Meeting.objects.announced()


def slots_visible_to(viewer: Member | None) -> QuerySet[Slot]:
    """Return the slots of the programmes in force that exist for a viewer.

    A visitor knows TLP:CLEAR sessions only; a member all but TLP:RED ones, which are for those who speak in them
    (and for the organisers, who place them). Source: FIRST TLP 2.0.
    """
    slots = Slot.objects.filter(release__in=Release.objects.latest_released(), release__meeting__in=visible_to(viewer))
    if viewer is None or not viewer.may(Permission.ATTEND_MEETINGS):
        return slots.filter(session__tlp=Tlp.CLEAR)
    if viewer.may(Permission.ORGANISE_MEETINGS):
        return slots
    own = Appearance.objects.filter(speaker__member=viewer)
    return slots.filter(~Q(session__tlp=Tlp.RED) | Q(session__in=own.values("session")))


def speakers_visible_to(viewer: Member | None) -> QuerySet[Speaker]:
    """Return the speakers who exist for a viewer: those of the sessions that do."""
    sessions = slots_visible_to(viewer).values("session")
    return Speaker.objects.filter(pk__in=Appearance.objects.filter(session__in=sessions).values("speaker"))


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


def feeds_of(viewer: Member) -> QuerySet[CalendarFeed]:
    """Return the addresses of a member's own calendars; nobody sees another's."""
    return CalendarFeed.objects.filter(member=viewer)


def can_make_feed(viewer: Member) -> bool:
    """Whoever takes part in meetings, with a second factor set, may let a calendar read of them."""
    return viewer.may(Permission.ATTEND_MEETINGS) and viewer.has_second_factor
