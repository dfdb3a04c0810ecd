"""How does a kept file reach a reader, and nothing in it reach the portal?

Asked after the policy said yes, for every range anew.
"""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse  # noqa: TID251 (an edge)
from django.utils.http import content_disposition_header

from congress.core import wall
from congress.core.files import store
from congress.core.files.kinds import Kind
from congress.core.files.naming import clean_name

# A file is not run, framed, read by other sites, or left in a cache.
GUARD = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "no-store, private",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def serve(request: HttpRequest, *, key: str, kind: Kind, name: str) -> HttpResponseBase:
    """Answer GET or HEAD with a file: to be saved, or within a page where the portal re-encoded every pixel.

    One range of bytes is answered alone, several are answered by the whole. Raises: FileLostError.
    Source: RFC 9110 (14), RFC 6266, RFC 8187.
    """
    size = store.size_of(key)
    wanted = _range_of(request, size)
    if wanted is not None and not wanted:
        return _not_there(size)
    part = range(size) if wanted is None else wanted
    response = _body(request, key, part)
    if wanted is not None:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    facts = {
        "Content-Type": kind.media_type,
        "Content-Length": str(len(part)),
        "Content-Disposition": str(content_disposition_header(not kind.is_image, clean_name(name, kind))),
    }
    return _with_headers(response, facts | GUARD)


def _body(request: HttpRequest, key: str, part: range) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    pieces = store.open_range(key, part.start, part.stop)
    reader = getattr(request, "user", None)
    # A slow reader takes minutes; whoever is shut out in the meantime gets no further piece.
    return StreamingHttpResponse(wall.kept(reader.pk, pieces) if reader and reader.pk else pieces)


def _range_of(request: HttpRequest, size: int) -> range | None:
    """Return the one range that was asked for, empty where the file has no such bytes; None for the whole.

    Files have no validators, so that `If-Range` never holds and asks for the whole.
    """
    found = ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not found or request.method != "GET" or "If-Range" in request.headers:
        return None
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size) if last else None
    if last and int(last) < int(first):
        return None
    return range(int(first), min(size, int(last) + 1) if last else size)


def _not_there(size: int) -> HttpResponseBase:
    response = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, content_type="text/plain")
    return _with_headers(response, {"Content-Range": f"bytes */{size}"} | GUARD)


def _with_headers(response: HttpResponseBase, headers: dict[str, str]) -> HttpResponseBase:
    for name, value in headers.items():
        response.headers[name] = value
    return response
