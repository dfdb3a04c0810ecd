"""Does any letter about notices say to anybody what is not theirs? Each is composed for everybody, as at sending."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from congress import celery_app
from congress.core import mail
from congress.core.models import Delivery, Entry
from tests.conftest import NOW
from tests.proofs import oracle
from tests.proofs.facts import Case, World
from tests.proofs.judgement import is_shown_by_the_database, may_stand_in_mail, must_stand_in_digest
from tests.proofs.words import words_in_broken

# Who composes letters is said in the packages' tasks.
celery_app.loader.import_default_modules()

DIGEST = "notices.digest"
WINDOW = timedelta(hours=10)


def kinds() -> list[str]:
    """Return the kinds of letters that notices send."""
    return sorted(kind for kind in mail.COMPOSERS if kind.startswith("notices."))


def published_at(case: Case) -> datetime:
    """Return when a notice was planted as published."""
    return NOW - timedelta(hours=1 + case.pk % 100)


def windows(world: World) -> Iterator[tuple[datetime, datetime, list[Case]]]:
    """Yield the windows of digests, each short enough that all of its notices are named."""
    until = NOW
    while until > NOW - timedelta(hours=110):
        since = until - WINDOW
        yield since, until, [case for case in world.cases.values() if since < published_at(case) <= until]
        until = since


def said(world: World, kind: str, entry: Entry) -> dict[int, set[str]]:
    """Return the words that one letter says to each person it is sent to."""
    compose = mail.COMPOSERS[kind](entry, list(world.people))
    letters = {pk: compose(Delivery(entry=entry, member_id=pk, kind=kind)) for pk in world.people}
    return {
        pk: words_in_broken(f"{letter.subject}\n{letter.text}\n{letter.html}")
        for pk, letter in letters.items()
        if letter
    }


def entry_about(kind: str, case: Case, **data: object) -> Entry:
    """Return the journal entry of a letter about one notice. What a new kind of letter needs to know is said here."""
    known = {
        "edition": case.text.number,
        "since": NOW.isoformat(),
        "until": NOW.isoformat(),
        "days": 7,
        "review_on": "None",
    }
    return Entry(event=kind, at=NOW, target_kind="notices.notice", target_id=case.pk, data={**known, **data})


def leaks(world: World) -> Iterator[str]:
    """Yield what any letter says that it must not."""
    for kind in kinds():
        for case in world.cases.values():
            for pk, words in said(world, kind, entry_about(kind, case)).items():
                yield from _too_much(world, kind, pk, words)
    for since, until, _cases in windows(world):
        for pk, words in said(world, DIGEST, _digest(since, until)).items():
            yield from _too_much(world, DIGEST, pk, words)


def refusals(world: World) -> Iterator[str]:
    """Yield what a digest does not say although it is for its reader."""
    for since, until, cases in windows(world):
        letters = said(world, DIGEST, _digest(since, until))
        for pk, person in world.people.items():
            missing = must_stand_in_digest(world, person, cases) - letters.get(pk, set())
            yield from (f"{DIGEST} to {person.name}: {number}" for number in sorted(missing))


def leaks_of_one_wall(world: World) -> Iterator[str]:
    """Yield what the letters say of rows that the database does not show to their readers."""
    for kind in kinds():
        for case in world.cases.values():
            for pk, words in said(world, kind, entry_about(kind, case)).items():
                hidden = (word for word in words if not is_shown_by_the_database(world, world.people[pk], word))
                yield from (f"{kind} to {world.people[pk].name}: {world.planted.get(word, word)}" for word in hidden)


def _digest(since: datetime, until: datetime) -> Entry:
    return Entry(event=DIGEST, at=NOW, data={"since": since.isoformat(), "until": until.isoformat()})


def _too_much(world: World, kind: str, pk: int, words: set[str]) -> Iterator[str]:
    person = world.people[pk]
    for word in sorted(words):
        if not (oracle.is_member(person) and may_stand_in_mail(world, person, word)):
            yield f"{kind} to {person.name}: {world.planted.get(word, word)}"
