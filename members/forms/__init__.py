"""What do people type or send about members, and which clean values become of it? One module for each way in."""

from members.forms.pages import (
    QUERY_LIMIT,
    ApplicationForm,
    ApplyForm,
    LineField,
    ProfileForm,
    ReadFilters,
    read_filters,
)
from members.forms.roster import Problem, Roster, read_roster
from members.forms.sponsors import StatementForm, TakingBackForm

__all__ = [
    "QUERY_LIMIT",
    "ApplicationForm",
    "ApplyForm",
    "LineField",
    "Problem",
    "ProfileForm",
    "ReadFilters",
    "Roster",
    "StatementForm",
    "TakingBackForm",
    "read_filters",
    "read_roster",
]
