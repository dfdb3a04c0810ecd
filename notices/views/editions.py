"""How are the editions of a notice read and compared over HTTP?"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from congress.core.access import MemberRequest
from congress.core.audiences import audience_in_words
from congress.core.labels import strictest
from notices import actions, queries
from notices.views.answering import whole_number
from notices.views.document import readable

if TYPE_CHECKING:
    from notices.models import Edition, Notice


@require_safe
def notice_editions(request: MemberRequest, number: str) -> HttpResponse:
    found = _opened(request, number)
    if found is None:
        return redirect("notices:notice", number)  # which shows the stub, or asks for the promise
    editions = queries.editions_open_to(request.user, found)
    return render(request, "notices/notice_editions.html", {"notice": found, "editions": editions})


@require_safe
def notice_edition(request: MemberRequest, number: str, edition: int) -> HttpResponse:
    found = _opened(request, number)
    if found is None:
        return redirect("notices:notice", number)
    shown = _edition(queries.editions_open_to(request.user, found), edition)
    if shown.pk == found.edition_id:
        return redirect("notices:notice", found.number)
    context = {
        "notice": found,
        "edition": shown,
        "audience": audience_in_words(shown.audience),
        "sections": queries.text_of(request.user, shown),
        "files": queries.files_of(request.user, shown),
        "reading": queries.reading_of(request.user, shown),
    }
    return render(request, "notices/notice_edition.html", context)


@require_POST
def notice_edition_read(request: MemberRequest, number: str, edition: int) -> HttpResponse:
    found = readable(request, number)
    kept = actions.mark_edition_read(found, edition=edition, by=request.user, at=request.at)
    if not request.headers.get("HX-Request"):
        answer = redirect("notices:notice_edition", found.number, edition)
        answer.status_code = HTTPStatus.SEE_OTHER
        return answer
    context = {"notice": found, "edition": kept.edition, "reading": queries.reading_of(request.user, kept.edition)}
    return render(request, "notices/notice_read.html", context)


@require_safe
def notice_compare(request: MemberRequest, number: str) -> HttpResponse:
    found = _opened(request, number)
    if found is None:
        return redirect("notices:notice", number)
    editions = queries.editions_open_to(request.user, found)
    before = _asked(request, "from", editions, -1)
    if found.updates_id:
        before = queries.edition_to_replace(request.user, found) or before
    after = _asked(request, "to", editions, 0)
    context = {
        "notice": found,
        "editions": editions,
        "compared": queries.compare_editions(request.user, before, after),
        "tlp": strictest(before.tlp, after.tlp),
        "audience": audience_in_words(after.audience),
        "readings": queries.readings_of_compared(request.user, [before, after]),
    }
    return render(request, "notices/notice_compare.html", context)


def _opened(request: MemberRequest, number: str) -> "Notice | None":
    """Return a notice whose text is open to this person; None if its own page has to say why it is not."""
    found = readable(request, number)
    is_open = not found.is_stub and queries.own_reading(request.user, found).is_open
    return found if is_open else None


def _asked(request: MemberRequest, name: str, editions: "list[Edition]", default: int) -> "Edition":
    """Return the edition that the address names; without one the one before the newest, and the newest."""
    if name in request.GET:
        return _edition(editions, whole_number(request.GET[name]))
    return editions[:2][default]


def _edition(editions: "list[Edition]", number: int) -> "Edition":
    for edition in editions:
        if edition.number == number:
            return edition
    raise Http404
