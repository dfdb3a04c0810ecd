"""What do the public pages of meetings show? The same pages show members more."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congress.core.access import MemberRequest, open_to
from congress.core.roles import Standing
from events import exports, policies
from events.forms import ProgrammeFilter
from events.queries import meetings as meeting_queries
from events.queries import programme as programme_queries
from events.queries.registrations import may_register_now, newest_registration, registration_window
from events.queries.timetable import timetable
from events.views.requests import viewer_of

if TYPE_CHECKING:
    from datetime import date

    from events.models import Meeting
    from events.queries.programme import Programme


@require_safe
@open_to(Standing.ANYONE, why="announced meetings are public")
def meetings(request: MemberRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "ahead": meeting_queries.meetings_ahead(viewer, request.at),
        "past": meeting_queries.meetings_past(viewer, request.at),
        "in_preparation": meeting_queries.meetings_in_preparation(viewer, request.at),
    }
    return render(request, "events/meetings.html", context)


@require_safe
@open_to(Standing.ANYONE, why="an announced meeting has a public part")
def meeting(request: MemberRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = get_object_or_404(policies.visible_to(viewer), slug=slug)
    registration = newest_registration(viewer, found) if viewer else None
    context = {
        "meeting": found,
        "figures": meeting_queries.meeting_figures(viewer, found),
        "highlights": meeting_queries.highlights(viewer, found),
        "is_visitor": viewer is None,
        "registration": registration,
        "may_register": viewer is not None and may_register_now(viewer, found, registration, request.at),
        "may_organise": viewer is not None and policies.can_organise(viewer, found),
        "window": registration_window(found, request.at),
    }
    return render(request, "events/meeting.html", context)


@require_safe
@open_to(Standing.ANYONE, why="visitors see the TLP:CLEAR sessions of a programme")
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found, whole, wanted = _wanted_programme(request, slug)
    shown = whole.only(zone=found.zone, day=wanted.day_chosen, track=wanted.track_chosen)
    context = {
        "meeting": found,
        "release": whole.release,
        "count": sum(not item.is_break for item in shown.items),
        "wanted": wanted,
        "tabs": _day_tabs(whole.days(found.zone), wanted),
        "days": timetable(shown.items, found.zone, wanted.zone),
        "sessions_url": reverse("events:meeting", args=[found.slug]) + "sessions/",
    }
    return render(request, "events/programme.html", context)


@require_safe
@open_to(Standing.ANYONE, why="visitors see the TLP:CLEAR sessions of a programme")
def programme_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    found, whole, wanted = _wanted_programme(request, slug)
    shown = whole.only(zone=found.zone, day=wanted.day_chosen, track=wanted.track_chosen)
    headers = {"Content-Disposition": f'attachment; filename="{found.slug}.ics"'}
    return HttpResponse(
        exports.calendar_file(found, shown), content_type="text/calendar; charset=utf-8", headers=headers
    )


@require_safe
@open_to(Standing.ANYONE, why="visitors see TLP:CLEAR sessions")
def session(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = get_object_or_404(policies.visible_to(viewer), slug=slug)
    slot = get_object_or_404(programme_queries.placed_sessions(viewer, found), session__public_id=public_id)
    context = {"meeting": found, "slot": slot, "appearances": programme_queries.appearances(slot)}
    return render(request, "events/session.html", context)


@require_safe
@open_to(Standing.ANYONE, why="visitors see who speaks in TLP:CLEAR sessions")
def speaker(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = get_object_or_404(policies.visible_to(viewer), slug=slug)
    person = get_object_or_404(programme_queries.speakers(viewer, found), public_id=public_id)
    context = {
        "meeting": found,
        "speaker": person,
        "parts": programme_queries.parts_of(viewer, person),
        "profile": programme_queries.profile_of(viewer, person),
    }
    return render(request, "events/speaker.html", context)


def _wanted_programme(request: HttpRequest, slug: str) -> "tuple[Meeting, Programme, ProgrammeFilter]":
    viewer = viewer_of(request)
    found = get_object_or_404(policies.visible_to(viewer), slug=slug)
    whole = programme_queries.programme(viewer, found)
    days, tracks = whole.days(found.zone), programme_queries.tracks(found, whole.items)
    return found, whole, ProgrammeFilter(request.GET, days=days, tracks=tracks)


def _day_tabs(days: "list[date]", wanted: ProgrammeFilter) -> list[dict[str, Any]]:
    every = {"label": _("All days"), "url": wanted.address(day=""), "current": wanted.day_chosen is None}
    each = [
        {
            "label": date_format(day, "D j M"),
            "url": wanted.address(day=day.isoformat()),
            "current": day == wanted.day_chosen,
        }
        for day in days
    ]
    return [every, *each]
