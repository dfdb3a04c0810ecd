"""In which meetings and sessions did a member take part, as far as a reader knows of them?"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, QuerySet

from congress.core.gathered import FACETS, Facet, Line, gathers
from events.models import MeetingQuerySet, Part, Registration, RegistrationState
from events.policies import slots_visible_to, visible_to
from members.models import Member, today


def _begun(viewer: Member) -> MeetingQuerySet:
    return visible_to(viewer).filter(starts_on__lte=today())


def _attended(viewer: Member) -> QuerySet[Registration]:
    return Registration.objects.filter(state=RegistrationState.ATTENDED, meeting__in=_begun(viewer))


def _names(viewer: Member) -> dict[str, str]:
    return dict(_begun(viewer).order_by("-starts_on", "-pk").values_list("slug", "title"))


# Who is found by a meeting is who has it on the profile: both are made of the same rows.
FACETS["meetings"] = Facet("meeting__slug", _attended, _names)

# What a line about a session says; the rows hold much more.
SAID = ("starts_at", "session__public_id", "session__title", "session__meeting__slug")


@gathers("meetings")
def meetings_attended(viewer: Member, member: Member, at: datetime) -> Iterable[Line]:
    """Yield the meetings at which a member was, the latest first; one query."""
    rows = _attended(viewer).filter(member=member).order_by("-meeting__starts_on", "-pk").select_related("meeting")
    for meeting in (row.meeting for row in rows):
        yield Line(meeting.title, "events:meeting", {"slug": meeting.slug}, note=meeting.city, on=meeting.starts_on)


@gathers("sessions")
def sessions_spoken_at(viewer: Member, member: Member, at: datetime) -> Iterable[Line]:
    """Yield the sessions in which a member has spoken, the latest first; one query.

    Without those held under the Chatham House Rule: their programme names who speaks to who is there, and a profile
    would tell it to who was not.
    """
    placed = slots_visible_to(viewer).filter(starts_at__lte=at, session__is_chatham_house=False)
    speaking = placed.annotate(
        part=F("session__appearances__part"), spoken_by=F("session__appearances__speaker__member")
    )
    said = speaking.filter(spoken_by=member.pk).select_related("session__meeting").only(*SAID)
    for slot in said.order_by("-starts_at", "-pk"):
        address = {"slug": slot.session.meeting.slug, "public_id": slot.session.public_id}
        note = str(Part(slot.part).label)
        yield Line(slot.session.title, "events:session", address, note=note, on=slot.starts_at.date())
