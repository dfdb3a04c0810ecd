"""What do organisers see and decide?"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.errors import DomainError, permit
from events import policies
from events.actions import programme as programme_actions
from events.actions import registration as registration_actions
from events.forms import DecisionForm, read_delegate_filter
from events.queries import programme as programme_queries
from events.queries.registrations import DelegateFilter, Delegates
from events.queries.registrations import delegates as delegates_of
from events.views.requests import see_other

if TYPE_CHECKING:
    from events.models import Meeting


@require_http_methods(["GET", "HEAD", "POST"])
def delegates(request: MemberRequest, slug: str) -> HttpResponse:
    meeting = _organised_meeting(request, slug)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _delegates_page(request, meeting, form)
    try:
        decisions = _decide(request, meeting, form)
    except DomainError as error:
        form.add_error(error.field, str(error))
        return _delegates_page(request, meeting, form, status=error.status)
    messages.success(request, _in_words(decisions, form.cleaned_data["decision"]))
    response = see_other("events:delegates", meeting.slug)
    response["Location"] += f"?{request.GET.urlencode()}" if request.GET else ""
    return response


def _decide(request: MemberRequest, meeting: "Meeting", form: DecisionForm) -> registration_actions.Decisions:
    if form.cleaned_data["decision"] == DecisionForm.APPROVE:
        return registration_actions.approve(meeting, form.ids, by=request.user, at=request.at)
    reason = form.cleaned_data["reason"]
    return registration_actions.refuse(meeting, form.ids, reason=reason, by=request.user, at=request.at)


def _in_words(decisions: registration_actions.Decisions, decision: str) -> str:
    done, full, other = len(decisions.done), decisions.without_seat_count, decisions.other_count
    if decision == DecisionForm.APPROVE:
        words = [ngettext("%(count)s seat was given.", "%(count)s seats were given.", done) % {"count": done}]
    else:
        words = [
            ngettext("%(count)s delegate was refused.", "%(count)s delegates were refused.", done) % {"count": done}
        ]
    if full:
        words.append(_("%(count)s stay as they are, because all seats are taken.") % {"count": full})
    if other:
        words.append(_("%(count)s stay as they are: decided before, or your own.") % {"count": other})
    return " ".join(words)


def _delegates_page(
    request: MemberRequest, meeting: "Meeting", form: DecisionForm, status: int = HTTPStatus.UNPROCESSABLE_ENTITY
) -> HttpResponse:
    wanted, left_out = read_delegate_filter(request.GET)
    found = delegates_of(
        request.user, meeting, wanted, after=request.GET.get("after", ""), language=get_language() or "en"
    )
    context = {
        "meeting": meeting,
        "form": form,
        "wanted": wanted,
        "left_out": left_out,
        "delegates": found,
        "filters": _filters_in_words(request, wanted, found),
        "chosen": form.ids if form.is_bound else [],
        "tabs": _tabs(meeting, "events:delegates"),
    }
    return render(request, "events/delegates.html", context, status=status if form.is_bound else HTTPStatus.OK)


def _filters_in_words(request: MemberRequest, wanted: DelegateFilter, found: Delegates) -> list[tuple[str, str]]:
    """Return each filter that is on, with the address without it."""
    chips = [(f"“{wanted.text}”", _without(request, "q", request.GET.get("q", "")))] if wanted.text else []
    for facet, options in found.facets.items():
        on = [option for option in options if option.selected]
        chips += [(str(option.label), _without(request, facet, option.value)) for option in on]
    return chips


def _without(request: MemberRequest, name: str, value: str) -> str:
    query = request.GET.copy()
    query.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    query.pop("after", None)
    return f"{request.path}?{query.urlencode()}"


@require_safe
def programme_draft(request: MemberRequest, slug: str) -> HttpResponse:
    meeting = _organised_meeting(request, slug)
    draft, current = programme_queries.draft_of(meeting), programme_queries.in_force(meeting)
    context = {
        "meeting": meeting,
        "draft": draft,
        "current": current,
        "changes": programme_queries.changes(draft, current),
        "tabs": _tabs(meeting, "events:programme_draft"),
    }
    return render(request, "events/programme_draft.html", context)


@require_POST
def programme_release(request: MemberRequest, slug: str) -> HttpResponse:
    meeting = _organised_meeting(request, slug)
    release = programme_actions.release_programme(meeting, by=request.user, at=request.at)
    messages.success(request, _("Release %(number)s is in force.") % {"number": release.number})
    return see_other("events:programme_draft", meeting.slug)


def _organised_meeting(request: MemberRequest, slug: str) -> "Meeting":
    meeting = get_object_or_404(policies.visible_to(request.user), slug=slug)
    permit(policies.can_organise(request.user, meeting))
    return meeting


def _tabs(meeting: "Meeting", current: str) -> list[dict[str, object]]:
    pages = [(_("Delegates"), "events:delegates"), (_("Programme"), "events:programme_draft")]
    return [
        {"label": label, "url": reverse(name, args=[meeting.slug]), "current": name == current} for label, name in pages
    ]
