"""Which exceptions are there, and for whom does each of them make a difference?"""

from django.db.models import Q, QuerySet

from congress.core import wall
from congress.core.labels import readable_by
from congress.core.paging import Page, page
from members.models import Member
from notices import policies
from notices.models import AccessException, AccessExceptionQuerySet, Effect, Notice
from notices.queries.reach import WHY, Shift, people, strangers_to

NAMES = "notice", "member", "organisation", "made_by", "ended_by"


def touched_by(exception: AccessException) -> QuerySet[Member]:
    """Return the listed members for whom an exception decides, in force or about to be: they read by it, or do not.

    Those who know the notice by their part in it are left out: for them it changes nothing.
    """
    others = exception.notice.exceptions.in_force().exclude(pk=exception.pk or 0).filter(effect=Effect.DENY)
    reading = policies.readers(exception.notice, without=exception)
    meant = strangers_to(exception.notice, Member.objects.listed().filter(_target(exception)))
    if exception.effect == Effect.DENY:
        return meant.filter(pk__in=reading.values("pk"))
    return meant.exclude(pk__in=reading.values("pk")).exclude(policies.meant_by(others))


def _target(exception: AccessException) -> Q:
    if exception.member_id:
        return Q(pk=exception.member_id)
    if exception.organisation_id:
        return Q(organisation=exception.organisation_id)
    return Q(country=exception.country)


def shift_by(viewer: Member, exception: AccessException, *, ending: bool = False) -> Shift:
    """Return who gains and who loses by an exception when it is made, or when it ends; four queries."""
    with wall.reading_as_portal(WHY):
        touched = people(viewer, touched_by(exception))
        nobody = people(viewer, Member.objects.none())
    gains = (exception.effect == Effect.GRANT) != ending
    return Shift(touched, nobody) if gains else Shift(nobody, touched)


def exceptions_in_force(viewer: Member, number: str = "", after: str = "") -> Page[AccessException]:
    """Return a page of the exceptions in force, those that end soonest first, of all notices or of one; one query.

    Raises: BadCursorError.
    """
    rows = _seen(viewer, number).in_force().select_related(*NAMES)
    return page(rows, order=("until", "pk"), after=after)


def ended_exceptions(viewer: Member, number: str = "", after: str = "") -> Page[AccessException]:
    """Return a page of the exceptions that were ended or have lapsed, the latest made first; one query.

    Raises: BadCursorError.
    """
    rows = _seen(viewer, number).exclude(pk__in=AccessException.objects.in_force()).select_related(*NAMES)
    return page(rows, order=("-made_at", "-pk"), after=after)


def _seen(viewer: Member, number: str) -> AccessExceptionQuerySet:
    if not policies.can_list_exceptions(viewer):
        return AccessException.objects.none()
    theirs = policies.visible_to(viewer) | policies.withdrawable_by(viewer)
    rows = AccessException.objects.filter(notice__in=theirs)
    return rows.filter(notice__number=number.upper()) if number else rows


def exceptions_of(notice: Notice) -> list[AccessException]:
    """Return the exceptions in force of one notice, those that end soonest first; one query."""
    return list(notice.exceptions.in_force().select_related(*NAMES).order_by("until", "pk"))


def own_exception(viewer: Member, notice: Notice) -> AccessException | None:
    """Return the exception by which alone a viewer reads a notice, the one that lasts longest; up to two queries."""
    if viewer.pk in notice.people_of_record:
        return None
    theirs = Q(member=viewer) | Q(organisation=viewer.organisation_id or 0)
    if viewer.country:
        theirs |= Q(country=viewer.country)
    granted = notice.exceptions.in_force().filter(theirs, effect=Effect.GRANT).order_by("-until").first()
    if granted is None:
        return None
    addressed = policies.visible_to(viewer).filter(readable_by(viewer.reader), pk=notice.pk)
    return None if addressed.exists() else granted
