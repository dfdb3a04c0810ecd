"""Who may see which members and cases, and who may do what to them? One module for each subject."""

from members.policies.fields import audiences, fields_shown, names_visible_to, shows
from members.policies.groups import groups_visible_to
from members.policies.membership import (
    BELONGING,
    RENEWABLE,
    can_read_notes,
    can_renew,
    can_see_roster,
    can_see_standing,
    can_see_suspensions,
    can_set_terms,
    can_suspend,
    confirmable_by,
    departure_by,
    known_to,
    roster_of,
)
from members.policies.people import can_edit_profile, visible_to
from members.policies.reading import can_lift_budgets, can_see_stops
from members.policies.roles import can_approve_role, can_decline_role, can_end_role, can_propose_role, can_see_roles
from members.policies.sponsors import (
    can_answer,
    can_see_sponsors,
    is_vouched_for,
    needs_another_sponsor,
    sponsorships_of,
    vouching_for,
)
from members.policies.vetting import (
    applications_visible_to,
    can_decide,
    can_hand_over,
    can_see_vetting_desk,
    can_work,
    decidable_by,
    vetting_officers,
    workable_by,
)

__all__ = [
    "BELONGING",
    "RENEWABLE",
    "applications_visible_to",
    "audiences",
    "can_answer",
    "can_approve_role",
    "can_decide",
    "can_decline_role",
    "can_edit_profile",
    "can_end_role",
    "can_hand_over",
    "can_lift_budgets",
    "can_propose_role",
    "can_read_notes",
    "can_renew",
    "can_see_roles",
    "can_see_roster",
    "can_see_sponsors",
    "can_see_standing",
    "can_see_stops",
    "can_see_suspensions",
    "can_see_vetting_desk",
    "can_set_terms",
    "can_suspend",
    "can_work",
    "confirmable_by",
    "decidable_by",
    "departure_by",
    "fields_shown",
    "groups_visible_to",
    "is_vouched_for",
    "known_to",
    "names_visible_to",
    "needs_another_sponsor",
    "roster_of",
    "shows",
    "sponsorships_of",
    "vetting_officers",
    "visible_to",
    "vouching_for",
    "workable_by",
]
