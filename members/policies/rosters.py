"""Who may bring a list of people in?"""

from congress.core.roles import Permission
from members.models import Member


def can_import_members(viewer: Member) -> bool:
    """An administrator brings in whom another network has vetted."""
    return viewer.may(Permission.IMPORT_MEMBERS)
