"""Which photograph may a viewer see, and which bytes does the store keep for members?"""

from members.models import Member, Profile

SIZES = {"large": "photograph_large", "small": "photograph_small"}


def photograph_of(member: Member, size: str) -> str:
    """Return where a photograph of a member lies whom `profiles` loaded; nothing if there is none for the viewer."""
    if not member.shown.photograph or size not in SIZES:
        return ""
    return str(getattr(member.profile, SIZES[size]))


def stored_photographs() -> set[str]:
    """Return the keys of all photographs; one query."""
    rows = Profile.objects.exclude(photograph="").values_list(*SIZES.values())
    return {key for row in rows for key in row}
