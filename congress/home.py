"""What do the few pages show that belong to more than one package: landing, about, start, frame?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from congress.core.access import MemberRequest, open_to
from congress.core.roles import Permission, Standing
from events import queries as events
from members import queries as members
from members.models import Member
from notices import queries as notices

SECTIONS = [
    (_("Start"), "home", "house"),
    (_("Members"), "members:directory", "people"),
    (_("Meetings"), "events:meetings", "calendar-event"),
    (_("Notices"), "notices:notices", "file-earmark-text"),
]
# What the pages of a section stand under besides its own address.
ALSO_IN = {"/members/": ("/organisations/", "/network/", "/groups/")}
DESKS = [
    (_("Vetting desk"), "members:vetting_queue", Permission.DECIDE_APPLICATIONS),
    (_("Our people"), "members:organisation", Permission.CONFIRM_PEOPLE),
    (_("Suspensions"), "members:suspensions", Permission.SUSPEND_MEMBERS),
    (_("Bring members in"), "members:members_import", Permission.IMPORT_MEMBERS),
    (_("Reports"), "members:reports", Permission.SUSPEND_MEMBERS),
    (_("Roles"), "members:roles", Permission.GRANT_ROLES),
    (_("Reading limits"), "members:reading", Permission.LIFT_BRAKES),
    (_("New notice"), "notices:notice_new", Permission.DRAFT_NOTICES),
    (_("Exceptions"), "notices:exceptions", Permission.PUBLISH_NOTICES),
]

NOTICE_STEPS = {
    Permission.DRAFT_NOTICES,
    Permission.CLEAR_NOTICES,
    Permission.PUBLISH_NOTICES,
    Permission.COSPONSOR_NOTICES,
}


@dataclass(frozen=True)
class Waiting:
    """One line of what waits for a person on the start page."""

    title: str
    url: str
    meta: str
    since: datetime


@dataclass(frozen=True)
class WaitingGroup:
    """What waits for a person at one desk."""

    title: str | Promise
    url: str
    items: list[Waiting] = field(default_factory=list)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what every page's frame needs; costs no query."""
    user = getattr(request, "user", None)
    member = user if user is not None and user.is_authenticated else None
    inside = member is not None and member.has_second_factor and member.standing == Standing.MEMBER
    return {
        "frame": {
            "member": member,
            "sections": _sections(request) if inside else [],
            "desks": _desks(request, member) if member and inside else [],
            "demonstration": settings.DEMONSTRATION,
        }
    }


def _sections(request: HttpRequest) -> list[dict[str, Any]]:
    found = [(label, reverse(name), icon) for label, name, icon in SECTIONS]
    return [{"label": label, "url": url, "icon": icon, "current": _is_in(request, url)} for label, url, icon in found]


def _is_in(request: HttpRequest, section: str) -> bool:
    return request.path.startswith((section, *ALSO_IN.get(section, ())))


def _desks(request: HttpRequest, member: Member) -> list[dict[str, Any]]:
    found = [(label, reverse(name)) for label, name, permission in DESKS if member.may(permission)]
    return [{"label": label, "url": url, "current": request.path.startswith(url)} for label, url in found]


@require_safe
@open_to(Standing.ANYONE, why="the network introduces itself")
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    return render(request, "public/landing.html", {"meeting": events.next_meeting(None, request.at)})  # type: ignore[attr-defined]


@require_safe
@open_to(Standing.ANYONE, why="the network introduces itself")
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html")


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    page = {
        "at": request.at,
        "waiting": [group for group in _waiting(request.user, request.at) if group.items],
        "latest": notices.latest(request.user, request.at),
        "meeting": events.next_meeting(request.user, request.at),
    }
    return render(request, "home.html", page)


def _waiting(member: Member, at: datetime) -> Iterable[WaitingGroup]:
    """Yield what waits for a member, desk by desk; one query for each desk that is theirs."""
    asked = _lines(members.waiting_sponsorships(member, at))
    yield WaitingGroup(_("People who ask you to vouch for them"), reverse("members:sponsorships"), asked)
    letters = _lines(members.waiting_messages(member))
    yield WaitingGroup(_("Messages from members"), reverse("members:conversations"), letters)
    introductions = _lines(members.waiting_introductions(member))
    yield WaitingGroup(_("Introductions"), reverse("members:introductions"), introductions)
    yield WaitingGroup(_("Members ask you"), reverse("members:needs"), _lines(members.waiting_needs(member)))
    if member.may(Permission.DECIDE_APPLICATIONS):
        cases = _lines(members.waiting_for(member))
        yield WaitingGroup(_("Applications to decide on"), reverse("members:vetting_queue"), cases)
    newcomers = _lines(members.newcomers_for(member, since=at.date()))
    yield WaitingGroup(_("Newcomers to whom you may object"), reverse("members:newcomers"), newcomers)
    if member.permissions & NOTICE_STEPS:
        steps = _lines([*notices.waiting_for(member), *notices.to_confirm(member, at.date())])
        yield WaitingGroup(_("Notices whose next step is yours"), reverse("notices:notices"), steps)
    if member.may(Permission.ORGANISE_MEETINGS):
        desks = [_delegates(row) for row in events.registrations_waiting_for(member, at)]
        yield WaitingGroup(_("Registrations to decide on"), reverse("events:meetings"), desks)


def _lines(rows: Iterable[members.Waiting]) -> list[Waiting]:
    return [Waiting(row.title, reverse(row.view, kwargs=row.url_kwargs), row.meta, row.since) for row in rows]


def _delegates(row: events.WaitingMeeting) -> Waiting:
    number = ngettext("%(n)d registration", "%(n)d registrations", row.count) % {"n": row.count}
    return Waiting(row.title, reverse("events:delegates", args=[row.slug]), number, row.since)
