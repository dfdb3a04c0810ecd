"""Which stages does an application pass, what may be done in each, and how long may each take?"""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from congress.core.states import Machine, State

SATURDAY = 5


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    UNVERIFIED = "unverified", _("address not verified")
    VERIFIED = "verified", _("address verified, nothing sent yet")
    OPEN = "open", _("to be checked")
    SECONDED = "seconded", _("for a second officer")
    ASKED = "asked", _("waiting for the applicant")
    WINDOW = "window", _("objection window")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CLOSED = "closed", _("closed without an answer")


_LOOKED_AT = _("Two officers of the network are looking at your application")

APPLICATION_STATES = Machine(
    {
        "unverified": State(
            _("Address not verified"),
            _("Waiting for you to confirm your address"),
            frozenset({"expire"}),
            frozenset({"verified"}),
        ),
        "verified": State(
            _("Address verified, nothing sent yet"),
            _("Waiting for you to fill in the application"),
            frozenset({"submit", "expire"}),
            frozenset({"open"}),
        ),
        "open": State(
            _("To be checked"),
            _LOOKED_AT,
            frozenset({"decide", "prepare", "work", "ask", "withdraw", "read", "sponsor"}),
            frozenset({"seconded", "asked", "refused", "withdrawn"}),
        ),
        "seconded": State(
            _("For a second officer"),
            _LOOKED_AT,
            frozenset({"decide", "work", "ask", "withdraw", "read", "sponsor", "reopen"}),
            frozenset({"open", "window", "approved", "asked", "refused", "withdrawn"}),
        ),
        "asked": State(
            _("Waiting for the applicant"),
            _("We have asked you something. Please answer below"),
            frozenset({"work", "answer", "withdraw", "read", "sponsor"}),
            frozenset({"open", "seconded", "closed", "withdrawn"}),
        ),
        "window": State(
            _("Objection window"),
            _("You are a provisional member"),
            frozenset({"work", "object", "reopen", "read"}),
            frozenset({"approved", "open", "withdrawn"}),
        ),
        "approved": State(_("Approved"), _("You are a member"), frozenset({"read", "reopen"}), frozenset({"open"})),
        "refused": State(
            _("Refused"),
            _("The network has decided not to admit you"),
            frozenset({"read", "appeal"}),
            frozenset({"open"}),
        ),
        "withdrawn": State(_("Withdrawn"), _("You withdrew your application"), frozenset({"read"})),
        "closed": State(
            _("Closed without an answer"),
            _("Your application was closed, because our question stayed without an answer"),
            frozenset({"read"}),
        ),
    }
)

# Closed for good without an admission: who vouched, or was asked to, need not be known for ever.
NOT_ADMITTED = (ApplicationState.REFUSED, ApplicationState.WITHDRAWN, ApplicationState.CLOSED)

TONES = dict.fromkeys(["open", "seconded", "asked", "window"], "waiting") | {"approved": "good", "refused": "bad"}

# The network's own promise: so many working days for the officers in each stage.
WORKING_DAYS = {ApplicationState.OPEN: 5, ApplicationState.SECONDED: 5}
# Days by the calendar: the applicant is reminded, then the case is closed; and so long officers and the sponsors'
# organisations may object.
REMIND_DAYS, ANSWER_DAYS, WINDOW_DAYS, APPEAL_DAYS = 14, 28, 14, 30
CALENDAR_DAYS = {ApplicationState.ASKED: ANSWER_DAYS, ApplicationState.WINDOW: WINDOW_DAYS}


def due_on(stage: str, begun_on: date) -> date | None:
    """Return the day by which a stage should be over, or None where nobody waits any more."""
    if stage in CALENDAR_DAYS:
        return begun_on + timedelta(days=CALENDAR_DAYS[ApplicationState(stage)])
    if stage not in WORKING_DAYS:
        return None
    return working_day_after(begun_on, WORKING_DAYS[ApplicationState(stage)])


def working_day_after(day: date, count: int) -> date:
    """Return the day so many working days later. Holidays differ in each country, so they count as any other day."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
