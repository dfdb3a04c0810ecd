"""How long does each page take, in the client without a network and over HTTP?"""

import gc
import gzip
import http.client
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Member
from tests.factories import show_factor

WARM_UP_ROUNDS = 6  # enough for both workers of the web server to have seen every page
PARTS_OF_A_PAGE = re.compile(r'<(?:link rel="stylesheet"|script)[^>]*?(?:href|src)="(/static/[^"]+)"')


class UnexpectedAnswerError(Exception):
    """A page that is to be measured does not answer with 200."""


@dataclass(frozen=True)
class Page:
    """One address to measure, for a signed-in member or, without one, for a visitor."""

    name: str
    path: str
    reader: Member | None = None
    # A long file is measured until its first byte, the others to their last.
    until_first_byte: bool = False


@dataclass
class Figures:
    """What was found about one page; times in milliseconds."""

    page: Page
    query_count: int = 0
    bytes_plain: int = 0
    bytes_gzip: int = 0
    bytes_with_parts: int = 0
    client: list[float] = field(default_factory=list)
    http: list[float] = field(default_factory=list)


class Visitor:
    """Asks for pages in both ways with the session of one member, or of none."""

    def __init__(self, bind: str, reader: Member | None) -> None:
        self.inside = Client(headers={"host": "localhost"})
        if reader:
            self.inside.force_login(reader)
            show_factor(self.inside, reader)
        cookie = self.inside.cookies.get(settings.SESSION_COOKIE_NAME)
        self.headers = {"Host": "localhost"}
        self.headers |= {"Cookie": f"{cookie.key}={cookie.value}"} if cookie else {}
        self.connection = http.client.HTTPConnection(bind)

    def reconnect(self) -> None:
        """Take a new connection, which may lead to the other worker; the server drops idle ones after two seconds."""
        self.connection.close()
        self.connection.connect()

    def ask_inside(self, page: Page) -> bytes:
        """Ask Django in this process. Raises: UnexpectedAnswerError."""
        answer = self.inside.get(page.path)
        if answer.status_code != http.HTTPStatus.OK:
            where = answer.headers.get("Location", "")
            raise UnexpectedAnswerError(f"{page.path} answers {answer.status_code} {where}")
        if page.until_first_byte:
            return bytes(next(iter(answer)))
        return answer.getvalue()

    def ask(self, path: str, *, until_first_byte: bool = False, **headers: str) -> bytes:
        """Ask the web server. Raises: UnexpectedAnswerError."""
        self.connection.request("GET", path, headers={**self.headers, **headers})
        answer = self.connection.getresponse()
        body = answer.read(1 if until_first_byte else None)
        if answer.status != http.HTTPStatus.OK:
            raise UnexpectedAnswerError(f"{path} answers {answer.status} over HTTP")
        return body

    def size_of(self, path: str) -> int:
        """Return how many bytes of a file go over the line."""
        self.reconnect()
        return len(self.ask(path, **{"Accept-Encoding": "gzip"}))


def measure(pages: list[Page], *, bind: str, rounds: int, inside: bool = True) -> list[Figures]:
    """Measure pages round by round, so that a noise of the machine falls on all of them alike.

    If this process does not reach the same rows as the server does, everything is asked of the server.
    """
    readers = {page.reader for page in pages}
    visitors = {reader: Visitor(bind, reader) for reader in readers}
    found = [Figures(page) for page in pages]
    for number in range(-WARM_UP_ROUNDS, rounds):
        if number == 0:
            _forget_the_world()
        for figures in found:
            _sample(figures, visitors[figures.page.reader], keep=number >= 0, inside=inside)
    for figures in found:
        _weigh(figures, visitors[figures.page.reader])
    return found


def _forget_the_world() -> None:
    """Spare the collector what a web server does not hold either: it freezes as it starts, see `congress.wsgi`."""
    gc.collect()
    gc.freeze()


def publishing(publisher: Member, numbers: list[str]) -> list[float]:
    """Return how long each press of the button takes that publishes a notice, in milliseconds, without a network."""
    client = Visitor("", publisher).inside
    return [_milliseconds(partial(_publish, client, number)) for number in numbers]


def _publish(client: Client, number: str) -> None:
    answer = client.post(f"/notices/{number}/publish/", {"decision": "publish"})
    if answer.status_code != http.HTTPStatus.SEE_OTHER:
        raise UnexpectedAnswerError(f"publishing {number} answers {answer.status_code}")


def _sample(figures: Figures, visitor: Visitor, *, keep: bool, inside: bool) -> None:
    page = figures.page
    visitor.reconnect()
    over_http = _milliseconds(partial(visitor.ask, page.path, until_first_byte=page.until_first_byte))
    client = _milliseconds(partial(visitor.ask_inside, page)) if inside else over_http
    if keep:
        figures.client.append(client)
        figures.http.append(over_http)


def _milliseconds(ask: Callable[[], object]) -> float:
    began = perf_counter()
    ask()
    return (perf_counter() - began) * 1000


def _weigh(figures: Figures, visitor: Visitor) -> None:
    with CaptureQueriesContext(connection) as queries:
        body = visitor.ask_inside(figures.page)
    figures.query_count = len(queries)
    figures.bytes_plain, figures.bytes_gzip = len(body), len(gzip.compress(body))
    parts = sum(visitor.size_of(urlsplit(part).path) for part in PARTS_OF_A_PAGE.findall(body.decode(errors="replace")))
    figures.bytes_with_parts = figures.bytes_gzip + parts
