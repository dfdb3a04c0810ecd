"""Who hears of what happens to members, and what is periodic? One module for each subject."""

from members.tasks.accounts import compose_factor_warning, warn_of_factor
from members.tasks.applications import (
    NEW_PASSWORD,
    answer_knock,
    compose_new_password,
    forget_unfinished_applications,
)
from members.tasks.conversations import tell_other
from members.tasks.copies import obey_retention
from members.tasks.erasures import erase_due_members
from members.tasks.groups import remind_of_rotation
from members.tasks.introductions import tell_introducer, tell_wanted
from members.tasks.membership import lift_ended_suspensions
from members.tasks.needs import tell_asker
from members.tasks.photographs import sweep_photographs
from members.tasks.reading import alarm_auditors, tell_reader
from members.tasks.recoveries import advance_recoveries
from members.tasks.renewal import renew_nightly
from members.tasks.reports import tell_officers
from members.tasks.rosters import INVITATION, compose_invitation, invite
from members.tasks.sponsors import ask_for_another_sponsor, ask_sponsor, lose_sponsor, watch_sponsors
from members.tasks.tokens import warn_member
from members.tasks.vetting import WELCOME, compose_welcome, vet_nightly

__all__ = [
    "INVITATION",
    "NEW_PASSWORD",
    "WELCOME",
    "advance_recoveries",
    "alarm_auditors",
    "answer_knock",
    "ask_for_another_sponsor",
    "ask_sponsor",
    "compose_factor_warning",
    "compose_invitation",
    "compose_new_password",
    "compose_welcome",
    "erase_due_members",
    "forget_unfinished_applications",
    "invite",
    "lift_ended_suspensions",
    "lose_sponsor",
    "obey_retention",
    "remind_of_rotation",
    "renew_nightly",
    "sweep_photographs",
    "tell_asker",
    "tell_introducer",
    "tell_officers",
    "tell_other",
    "tell_reader",
    "tell_wanted",
    "vet_nightly",
    "warn_member",
    "warn_of_factor",
    "watch_sponsors",
]
