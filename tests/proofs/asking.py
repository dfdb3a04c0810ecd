"""What is asked of the portal, as whom? Every address of the running table, and how an answer is taken apart."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pypdf
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from lxml import html

from congress.core.labels import Tlp
from members.models import Member
from notices.models import Kind, NoticeState
from tests.factories import show_factor
from tests.outside import HEADERS_THAT_VARY, NUMBER_OF_NOTHING, TOKEN, routes
from tests.proofs.facts import Case, Person, World
from tests.proofs.words import words_in, words_in_broken

EVERY_STATE = "&".join(f"state={state}" for state in NoticeState.values)
NOBODY = Person(pk=0, name="nobody", standing="anyone", has_factor=False)
# What a thief would send along: every name that a form may have, with ids of somebody else.
NAMES = ("notice", "number", "edition", "version", "member", "person", "attachment", "organisation", "id", "next", "to")


@dataclass(frozen=True)
class Question:
    """One request: who asks, by which view, about which notice if about one, and how."""

    person: Person
    view: str
    path: str
    case: Case | None = None
    method: str = "GET"
    data: dict[str, Any] = field(default_factory=dict, hash=False)
    headers: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers and text, and the words that were not in the question."""

    status: int
    headers: dict[str, str]
    body: bytes
    words: set[str]


class Portal:
    """The portal in this process, with one session for each person."""

    def __init__(self) -> None:
        self.clients: dict[int, Client] = {}

    def client(self, person: Person) -> Client:
        """Return the client of a person, signed in if they can sign in at all."""
        if person.pk not in self.clients:
            made = Client(headers={"host": "localhost"}, raise_request_exception=False)
            if person.pk:
                member = Member.objects.get(pk=person.pk)
                made.force_login(member)
                show_factor(made, member)
                made.get("/home/")  # whoever may not sign in is thrown out here, once
            self.clients[person.pk] = made
        return self.clients[person.pk]

    def ask(self, question: Question) -> Answer:
        """Ask; what a form changed is taken back, so that the world stays as the oracle knows it."""
        self.client(question.person)  # whose session outlives the transaction
        if question.method in {"GET", "HEAD", "OPTIONS"}:
            return self._asked(question)
        with transaction.atomic():
            answer = self._asked(question)
            transaction.set_rollback(True)
        return answer

    def _asked(self, question: Question) -> Answer:
        follows = {"follow": True} if question.method == "POST" else {}
        send = getattr(self.client(question.person), question.method.lower())
        response = send(question.path, question.data or None, headers=question.headers, **follows)
        body = response.getvalue()
        headers = {name: value for name, value in response.headers.items() if name not in HEADERS_THAT_VARY}
        status = response.redirect_chain[0][1] if getattr(response, "redirect_chain", None) else response.status_code
        said = _text(body, headers.get("Content-Type", "")) | words_in(f"{headers} {response.cookies.output()}")
        given = words_in(f"{question.path} {question.data}")
        return Answer(status, headers, TOKEN.sub(b"", body), said - given)


def _text(body: bytes, content_type: str) -> set[str]:
    if content_type != "application/pdf":
        return words_in(body.decode(errors="replace"))
    document = pypdf.PdfReader(io.BytesIO(body))
    pages = "\n".join(page.extract_text() for page in document.pages)
    return words_in_broken(pages) | words_in(f"{document.metadata} {document.xmp_metadata}")


def views_of_notices() -> list[tuple[str, list[str]]]:
    """Return every view that is about one notice, with the names of what stands in its address."""
    return [(name, keys) for name, keys in routes() if "number" in keys]


def other_views() -> list[tuple[str, list[str]]]:
    """Return every other view of the portal; the pages of the second factor and the gallery know no notices."""
    apart = ("mfa_", "styleguide", "account_", "usersessions", "webauthn")
    return [(name, keys) for name, keys in routes() if "number" not in keys and not name.startswith(apart)]


def addresses_of(case: Case, view: str, keys: list[str], stolen: Case | None = None) -> Iterator[str]:
    """Yield the addresses of a view for one notice, with its own ids, or with those of another notice."""
    ids = {**ids_of(stolen or case), "number": [case.number]}
    for values in product(*(ids[key] for key in keys)):
        try:
            yield reverse(view, kwargs=dict(zip(keys, values, strict=True)))
        except NoReverseMatch:
            continue


def ids_of(case: Case) -> dict[str, list[str]]:
    """Return what may stand in a placeholder of an address about a notice. A new kind of placeholder is said here."""
    things = [f"att{pk}" for text in case.editions for pk in text.attachments]
    things += [f"exc{exception.pk}" for exception in case.exceptions]
    editions = [str(text.number) for text in case.editions]
    return {
        "number": [case.number],
        "public_id": things or ["nothing"],
        "edition": editions,
        "version": editions,
        "pk": [str(pk) for text in case.editions for pk in text.saved] or ["0"],
    }


def fields_of(page: bytes) -> dict[str, list[str]]:
    """Return what the forms of a page would send if nothing were changed."""
    fields: dict[str, list[str]] = {}
    for form in html.fromstring(page).forms:
        for name, value in form.form_values():
            fields.setdefault(name, []).append(value)
    return fields


def nothing_like(question: Question) -> Question:
    """Return the same question about a notice that does not exist."""
    number = question.case.number if question.case else ""
    path = question.path.replace(number, NUMBER_OF_NOTHING)
    return Question(question.person, question.view, path, None, question.method, question.data, question.headers)


def lists(words: list[str]) -> list[str]:
    """Return the lists of notices with every filter and order, and a search for each beginning of a word."""
    filters = [f"state={state}" for state in NoticeState.values] + [f"kind={kind}" for kind in Kind.values]
    filters += [f"tlp={tlp.replace('+', '%2B')}&{EVERY_STATE}" for tlp in Tlp.values]
    filters += ["unread=1", "topic=drones", "country=IS", "chemical=50-00-0", "q=twice", "sort=title", "after=x"]
    filters += [f"{name}={word[:14]}&{EVERY_STATE}" for word in words for name in ("q", "chemical")]
    return [f"/notices/?{each}" for each in filters] + [f"/members/?q={word[:14]}" for word in words]


def stolen_data(case: Case) -> dict[str, str]:
    """Return a form that names everything of somebody else's notice."""
    return dict.fromkeys(NAMES, str(case.text.pk)) | {"number": case.number, "next": f"/notices/{case.number}/"}


def actors(world: World) -> list[Person]:
    """Return everybody who asks, and somebody who is not signed in."""
    return [*world.people.values(), NOBODY]
