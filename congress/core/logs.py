"""What may a log say of a request? What it did and by which route; an address may be a private link or a search."""

from structlog.typing import EventDict


def without_address(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Put method and route in the place of the request, and keep the reason only of Django's "reason: path"."""
    request = event.pop("request", None)
    if request is None:
        return event
    match = getattr(request, "resolver_match", None)
    reason = str(event["event"]).partition(": ")[0]
    return {**event, "event": reason, "method": request.method, "route": match.route if match else ""}
