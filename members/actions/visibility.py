"""How does a member choose who sees what of their profile?"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import permit
from members.actions.search import refresh_search
from members.models import FIELDS, FieldAudience, Member, Profile
from members.policies import can_edit_profile

CHOSEN = journal.event(
    "members.visibility.chosen",
    _("A member chose who sees which fields of their profile."),
    silent="it holds from the next page on; nobody is told what somebody hides",
)


@transaction.atomic
def choose_audiences(
    member: Member, *, by: Member, at: datetime, audiences: Mapping[str, FieldAudience | str], groups: Collection[int]
) -> Member:
    """Say for every field who sees it, an empty value leaving it to the network, and which groups are meant by groups.

    Raises: NotPermittedError.
    """
    permit(can_edit_profile(by, member))
    locked = Member.objects.select_for_update().get(pk=member.pk)
    profile, _made = Profile.objects.get_or_create(member=locked)
    columns = {f"{name}_audience": audiences[name] for name in FIELDS} | {"trusted_groups": sorted(groups)}
    changed = sorted(column for column, value in columns.items() if getattr(profile, column) != value)
    for column in changed:
        setattr(profile, column, columns[column])
    profile.save(update_fields=changed)
    refresh_search(Member.objects.filter(pk=locked.pk))
    journal.record(CHOSEN, target=locked, by=by, at=at, fields=[column.removesuffix("_audience") for column in changed])
    return locked
