"""What can a member change about themselves?"""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.errors import permit
from congress.core.languages import Spoken
from members.actions.search import refresh_search
from members.models import Member, Profile
from members.policies import can_edit_profile

CHANGED = journal.event(
    "members.profile.changed",
    _("A member changed or confirmed their profile."),
    silent="the profile itself shows it; nobody is told",
)


NAMES = ("latin_name", "native_name")


@dataclass(frozen=True)
class ProfileText:
    """Everything that a member writes about themselves."""

    native_name: str
    position: str
    city: str
    time_zone: str
    biography: str
    expertise: list[str]
    topics: list[str]
    languages: list[str]
    latin_name: str = ""

    @classmethod
    def of(cls, member: Member) -> "ProfileText":
        """Return what a member has written so far."""
        profile = getattr(member, "profile", None) or Profile(member=member)
        return cls(**{f.name: getattr(member if f.name in NAMES else profile, f.name) for f in fields(cls)})

    @property
    def spoken(self) -> list[Spoken]:
        """Return the languages with their levels."""
        return [Spoken.read(text) for text in self.languages]


@transaction.atomic
def edit_profile(member: Member, *, by: Member, at: datetime, text: ProfileText) -> Member:
    """Replace what a member says about themselves; saving confirms the rest as still true.

    A name in Latin letters that is there was vetted and stays; who was imported without one gives it once.
    Raises: NotPermittedError.
    """
    permit(can_edit_profile(by, member))
    locked = Member.objects.select_for_update().get(pk=member.pk)
    before, after = asdict(ProfileText.of(locked)), asdict(text)
    after["latin_name"] = locked.latin_name or text.latin_name
    profile, _made = Profile.objects.get_or_create(member=locked)
    for name, value in after.items():
        setattr(locked if name in NAMES else profile, name, value)
    profile.confirmed_on = at.date()
    profile.save(update_fields=[*(set(after) - {*NAMES}), "confirmed_on"])
    locked.save(update_fields=NAMES)
    refresh_search(Member.objects.filter(pk=locked.pk))
    journal.record(CHANGED, target=locked, by=by, at=at, fields=sorted(k for k in after if after[k] != before[k]))
    return locked
