"""Which views does the running URL table hold, and what does each say about who may open it?"""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from congress.core.access import VETTED, Door, door_of


def views(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every named view with its full name (`members:directory`), in the order of the URL table."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from views(pattern, inner)
        else:
            yield f"{prefix}{pattern.name}", pattern


def doors() -> dict[str, Door]:
    """Return who may open each view, by its full name."""
    return {name: door_of(pattern.callback, name) for name, pattern in views()}


def project_doors() -> dict[str, Door]:
    """Return the doors that differ from the rule."""
    return {name: door for name, door in doors().items() if door is not VETTED}
