"""Does any answer to anybody hold a word that is not theirs, or lack one that is?

Each view is asked by each kind of person about each notice in turn. What is hidden is compared with what does not
exist, byte for byte; what is shown is compared with the oracle, word for word.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from django.urls import reverse

from tests.outside import NUMBER_OF_NOTHING
from tests.proofs import oracle
from tests.proofs.asking import (
    EVERY_STATE,
    Answer,
    Portal,
    Question,
    addresses_of,
    fields_of,
    lists,
    nothing_like,
    other_views,
    stolen_data,
    views_of_notices,
)
from tests.proofs.facts import Case, Person, World
from tests.proofs.judgement import (
    enters,
    may_know_of,
    may_meet,
    must_meet,
    must_meet_in_copy,
    must_meet_in_edition,
)

COUNTED = re.compile(r"<strong>([\d,]+) notices?</strong>")
PAGE, COPY, EDITION = "notices:notice", "notices:notice_pdf", "notices:notice_edition"


@dataclass(frozen=True)
class Plan:
    """How much is asked: of each hundred pairs of a person and a notice, how many words each person looks for, how
    many of a hundred pages are taken as PDF too."""

    of_hidden: int
    of_shown: int
    words: int
    lists: int
    copies: int = 0


@dataclass
class Verdict:
    """What was found: leaks, wrong refusals and faults, and how much was looked at."""

    leaks: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    requests: int = 0
    checks: int = 0
    letters: int = 0
    changes: int = 0

    def add(self, other: "Verdict") -> None:
        """Take in what another process found."""
        for name in ("leaks", "refusals", "faults"):
            getattr(self, name).extend(getattr(other, name))
        self.reached |= other.reached
        for name in ("requests", "checks", "letters", "changes"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


class MayMeet(Protocol):
    """Says whether a word may stand in an answer to a person."""

    def __call__(self, world: World, person: Person, word: str, *, promised: bool = False) -> bool:
        """Say so."""


class Sweep:
    """One walk through the portal, as some people.

    With a rule of its own it looks for leaks by that rule only: what one wall alone does not promise is not missed.
    """

    def __init__(self, world: World, plan: Plan, rule: MayMeet | None = None) -> None:
        self.world, self.plan, self.portal = world, plan, Portal()
        self.rule, self.only_leaks = rule or may_meet, rule is not None
        self.verdict, self.source = Verdict(), random.Random(len(world.cases))
        self.views = views_of_notices()
        self.of_nothing: dict[tuple[int, str, str], Answer] = {}

    def walk(self, people: list[Person]) -> Verdict:
        """Ask everything that the plan wants, as each of these people."""
        for person in people:
            for question in self.questions(person):
                self.ask(question)
            if enters(person) and not self.only_leaks:
                self.compare_lists(person)
                self.search(person)
        return self.verdict

    def questions(self, person: Person) -> Iterator[Question]:
        """Yield what one person asks: of notices, and of everything else."""
        for case in self.world.cases.values():
            shown = enters(person) and oracle.exists(case, person)
            if self.source.randrange(100) < (self.plan.of_shown if shown else self.plan.of_hidden):
                if shown:
                    yield from self.reading(person, case)
                yield from self.about(person, case, *self.source.choice(self.views))
        for view, keys in other_views():
            if not keys and view != "account_logout":
                yield Question(person, view, reverse(view))
        yield from (Question(person, "notices:notices", path) for path in self._some_lists())

    def reading(self, person: Person, case: Case) -> Iterator[Question]:
        """Yield how a notice is read: its page, and now and then its PDF and one of its editions."""
        yield Question(person, PAGE, reverse(PAGE, args=[case.number]), case)
        if self.source.randrange(100) < self.plan.copies:
            yield Question(person, COPY, reverse(COPY, args=[case.number]), case)
            number = self.source.choice(case.editions).number
            yield Question(person, EDITION, reverse(EDITION, args=[case.number, number]), case)

    def about(self, person: Person, case: Case, view: str, keys: list[str]) -> Iterator[Question]:
        """Yield one question about a notice, in one of the ways there are to ask it."""
        other = self.source.choice(list(self.world.cases.values()))
        is_stolen = len(keys) > 1 and self.source.random() < 0.3
        paths = list(addresses_of(case, view, keys, other if is_stolen else None))
        if not paths:
            return
        method = self.source.choice(["GET"] * 6 + ["HEAD", "OPTIONS", "POST", "POST"])
        data = stolen_data(other) if method == "POST" and self.source.random() < 0.5 else {}
        headers = self.source.choice([{}] * 8 + [{"HX-Request": "true"}, {"Range": "bytes=7-"}])
        yield Question(person, view, self.source.choice(paths), case, method, data, headers)

    def ask(self, question: Question) -> Answer:
        """Ask one question and judge the answer."""
        answer = self.portal.ask(question)
        self.verdict.requests += 1
        self.judge(question, answer)
        return answer

    def judge(self, question: Question, answer: Answer) -> None:
        """Compare an answer with the oracle."""
        self._look_for_leaks(question, answer)
        if not self.only_leaks:
            self._compare(question, answer)

    def _compare(self, question: Question, answer: Answer) -> None:
        if answer.status >= 500:
            self.verdict.faults.append(f"{_named(question)}: {answer.status}")
        case, person = question.case, question.person
        if case is None:
            return
        if not (enters(person) and may_know_of(case, person)):
            self._compare_with_nothing(question, answer)
        elif question.method == "GET":
            self._look_for_refusals(question, answer)
        # A form that is judged was opened: its author is let in.
        if (answer.status < 400 or answer.status == 422) and enters(person):
            self.verdict.reached.add(question.view)

    def _look_for_leaks(self, question: Question, answer: Answer) -> None:
        self.verdict.checks += 1 + len(answer.words)
        for word in answer.words:
            # A form may hold the promise, and the page that it leads to then shows the text.
            if not self.rule(self.world, question.person, word, promised=question.method == "POST"):
                self.verdict.leaks.append(f"{_named(question)}: {self.world.planted.get(word, word)}")

    def _look_for_refusals(self, question: Question, answer: Answer) -> None:
        expected = self._expected(question)
        self.verdict.checks += len(expected)
        for word in sorted(expected - answer.words):
            self.verdict.refusals.append(f"{_named(question)}: {self.world.planted.get(word, word)}")

    def _expected(self, question: Question) -> set[str]:
        asked = self.world, question.person, question.case
        if question.view == EDITION:
            return must_meet_in_edition(*asked, int(question.path.rstrip("/").rpartition("/")[2]))
        ways = {PAGE: must_meet, COPY: must_meet_in_copy}
        return ways[question.view](*asked) if question.view in ways else set()

    def _compare_with_nothing(self, question: Question, answer: Answer) -> None:
        nothing = nothing_like(question)
        # With ids of the notice in the address too, what does not exist is asked about each time.
        key = (question.person.pk, nothing.path, f"{question.method} {question.data} {question.headers}")
        if key not in self.of_nothing:
            self.of_nothing[key] = self.portal.ask(nothing)
            self.verdict.requests += 1
        self.verdict.checks += 1
        if _comparable(answer, question.case.number) != _comparable(self.of_nothing[key], NUMBER_OF_NOTHING):
            self.verdict.leaks.append(f"{_named(question)}: answers otherwise than of a notice that does not exist")

    def compare_lists(self, person: Person) -> None:
        """Compare the list as a file and on its pages, and its count, with what exists for a person."""
        expected = {case.number for case in self.world.cases.values() if oracle.exists(case, person)}
        whole = self.ask(Question(person, "notices:notices_csv", f"/notices/list.csv?{EVERY_STATE}"))
        self._equal(person, "list as a file", {word for word in whole.words if word in self.world.numbers}, expected)
        page = self.ask(Question(person, "notices:notices", f"/notices/?{EVERY_STATE}"))
        counted = COUNTED.search(page.body.decode())
        self._equal(person, "count", {counted[1] if counted else "0"}, {str(len(expected))})

    def search(self, person: Person) -> None:
        """Look for words by their beginnings: what is not theirs to read finds nothing."""
        for word in self.source.sample(sorted(self.world.planted), self.plan.words):
            planted = self.world.planted[word]
            path = f"/notices/?q={word[:14]}&{EVERY_STATE}"
            found = self.ask(Question(person, "notices:notices", path)).words & set(self.world.numbers)
            case = self.world.cases.get(planted.notice)
            self._equal(person, f"search for {planted}", found, _findable(case, planted.part, planted.edition, person))

    def _equal(self, person: Person, what: str, found: set[str], expected: set[str]) -> None:
        self.verdict.checks += 1 + len(expected)
        if found - expected:
            self.verdict.leaks.append(f"{person.name}, {what}: {sorted(found - expected)}")
        if expected - found:
            self.verdict.refusals.append(f"{person.name}, {what}: {sorted(expected - found)}")

    def _some_lists(self) -> list[str]:
        words = self.source.sample(sorted(self.world.planted), 2)
        everything = lists(words)
        return self.source.sample(everything, min(self.plan.lists, len(everything)))

    def reach(self) -> None:
        """Ask each view that nobody was let into yet, as each kind of person about each kind of notice."""
        people = [person for person in self.world.people.values() if enters(person)]
        pairs = [(person, case) for case in self.world.cases.values() for person in people if _meets(case, person)]
        kinds = list({_kind(case, person): (person, case) for person, case in pairs}.values())
        self.source.shuffle(kinds)
        for view, keys in self.views:
            for person, case in kinds:
                for path in islice(addresses_of(case, view, keys), 2 if view not in self.verdict.reached else 0):
                    self.ask_until_let_in(Question(person, view, path, case))

    def ask_until_let_in(self, question: Question) -> None:
        """Ask by GET, and where that is not allowed by POST, with the form of the editor where it opens."""
        if self.ask(question).status != 405:
            return
        person, case = question.person, question.case
        editor = self.ask(Question(person, "notices:notice_edit", f"/notices/{case.number}/edit/", case))
        fields = fields_of(editor.body) if editor.status == 200 else {}
        data = {**fields, "edition": str(case.text.number)}
        self.ask(Question(person, question.view, question.path, case, "POST", data))


def _meets(case: Case, person: Person) -> bool:
    return enters(person) and may_know_of(case, person)


def _kind(case: Case, person: Person) -> tuple[str, str, bool]:
    """Return what decides which pages of a notice a person opens: its state, their part in it, its files."""
    parts = {
        "author": person.pk == case.author and "analyst" in person.roles,
        "publisher": "publisher" in person.roles and not oracle.is_of_record(case, person),
        "officer": "compliance_officer" in person.roles and not oracle.is_of_record(case, person),
        "focal point": oracle.cosponsors(case, person),
        "reader": oracle.is_open(case, case.text, person),
    }
    return case.state, next((part for part, is_theirs in parts.items() if is_theirs), ""), bool(case.text.attachments)


def _findable(case: Case | None, part: str, edition: int, person: Person) -> set[str]:
    in_force = case is not None and edition == case.text.pk and oracle.text_exists(case, case.text, person)
    is_text = part in {"title", "chemical", "file name"} or part.startswith("section")
    return {case.number} if case and in_force and is_text else set()


def _comparable(answer: Answer, number: str) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value.replace(number, "") for name, value in answer.headers.items()}
    return answer.status, headers, answer.body.replace(number.encode(), b"")


def _named(question: Question) -> str:
    state = f" ({question.case.state})" if question.case else ""
    return f"{question.person.name} {question.method} {question.path}{state}"
