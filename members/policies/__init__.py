"""Who may see which members and cases, and who may do what to them? One module for each subject."""

from members.policies.people import can_edit_profile, visible_to
from members.policies.vetting import applications_visible_to, can_decide, can_see_vetting_desk, decidable_by

__all__ = [
    "applications_visible_to",
    "can_decide",
    "can_edit_profile",
    "can_see_vetting_desk",
    "decidable_by",
    "visible_to",
]
