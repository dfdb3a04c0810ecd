"""Which calendars ask for a member's meetings, and what do they get?"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest, open_to
from congress.core.brakes import brake
from congress.core.budgets import Budget, spend
from congress.core.roles import Standing
from events import exports, policies
from events.actions.feeds import end_feed, make_feed, note_use
from events.forms import FeedForm
from events.queries import feeds as queries
from events.views.requests import see_other
from members.views.answering import attempt, typed

ASKED_AN_HOUR = 60


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feeds(request: MemberRequest) -> HttpResponse:
    form = FeedForm(typed(request))
    made, status = attempt(
        form, lambda: make_feed(request.user, by=request.user, at=request.at, name=form.cleaned_data["name"])
    )
    context = {
        "form": FeedForm() if made else form,
        "address": exports.feed_address(made[1]) if made else "",
        "feeds": [(feed, feed.is_alive_for(request.user)) for feed in queries.own_feeds(request.user)],
    }
    # Not a redirect: this page is the only one that ever shows the address.
    return render(request, "events/calendar_feeds.html", context, status=201 if made else status)


@require_POST
def calendar_feed_end(request: MemberRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(policies.feeds_of(request.user), public_id=public_id)
    end_feed(found, by=request.user, at=request.at)
    messages.success(
        request, _("The address is dead. What the calendar has already, it keeps until you delete it there.")
    )
    return see_other("events:calendar_feeds")


@never_cache
@require_safe
@open_to(Standing.ANYONE, why="a calendar shows the secret address that its member made, and can't sign in")
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar; a dead address is as unknown as one that never was."""
    at = request.at  # type: ignore[attr-defined]
    found = queries.feed_behind(token, at)
    if found is None:
        raise Http404
    feed, member = found
    brake("calendar", feed.public_id, limit=ASKED_AN_HOUR, seconds=3600)
    spend(member, Budget.EXPORTS, [f"calendar {feed.public_id}"], at=at)
    note_use(feed, at=at)
    content = exports.own_calendar(queries.own_meetings(member, at))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
