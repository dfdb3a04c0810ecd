"""In which meetings and sessions did a member take part, as far as a reader knows of them?"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from congress.core.gathered import Line, gathers
from events.models import Part, Registration, RegistrationState
from events.policies import slots_visible_to, visible_to
from members.models import Member


@gathers("meetings")
def meetings_attended(viewer: Member, member: Member, at: datetime) -> Iterable[Line]:
    """Yield the meetings at which a member was, the latest first; one query."""
    attended = Registration.objects.filter(
        member=member, state=RegistrationState.ATTENDED, meeting__in=visible_to(viewer), meeting__starts_on__lte=at
    )
    rows = attended.order_by("-meeting__starts_on", "-pk").select_related("meeting")
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
    for slot in speaking.filter(spoken_by=member.pk).order_by("-starts_at", "-pk").select_related("session__meeting"):
        address = {"slug": slot.session.meeting.slug, "public_id": slot.session.public_id}
        note = str(Part(slot.part).label)
        yield Line(slot.session.title, "events:session", address, note=note, on=slot.starts_at.date())
