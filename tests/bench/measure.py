"""How long does each page take, in the client without a network and over HTTP?"""

import gzip
import http.client
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Member

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
        cookie = self.inside.cookies.get(settings.SESSION_COOKIE_NAME)
        self.headers = {"Host": "localhost"}
        self.headers |= {"Cookie": f"{cookie.key}={cookie.value}"} if cookie else {}
        self.connection = http.client.HTTPConnection(bind)

    def reconnect(self) -> None:
        """Take a new connection, which may lead to the other worker; the server drops idle ones after two seconds."""
        self.connection.close()
        self.connection.connect()

    def ask_inside(self, path: str) -> bytes:
        """Ask Django in this process. Raises: UnexpectedAnswerError."""
        answer = self.inside.get(path)
        if answer.status_code != http.HTTPStatus.OK:
            raise UnexpectedAnswerError(f"{path} answers {answer.status_code} {answer.headers.get('Location', '')}")
        return answer.content

    def ask(self, path: str, **headers: str) -> bytes:
        """Ask the web server. Raises: UnexpectedAnswerError."""
        self.connection.request("GET", path, headers={**self.headers, **headers})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise UnexpectedAnswerError(f"{path} answers {answer.status} over HTTP")
        return body

    def size_of(self, path: str) -> int:
        """Return how many bytes of a file go over the line."""
        self.reconnect()
        return len(self.ask(path, **{"Accept-Encoding": "gzip"}))


def measure(pages: list[Page], *, bind: str, rounds: int) -> list[Figures]:
    """Measure pages round by round, so that a noise of the machine falls on all of them alike."""
    readers = {page.reader for page in pages}
    visitors = {reader: Visitor(bind, reader) for reader in readers}
    found = [Figures(page) for page in pages]
    for number in range(-WARM_UP_ROUNDS, rounds):
        for figures in found:
            _sample(figures, visitors[figures.page.reader], keep=number >= 0)
    for figures in found:
        _weigh(figures, visitors[figures.page.reader])
    return found


def _sample(figures: Figures, visitor: Visitor, *, keep: bool) -> None:
    path = figures.page.path
    visitor.reconnect()
    times = _milliseconds(visitor.ask_inside, path), _milliseconds(visitor.ask, path)
    if keep:
        figures.client.append(times[0])
        figures.http.append(times[1])


def _milliseconds(ask: Callable[[str], bytes], path: str) -> float:
    began = perf_counter()
    ask(path)
    return (perf_counter() - began) * 1000


def _weigh(figures: Figures, visitor: Visitor) -> None:
    with CaptureQueriesContext(connection) as queries:
        body = visitor.ask_inside(figures.page.path)
    figures.query_count = len(queries)
    figures.bytes_plain, figures.bytes_gzip = len(body), len(gzip.compress(body))
    parts = sum(visitor.size_of(urlsplit(part).path) for part in PARTS_OF_A_PAGE.findall(body.decode()))
    figures.bytes_with_parts = figures.bytes_gzip + parts
