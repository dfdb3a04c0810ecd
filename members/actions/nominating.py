"""How does a focal point invite somebody to apply, without learning who is with the network already?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import permit
from members.models import Application, Knock, Member, Organisation
from members.policies import can_nominate

NOMINATED = journal.event("members.person.nominated", _("A focal point invited somebody to apply."))


@transaction.atomic
def nominate(email: str, *, by: Member, at: datetime) -> Knock:
    """Note that a focal point invites the person behind an address; known and unknown ones cost the same.

    Raises: NotPermittedError.
    """
    permit(can_nominate(by))
    made = Knock.objects.create(email=email.lower(), knocked_at=at, invited_by=by)
    journal.record(NOMINATED, target=made, by=by, at=at, organisation=by.organisation_id)
    return made


def take_invitation(application: Application, *, by: Member, at: datetime) -> None:
    """Fill in the organisation that invites, and let the invitation stand for both sponsors.

    Nothing changes once the application is sent, or where the applicant said already that they work elsewhere; an
    invitation that stands is not taken over by another. The focal point is asked again: the role may have ended since.
    """
    focal_point = Member.objects.with_rights(at).select_related("organisation").get(pk=by.pk)
    body, locked = focal_point.organisation, Application.objects.select_for_update().get(pk=application.pk)
    if body is None or not can_nominate(focal_point) or not _is_open_to(locked, body):
        return
    locked.nominated_by, locked.nominated_at = focal_point, at
    locked.organisation, locked.organisation_name = body, body.name
    locked.sector, locked.country = body.sector, body.country
    named = ["nominated_by", "nominated_at", "organisation", "organisation_name", "sector", "country"]
    locked.save(update_fields=named)


def _is_open_to(application: Application, body: Organisation) -> bool:
    is_free = application.allows("expire") and application.nominated_by_id is None
    return is_free and application.organisation_name in {"", body.name}
