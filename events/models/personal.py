"""What do the tables of meetings keep about a person, and how long?"""

from django.utils.translation import gettext_lazy as _

from congress.core.personal import GONE, Holding, Retention, hold

for each in (
    Holding(
        "events.Registration", "member", _("For which meetings you registered, and what you need there"),
        ("meeting__slug", "state", "needs", "applied_at", "decided_at"),
        _("What you need (access, food): 90 days after the meeting. That you took part: as the network’s record."),
        Retention("meeting__ends_on", 90, {"needs": ""}),
        erased={"needs": "", "reason": ""},
    ),
    Holding(
        "events.Speaker", "member", _("Where you spoke, as the programme names you"),
        ("meeting__slug", "latin_name", "native_name", "position", "organisation_name", "country"),
        _("As long as the programme of the meeting is shown."),
    ),
    Holding(
        "events.CalendarFeed", "member", _("Which calendars ask for your meetings; not their addresses"),
        ("name", "made_at", "last_used_at"), _("Until you end it, or as long as the account."),
        erased=GONE,
    ),
):  # fmt: skip
    hold(each)
