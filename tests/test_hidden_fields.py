"""Does any answer tell anybody a field of a profile that is not for them?

Six members open each field to each audience once. Somebody who sees everything asks every address of the running
table twice, with the fields and with others in them: what differs tells. Each viewer asks there, and searches; then all
that is hidden from them gets another value, and not one byte may differ. What is theirs has to be in some answer.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client

from congress.core.files import store
from congress.core.labels import Audience
from congress.core.roles import Role
from congress.core.sectors import Sector
from congress.core.topics import Expertise, Topic
from events.models import Appearance, Registration, Speaker
from members.actions import refresh_search
from members.actions.photographs import SHELF
from members.models import FIELDS, WRITTEN, FieldAudience, Group, Member, Profile, Term
from notices.models import Notice
from tests import factories
from tests.conftest import NOW
from tests.onlookers import HOME, NETWORK, ONLOOKERS, TODAY, onlookers, seated, sitting
from tests.outside import Answer, addresses, differences, known_ids, sweep

LISTS = {
    "expertise": Expertise.values,
    "topics": Topic.values,
    "languages": [f"{code}:native" for code in ("uk", "ka", "hy", "fa", "th", "he")],
}
GATHERED = tuple(name for name in FIELDS if name not in WRITTEN)
# The pages of what is gathered tell of it by themselves, to everybody for whom they are.
SOURCES = ("/groups/", "/meetings/", "/notices/")
PARTS: dict[str, Callable[[Member], QuerySet[Any]]] = {
    "seats": lambda person: Term.objects.filter(member=person),
    "meetings": lambda person: Registration.objects.filter(member=person, meeting__slug__startswith="meetings-"),
    "sessions": lambda person: Appearance.objects.filter(speaker__member=person),
    "notices": lambda person: Notice.objects.filter(author=person),
}
ENDS = {WRITTEN: ("/", ".vcf", "/photograph/small/"), GATHERED: ("/",)}
PAST = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
ZONES = ("Pacific/Niue", "Asia/Kabul", "Asia/Kathmandu", "Pacific/Marquesas", "America/Nuuk", "Pacific/Apia")
NOBODY = "zqnobodyxk"
TURNS = range(len(FieldAudience))
# One for each audience; the first belongs to none, and holds every office that reads no more for it.
VIEWERS = ("other_office", "colleague", "neighbour", "delegate", "committee", "vetting_reviewer")
MAILS: Path = settings.BASE_DIR / "templates" / "mail"


@pytest.fixture(autouse=True)
def _stillness() -> Iterator[None]:
    logging.disable()
    with time_machine.travel(NOW, tick=False):
        yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def people(db: None, tmp_path: Path, settings: Any) -> dict[str, Member]:
    settings.FILES_ROOT = tmp_path / "store"
    subjects = [factories.member(f"subject{turn}", **HOME) for turn in TURNS]
    for turn, person in enumerate(subjects):
        audiences = {f"{name}_audience": audience_of(name, turn) for name in FIELDS}
        written = {name: value_of(name, turn) for name in WRITTEN if name != "email"} | photograph_kept(tmp_path)
        Profile.objects.filter(member=person).update(**written, **audiences)
        Member.objects.filter(pk=person.pk).update(email=value_of("email", turn))
        take_part(person, turn)
    refresh_search(Member.objects.all())
    factories.member("writer")
    probe = factories.member("probe", roles=set(Role) - {Role.MEMBER}, organisation=subjects[-1].organisation, **HOME)
    return onlookers(*subjects) | {"probe": probe} | {person.latin_name: person for person in subjects}


def audience_of(name: str, turn: int) -> FieldAudience:
    """Return whom a subject opens a field to: in six turns each field meets each audience."""
    audiences = list(FieldAudience)
    return audiences[(turn + list(FIELDS).index(name)) % len(audiences)]


def value_of(name: str, turn: int) -> Any:
    """Return what stands in the field of one subject and of nobody else."""
    if name in LISTS:
        return [LISTS[name][turn]]
    if name == "photograph":
        return f"zqphoto{turn}xk"
    word = f"Zq{name.replace('_', '')}{turn}xk"
    said = {"email": f"{word.lower()}@members.example", "other_names": [word], "time_zone": ZONES[turn]}
    return said.get(name, word)


def photograph_kept(folder: Path) -> dict[str, str]:
    """Put some bytes into the store, and return where they lie."""
    picture = folder / "picture"
    picture.write_bytes(b"pixels")
    return dict.fromkeys(("photograph_large", "photograph_small"), store.put(picture, shelf=SHELF))


def take_part(person: Member, turn: int) -> None:
    """Let a subject sit, be and speak where nobody else does."""
    sitting(person, factories.group(text_of("seats", turn)), ends_on=TODAY + timedelta(days=1))
    spoken, met = (
        factories.meeting(f"{name}-{turn}", title=text_of(name, turn), starts_on=PAST.date(), ends_on=PAST.date())
        for name in ("sessions", "meetings")
    )
    seated(person, met)
    session = factories.session(spoken, text_of("sessions", turn), starts_at=PAST)
    speaker = Speaker.objects.create(meeting=spoken, member=person, latin_name=person.latin_name)
    Appearance.objects.create(session=session, speaker=speaker, part="chair")
    factories.notice(text_of("notices", turn), author=person, audience=Audience(sectors=Sector.values))


def every_pair(names: Iterable[str]) -> list[tuple[int, str]]:
    return [(turn, name) for turn in TURNS for name in names]


def hidden(viewer: str, names: Iterable[str]) -> list[tuple[int, str]]:
    """Return which field of which subject is not for a viewer, by nothing but the table of onlookers."""
    seen = {NETWORK} | ONLOOKERS[viewer]
    return [(turn, name) for turn, name in every_pair(names) if audience_of(name, turn) not in seen]


def text_of(name: str, turn: int) -> str:
    value = value_of(name, turn)
    return value if isinstance(value, str) else str(value[0])


def telling(client: Client, subjects: list[Member], names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return which addresses say something of a field, about each subject where about one; and which search people."""
    newest, last = Member.objects.latest("pk").public_id, subjects[-1].public_id
    asked = [path.replace(newest, last) for path in addresses() if names is WRITTEN or not path.startswith(SOURCES)]
    told = sweep_unbraked(client, asked)
    moved = differences(told, without(every_pair(names), subjects, client, list(told)))
    each = {path.replace(last, person.public_id) for path in moved for person in subjects}
    ids = {one for values in known_ids().values() for one in (*values, last)}
    plain = [path for path, answer in told.items() if answer[0] == 200 and ids.isdisjoint(re.split(r"[/.]", path))]
    found = sweep_unbraked(client, [f"{path}?q=subject5" for path in plain])
    nothing = sweep_unbraked(client, [f"{path}?q={NOBODY}" for path in plain])
    return sorted(each), [path for path in plain if is_found(path, found) and not is_found(path, nothing)]


def is_found(path: str, answers: dict[str, Answer]) -> bool:
    """Tell whether a search for somebody's name, or for nobody's, named them."""
    return any(
        b"Subject5" in body for asked, (_status, _headers, body) in answers.items() if asked.startswith(f"{path}?")
    )


def without(
    pairs: list[tuple[int, str]], subjects: list[Member], client: Client, paths: list[str]
) -> dict[str, Answer]:
    """Return the answers of a world in which these fields of these subjects hold something else."""
    with transaction.atomic():
        for turn, name in pairs:
            change(subjects[turn], name)
        refresh_search(Member.objects.filter(pk__in=[person.pk for person in subjects]))
        answers = sweep_unbraked(client, paths)
        transaction.set_rollback(True)
    return answers


def address_of(name: str, turn: int) -> str:
    """Return what a filter asks for by a group or a meeting of one subject."""
    if name == "meetings":
        return f"meetings-{turn}"
    return Group.objects.get(name=text_of(name, turn)).public_id


def asked_for(pairs: list[tuple[int, str]]) -> list[str]:
    """Return a query for each hidden word, and one for all hidden values of each facet."""
    words = [f"q={text_of(name, turn)}" for turn, name in pairs if name not in LISTS]
    topics = [f"q={quote(str(Topic(text_of(name, turn)).label))}" for turn, name in pairs if name == "topics"]
    facets = {"expertise": "expertise", "topics": "topic", "languages": "language"}
    values = {name: [text_of(name, turn).partition(":")[0] for turn, each in pairs if each == name] for name in facets}
    facets |= {"seats": "group", "meetings": "meeting"}
    values |= {name: [address_of(name, turn) for turn, each in pairs if each == name] for name in ("seats", "meetings")}
    some = [urlencode({facets[name]: values[name], "sort": "newest"}, doseq=True) for name in facets if values[name]]
    return [*words, *topics, *some, *(f"q=subject&{one}" for one in some[:1])]


@pytest.mark.parametrize("names", [WRITTEN, GATHERED], ids=["written", "gathered"])
def test_what_is_hidden_from_somebody_changes_no_byte_of_the_portal(people, signed_in, names):
    subjects = [people[f"Subject{turn}"] for turn in TURNS]
    pages, searches = telling(signed_in(people["probe"]), subjects, names)
    about = {f"/members/{person.public_id}{end}" for person in subjects for end in ENDS[names]}
    assert about <= {*pages}
    assert "/members/" in searches
    for viewer in VIEWERS:
        client, unseen = signed_in(people[viewer]), hidden(viewer, names)
        paths = [*pages, *(f"{path}?{asked}" for path in searches for asked in asked_for(unseen))]
        told = sweep_unbraked(client, paths)
        assert missing(told, unseen, names) == set(), viewer
        assert differences(told, without(unseen, subjects, client, paths)) == [], viewer


def missing(told: dict[str, Answer], unseen: list[tuple[int, str]], names: Iterable[str]) -> set[str]:
    """Return the words that are for the viewer and in no answer."""
    pairs = [pair for pair in every_pair(names) if pair[1] not in LISTS and pair not in unseen]
    theirs = {text_of(name, turn) for turn, name in pairs}
    everything = b"".join(body for _status, _headers, body in told.values())
    return {word for word in theirs if word.encode() not in everything}


def change(person: Member, name: str) -> None:
    """Let nothing stand in a field any more, or for the address another one; or let them have taken no part.

    A notice stays, and is somebody else's.
    """
    if name == "notices":
        PARTS[name](person).update(author=Member.objects.get(latin_name="Writer"))
    elif name in PARTS:
        PARTS[name](person).delete()
    elif name == "photograph":
        Profile.objects.filter(member=person).update(photograph="", photograph_large="", photograph_small="")
    elif name == "email":
        Member.objects.filter(pk=person.pk).update(email=f"another{person.pk}@members.example")
    else:
        Profile.objects.filter(member=person).update(**{name: [] if isinstance(value_of(name, 0), list) else ""})


def sweep_unbraked(client: Client, paths: list[str]) -> dict[str, Answer]:
    """Ask for everything, without the brakes on reading that would end it."""
    answers: dict[str, Answer] = {}
    for start in range(0, len(paths), 25):
        cache.clear()
        answers |= sweep(client, paths[start : start + 25])
    return answers


def test_no_mail_reads_a_field():
    field = re.compile(rf"(?<!meeting)\.({'|'.join(FIELDS)})\b|\.shown\b|\bprofile\.")
    assert [path.name for path in MAILS.rglob("*.*") if field.search(path.read_text())] == []
