"""What do people type or send about members, and which clean values become of it? One module for each way in."""

from members.forms.applications import STEPS, AnotherSponsorForm, ApplyForm, SponsorsStep, StepForm
from members.forms.filters import OF_BODIES, ReadFilters, UnusableFilterError, read_filters, read_query
from members.forms.pages import ProfileForm
from members.forms.roster import Problem, Roster, read_roster
from members.forms.searches import SearchNameForm
from members.forms.sponsors import StatementForm, TakingBackForm
from members.forms.texts import LineField

__all__ = [
    "OF_BODIES",
    "STEPS",
    "AnotherSponsorForm",
    "ApplyForm",
    "LineField",
    "Problem",
    "ProfileForm",
    "ReadFilters",
    "Roster",
    "SearchNameForm",
    "SponsorsStep",
    "StatementForm",
    "StepForm",
    "TakingBackForm",
    "UnusableFilterError",
    "read_filters",
    "read_query",
    "read_roster",
]
