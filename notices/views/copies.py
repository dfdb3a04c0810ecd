"""How does a reader take a notice, or the list, along?"""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from congress.core import wall
from congress.core.access import MemberRequest
from congress.core.audiences import audience_in_words
from notices import actions, exports, forms, queries
from notices.views.document import readable


@require_GET
def notice_pdf(request: MemberRequest, number: str) -> HttpResponse:
    found = readable(request, number)
    try:
        edition = actions.take_copy(found, file_format="pdf", by=request.user, at=request.at)
    except actions.NotAcknowledgedError:
        return redirect("notices:notice", found.number)  # which asks for the promise
    mark = exports.Mark.of(request.user, request.at)
    audience = audience_in_words(edition.audience)
    sections, files = queries.sections_of(request.user, found), queries.attachments_of(request.user, found)
    bodies = [body.name for body in queries.cosponsors(found)]
    pdf = exports.notice_pdf(found, sections, files, audience=audience, mark=mark, cosponsors=bodies)
    name = exports.file_name(found.number, edition.tlp, "pdf")
    return HttpResponse(pdf, content_type="application/pdf", headers=_attached(name))


@require_GET
def notices_csv(request: MemberRequest) -> StreamingHttpResponse:
    found = queries.takeaway(request.user, forms.all_used(request.GET))
    actions.take_list(tlp=found.tlp, count=found.count, file_format="csv", by=request.user, at=request.at)
    rows = wall.kept(request.user.pk, found.rows)
    lines = exports.list_csv(rows, tlp=found.tlp, mark=exports.Mark.of(request.user, request.at))
    name = exports.file_name("notices", found.tlp, "csv")
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=_attached(name))


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
