"""How does a member's photograph come into their profile, and out of it?"""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from congress.core import journal
from congress.core.errors import permit
from congress.core.files import store
from congress.core.files.intake import take_photograph
from congress.core.identifiers import public_id
from members.actions.profiles import CHANGED
from members.models import Member, Profile
from members.policies import can_edit_profile

# Whose files they are in the store, and the sides of the squares: on a profile, and in a list; twice what is drawn.
SHELF = "members"
SIDES = (480, 96)


def set_photograph(member: Member, upload: "UploadedFile[Any]", *, by: Member, at: datetime) -> Profile:
    """Take a sent picture in as the photograph of a member; the bytes of the one before are swept away.

    Drawing takes a second or more, so it comes before the lock. Raises: NotPermittedError, and what `take_photograph`
    raises.
    """
    permit(can_edit_profile(by, member))
    large, small = take_photograph(upload, shelf=SHELF, sides=SIDES)
    try:
        return _keep(member, (public_id(), large, small), by=by, at=at)
    except BaseException:
        store.delete(large)
        store.delete(small)
        raise


def remove_photograph(member: Member, *, by: Member, at: datetime) -> Profile:
    """Take the photograph of a member away; its bytes are swept away. Raises: NotPermittedError."""
    permit(can_edit_profile(by, member))
    return _keep(member, ("", "", ""), by=by, at=at)


@transaction.atomic
def _keep(member: Member, kept: tuple[str, str, str], *, by: Member, at: datetime) -> Profile:
    Member.objects.select_for_update().get(pk=member.pk)
    profile, _made = Profile.objects.get_or_create(member=member)
    profile.photograph, profile.photograph_large, profile.photograph_small = kept
    profile.save(update_fields=["photograph", "photograph_large", "photograph_small"])
    journal.record(CHANGED, target=member, by=by, at=at, fields=["photograph"])
    return profile
