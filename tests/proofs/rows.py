"""Do both walls show each person just the rows that the oracle names? Every policy and every table, for everybody."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from congress.core import wall
from members.models import Member
from notices import policies
from notices.models import (
    AccessException,
    Attachment,
    Check,
    Cosponsorship,
    Edition,
    Notice,
    Override,
    Reading,
    Remark,
    SavedSearch,
    SavedText,
    Section,
)
from tests.factories import LONG_AGO
from tests.proofs import oracle
from tests.proofs.facts import Case, Person, Text, World

Ids = set[int]
DAY = timedelta(days=1)


def viewers(world: World) -> dict[int, Member]:
    """Return everybody's own row, with their rights."""
    return Member.objects.with_rights(datetime.now(UTC)).select_related("organisation").in_bulk(list(world.people))


def cases_for(world: World, allowed: Callable[[Case], bool]) -> Ids:
    """Return the ids of the notices for which something holds."""
    return {case.pk for case in world.cases.values() if allowed(case)}


def texts_for(world: World, allowed: Callable[[Case, Text], bool]) -> Ids:
    """Return the ids of the editions for which something holds."""
    return {text.pk for case in world.cases.values() for text in case.editions if allowed(case, text)}


def first_wall(world: World) -> Iterator[str]:
    """Compare each policy that answers with rows; yield what differs."""
    for pk, viewer in viewers(world).items():
        person = world.people[pk]
        for name, rows, expected in _policies(world, person, viewer):
            yield from _difference(f"{name}({person.name})", set(rows), expected)


def _policies(world: World, person: Person, viewer: Member) -> Iterator[tuple[str, Iterable[int], Ids]]:
    existing = cases_for(world, lambda case: oracle.exists(case, person))
    in_force = {case.pk for case in world.cases.values() if case.state == "published"}
    addressed = cases_for(world, lambda case: oracle.is_addressed(case, person)) & in_force
    takes_back = cases_for(world, lambda case: oracle.can_take_back(case, person))
    editions = texts_for(world, lambda case, text: oracle.edition_exists(case, text, person))
    texts = texts_for(world, lambda case, text: oracle.text_exists(case, text, person))
    waiting = cases_for(world, lambda case: bool(oracle.steps(case, person, set()) & {"edit", "clear", "publish"}))
    yield "visible_to", policies.visible_to(viewer).values_list("pk", flat=True), existing
    yield "addressed_to", policies.addressed_to(viewer).values_list("pk", flat=True), addressed
    yield "withdrawable_by", policies.withdrawable_by(viewer).values_list("pk", flat=True), takes_back
    yield "waiting_for", policies.waiting_for(viewer).values_list("pk", flat=True), waiting
    yield "editions_visible_to", policies.editions_visible_to(viewer).values_list("pk", flat=True), editions
    yield "sections_visible_to", policies.sections_visible_to(viewer).values_list("edition", flat=True), texts
    with_files = {text.pk for case in world.cases.values() for text in case.editions if text.attachments}
    attached = policies.attachments_visible_to(viewer).values_list("edition", flat=True)
    yield "attachments_visible_to", attached, texts & with_files


def text_of_one(world: World) -> Iterator[str]:
    """Compare what of a notice that exists for its author is shown on its page, also below a ceiling."""
    everybody, below = viewers(world), viewers(world)
    for notice in Notice.objects.in_bulk(list(world.cases)).values():
        case = world.cases[notice.pk]
        author = world.people[case.author]
        if oracle.exists(case, author):
            below[author.pk].standing = "provisional"
            has_text = oracle.text_exists(case, case.text, author)
            is_open = has_text and case.text.label.tlp in oracle.OPEN_LABELS
            yield from _shown_of_one(everybody[author.pk], notice, case, has_text)
            yield from _shown_of_one(below[author.pk], notice, case, is_open)


def _shown_of_one(viewer: Member, notice: Notice, case: Case, is_shown: bool) -> Iterator[str]:
    sections = policies.sections_of_shown(viewer, notice).values_list("edition", flat=True)
    files = policies.attachments_of_shown(viewer, notice).values_list("pk", flat=True)
    of_one = f"_of_shown({viewer.pk}, {case.number} {case.state}, {viewer.standing})"
    yield from _difference(f"sections{of_one}", set(sections), {case.text.pk} if is_shown else set())
    yield from _difference(f"attachments{of_one}", set(files), set(case.text.attachments) if is_shown else set())


def for_many(world: World) -> Iterator[str]:
    """Compare the policies that ask for many people at once."""
    everybody = list(viewers(world).values())
    in_force = [case for case in world.cases.values() if case.state == "published"]
    around, later = (LONG_AGO - DAY, LONG_AGO + DAY), (LONG_AGO + DAY, LONG_AGO + 2 * DAY)
    before = (LONG_AGO - 2 * DAY, LONG_AGO - DAY)
    for rows, allowed in (
        (Notice.objects.all(), oracle.is_addressed),
        (Notice.objects.filter(policies.granted_to_each(*around)), oracle.is_granted),
        (Notice.objects.filter(policies.granted_to_each(*later)), lambda case, person: False),
        (Notice.objects.filter(policies.granted_to_each(*before)), lambda case, person: False),
    ):
        expected = {pk: {c.text.pk for c in in_force if allowed(c, person)} for pk, person in world.people.items()}
        found = {pk: set(editions) for pk, editions in policies.addressed_to_each(everybody, rows).items()}
        yield from _difference("addressed_to_each", _pairs(found), _pairs(expected))
        yield from _difference("addressed_to_each", set(found), {pk for pk, theirs in expected.items() if theirs})


def _pairs(editions: dict[int, Ids]) -> set[tuple[int, int]]:
    return {(person, edition) for person, theirs in editions.items() for edition in theirs}


def the_other_way_round(world: World) -> Iterator[str]:
    """Compare who reads a notice, would read it with another audience, or without one of its exceptions."""
    notices = Notice.objects.select_related("edition").in_bulk(list(world.cases))
    in_force = [case for case in world.cases.values() if case.state == "published"]
    for case, other in zip(in_force, [*in_force[1:], in_force[0]], strict=True):
        notice, audience = notices[case.pk], notices[other.pk].edition.audience
        yield from _readers(world, case, policies.readers(notice))
        yield from _readers(world, replace(case, editions=(other.text,)), policies.readers(notice, audience))
        for row in AccessException.objects.filter(notice=notice):
            kept = tuple(exempt for exempt in case.exceptions if exempt.pk != row.pk)
            yield from _readers(world, replace(case, exceptions=kept), policies.readers(notice, without=row))
    for case in world.cases.values():
        found = Member.objects.filter(policies.meant_by(notices[case.pk].exceptions.in_force()))
        meant = {pk for pk, who in world.people.items() if any(oracle.is_for(each, who) for each in case.exceptions)}
        yield from _difference(f"meant_by({case.number})", set(found.values_list("pk", flat=True)), meant)


def _readers(world: World, case: Case, found: QuerySet[Member]) -> Iterator[str]:
    expected = {pk for pk, person in world.people.items() if oracle.is_addressed(case, person)}
    yield from _difference(f"readers({case.number})", set(found.values_list("pk", flat=True)), expected)


def steps(world: World) -> Iterator[str]:
    """Compare which steps are open, and who follows and reads at once, for members; others see no notice at all."""
    notices = list(Notice.objects.select_related("edition", "author").in_bulk(list(world.cases)).values())
    for pk, viewer in viewers(world).items():
        person = world.people[pk]
        yield from _difference(f"beyond rows({person.name})", _beyond_rows(viewer), oracle.beyond_rows(person))
        for notice in notices:
            case = world.cases[notice.pk]
            at = f"({person.name}, {notice.number} {case.state})"
            expected = oracle.steps(case, person, colleagues(world, case))
            yield from _difference(f"steps_open_to{at}", set(policies.steps_open_to(viewer, notice)), expected)
            if oracle.is_member(person):
                follows, at_once = oracle.follows(case, person), oracle.reads_at_once(case, person)
                yield from _difference(f"can_follow{at}", {policies.can_follow(viewer, notice)}, {follows})
                yield from _difference(f"can_read_at_once{at}", {policies.can_read_at_once(viewer, notice)}, {at_once})
                explains = oracle.explains(case, person)
                yield from _difference(f"can_explain{at}", {policies.can_explain(viewer, notice)}, {explains})


def _beyond_rows(viewer: Member) -> set[str]:
    asked = {
        "draft": policies.can_draft, "keep_searches": policies.can_keep_searches,
        "list_exceptions": policies.can_list_exceptions,
    }  # fmt: skip
    return {name for name, allowed in asked.items() if allowed(viewer)}


def colleagues(world: World, case: Case) -> Ids:
    """Return who works for the body of a notice's author."""
    body = world.people[case.author].body
    return {pk for pk, person in world.people.items() if body is not None and person.body == body}


def second_wall(world: World) -> Iterator[str]:
    """Compare what the database shows of every table of notices; yield what differs."""
    for person in world.people.values():
        with wall.reading_as(person.pk):
            for model, column, expected in _tables(world, person):
                found = set(model._default_manager.values_list(column, flat=True))
                yield from _difference(f"{model.__name__}({person.name})", found, expected)


def _tables(world: World, person: Person) -> Iterator[tuple[type[Model], str, Ids]]:
    rows = cases_for(world, lambda c: oracle.exists(c, person) or oracle.can_take_back(c, person))
    existing = [case for case in world.cases.values() if oracle.exists(case, person)]
    editions = texts_for(world, lambda case, text: oracle.edition_exists(case, text, person))
    texts = {t.pk: t for c in world.cases.values() for t in c.editions if oracle.text_exists(c, t, person)}
    shown = [text for case in existing for text in case.editions if text.pk in editions]
    yield Notice, "pk", rows
    yield Edition, "pk", editions
    yield Section, "edition", set(texts)
    yield Attachment, "pk", {pk for text in texts.values() for pk in text.attachments}
    yield SavedText, "pk", {pk for text in shown for pk in text.saved}
    yield Override, "pk", {pk for text in shown for pk in text.overrides}
    yield Remark, "pk", {pk for case in existing for pk in case.remarks}
    yield Check, "pk", {pk for case in existing for pk in case.checks}
    yield Cosponsorship, "notice", {case.pk for case in existing if case.cosponsors}
    yield Reading, "member", _if(person, any(person.pk in t.readings for c in world.cases.values() for t in c.editions))
    yield SavedSearch, "member", _if(person, person.pk % 3 > 0)
    yield AccessException, "pk", _exceptions(world, person)


def shown_in_mail(world: World) -> Iterator[str]:
    """Compare of which editions the database lets a letter to each person say something."""
    # Of every second edition only: what was not asked about is not answered.
    texts = [(case, text) for case in world.cases.values() for text in case.editions if text.pk % 2]
    with wall.reading_as(wall.Somebody.NOBODY), connection.cursor() as cursor:
        asked = [list(world.people), [text.pk for _case, text in texts]]
        cursor.execute("SELECT reader, edition FROM notices_shown_to(%s::bigint[], %s::bigint[])", asked)
        found = cursor.fetchall()
    for pk, person in world.people.items():
        expected = {text.pk for case, text in texts if oracle.text_exists(case, text, person)}
        theirs = {edition for reader, edition in found if reader == pk}
        yield from _difference(f"notices_shown_to({person.name})", theirs, expected)


def found_by_words(world: World) -> Iterator[str]:
    """Compare in which editions the index finds the word of a title."""
    for case in list(world.cases.values())[::5]:
        word = world.word("title", case.pk, case.text.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT notices_matching(websearch_to_tsquery('english', %s))", [word])
            yield from _difference(f"notices_matching({word})", {pk for (pk,) in cursor.fetchall()}, {case.text.pk})


def _if(person: Person, has_rows: bool) -> Ids:
    return {person.pk} if oracle.is_member(person) and has_rows else set()


def _exceptions(world: World, person: Person) -> Ids:
    everything = [exception for case in world.cases.values() for exception in case.exceptions]
    if oracle.holds(person, "publisher"):
        return {exception.pk for exception in everything}
    if not oracle.is_member(person):
        return set()
    own = {("person", person.pk), ("body", person.body), ("country", person.country)} - {("body", None)}
    return {e.pk for e in everything if {("person", e.person), ("body", e.body), ("country", e.country)} & own}


def _difference(what: str, found: set[Any], expected: set[Any]) -> Iterator[str]:
    if found != expected:
        yield f"{what}: too many {sorted(found - expected)}, missing {sorted(expected - found)}"
