"""What does a person get who asks for every address of the portal, with every id that there is?"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from http import HTTPStatus
from itertools import chain, product
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, resolve, reverse

from congress.core.labels import Tlp
from events.models import Meeting, Registration, Session, Speaker
from members.models import Application, Member, Organisation, Sponsor
from notices.models import Attachment, Kind, Notice, NoticeState

NUMBER_OF_NOTHING = "PN-2026-00000"
NUMBER = re.compile(r"PN-\d{4}-\w{5}", re.IGNORECASE)
NOTHINGS = {NUMBER_OF_NOTHING, "no-such-meeting", "nothing"}
# A form's token is random; so is the secret offered to whoever sets up a second factor. The gallery knows no rows, nor
# does readiness, which a busy machine may deny; and how much one has read oneself grows with each question.
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": ?)"[^"]+"')
NOT_COMPARED = ("/accounts/2fa/", "/styleguide/", "/health/ready", "/members/me/reading/")
HEADERS_THAT_VARY = {"Set-Cookie", "Content-Length"}

Answer = tuple[int, dict[str, str], bytes]


def addresses() -> list[str]:
    """Return every address of the running URL table, each placeholder filled with ids of every kind.

    Of each view the address of nothing comes first.
    """
    ids = known_ids()
    every = sorted({address for name, keys in routes() for address in _filled(name, keys, ids)})
    return sorted(every, key=lambda address: not _is_of_nothing(address))


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield each view's full name and the names of its placeholders."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield f"{prefix}{pattern.name}", _placeholders(pattern)


def _placeholders(pattern: URLPattern) -> list[str]:
    inner: Any = pattern.pattern
    return list(inner.converters or inner.regex.groupindex)


def known_ids() -> dict[str, list[str]]:
    """Return what may stand in a placeholder, by its name: every notice and meeting, the newest of the rest.

    Below a notice only what belongs to one is asked for (`part`): another's id is the id of nothing there.
    """
    named = (Member, Organisation, Application, Sponsor, Session, Speaker, Registration)
    newest = [model.objects.order_by("-pk").values_list("public_id", flat=True)[:1] for model in named]
    part = Attachment.objects.order_by("-pk").values_list("public_id", flat=True)[:1]
    numbers = list(Notice.objects.values_list("number", flat=True))
    return {
        "number": [*numbers, *(number.lower() for number in numbers[:1]), NUMBER_OF_NOTHING],
        "slug": [*Meeting.objects.values_list("slug", flat=True), "no-such-meeting"],
        "edition": ["1", "2"],
        "code": ["PE", "zz"],
        "size": ["small", "large"],
        "kind": ["message", "need", "introduction"],
        "public_id": [*chain.from_iterable(newest), "nothing"],
        "part": [*part, "nothing"],
    }


def _filled(name: str, keys: list[str], ids: dict[str, list[str]]) -> Iterator[str]:
    if "number" in keys:
        ids = ids | {"public_id": ids["part"]}
    for values in product(*(ids.get(key, ["nothing"]) for key in keys)):
        try:
            yield reverse(name, kwargs=dict(zip(keys, values, strict=True)))
        except NoReverseMatch:
            continue


def questions(words: Iterable[str]) -> list[str]:
    """Return the lists with every filter that could tell something, and a search for each word."""
    filters = [f"state={state}" for state in NoticeState.values] + [f"kind={kind}" for kind in Kind.values]
    filters += [f"tlp={tlp.replace('+', '%2B')}" for tlp in Tlp.values]
    filters += [f"{name}={word}" for word in words for name in ("q", "chemical")]
    everything = "&".join(f"state={state}" for state in NoticeState.values)
    lists = [f"/notices/?{one}" for one in [*filters, "unread=1", everything]]
    lists += [f"/notices/list.csv?{one}" for one in [*filters[-2:], "unread=1", everything]]
    return lists + [f"/members/?q={word}" for word in words]


def sweep(client: Client, paths: Iterable[str]) -> dict[str, Answer]:
    """Ask for every address; return status, headers and body of each, without what is random by design."""
    compared = [path for path in paths if not any(page in path for page in NOT_COMPARED)]
    return dict(_answers(compared, partial(_got, client)))


def sweep_with_posts(client: Client, paths: Iterable[str]) -> dict[str, Answer]:
    """Send an empty form to every address; return the answers by address and method."""
    return {f"POST {path}": answer for path, answer in _answers(paths, partial(_posted, client))}


def _answers(paths: Iterable[str], ask: Callable[[str], Answer]) -> Iterator[tuple[str, Answer]]:
    """Yield each address and its answer.

    A view that refuses the method, and not the id, of nothing has looked for no row: it is not asked again.
    """
    closed: set[str] = set()
    for path in paths:
        view = resolve(path.partition("?")[0]).view_name
        if view in closed:
            continue
        answer = ask(path)
        yield path, answer
        if answer[0] == HTTPStatus.METHOD_NOT_ALLOWED and _is_of_nothing(path):
            closed.add(view)


def _got(client: Client, path: str) -> Answer:
    response = client.get(path)
    headers = {name: value for name, value in response.headers.items() if name not in HEADERS_THAT_VARY}
    return response.status_code, headers, TOKEN.sub(b"", response.getvalue())


def _posted(client: Client, path: str) -> Answer:
    response = client.post(path)
    return response.status_code, {}, TOKEN.sub(b"", response.content)


def _is_of_nothing(path: str) -> bool:
    return not NOTHINGS.isdisjoint(resolve(path.partition("?")[0]).kwargs.values())


def differences(before: dict[str, Answer], after: dict[str, Answer]) -> list[str]:
    """Return the addresses that do not answer in the same way."""
    return [path for path in before if before[path] != after.get(path)]


def told_apart(answers: dict[str, Answer]) -> dict[str, Answer]:
    """Return what is worth asking in a second world: all but what is answered as no notice's address is, number aside.

    The addresses of no notice are asked there, so what holds for these holds for the others.
    """
    return {path: answer for path, answer in answers.items() if not _is_as_of_nothing(path, answers)}


def _is_as_of_nothing(path: str, answers: dict[str, Answer]) -> bool:
    number = NUMBER.search(path)
    if number is None or number[0] == NUMBER_OF_NOTHING:
        return False
    status, headers, body = answers[path]
    renamed = {name: value.replace(number[0], NUMBER_OF_NOTHING) for name, value in headers.items()}
    nameless = status, renamed, body.replace(number[0].encode(), NUMBER_OF_NOTHING.encode())
    return answers.get(path.replace(number[0], NUMBER_OF_NOTHING)) == nameless
