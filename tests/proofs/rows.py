"""Do both walls show each person just the rows that the oracle names? Every policy and every table, for everybody."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model

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
from tests.proofs import oracle
from tests.proofs.facts import Case, Person, Text, World

Ids = set[int]


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


def for_many(world: World) -> Iterator[str]:
    """Compare the policies that ask for many people at once, and `readers`, the rule the other way round."""
    everybody = viewers(world)
    theirs = policies.addressed_to_each(everybody.values(), Notice.objects.all())
    in_force = [case for case in world.cases.values() if case.state == "published"]
    for pk, person in world.people.items():
        expected = {case.text.pk for case in in_force if oracle.is_addressed(case, person)}
        yield from _difference(f"addressed_to_each({person.name})", set(theirs.get(pk, [])), expected)
    for notice in Notice.objects.filter(pk__in=[case.pk for case in in_force]).select_related("edition"):
        case = world.cases[notice.pk]
        expected = {pk for pk, person in world.people.items() if oracle.is_addressed(case, person)}
        for name, audience in (("readers", None), ("readers of another audience", notice.edition.audience)):
            found = set(policies.readers(notice, audience).values_list("pk", flat=True))
            yield from _difference(f"{name}({notice.number})", found, expected)


def steps(world: World) -> Iterator[str]:
    """Compare which steps are open, and who follows and reads at once, for members; others see no notice at all."""
    notices = list(Notice.objects.select_related("edition", "author").in_bulk(list(world.cases)).values())
    for pk, viewer in viewers(world).items():
        person = world.people[pk]
        for notice in notices:
            case = world.cases[notice.pk]
            at = f"({person.name}, {notice.number} {case.state})"
            expected = oracle.steps(case, person, colleagues(world, case))
            yield from _difference(f"steps_open_to{at}", set(policies.steps_open_to(viewer, notice)), expected)
            if oracle.is_member(person):
                follows, at_once = oracle.follows(case, person), oracle.reads_at_once(case, person)
                yield from _difference(f"can_follow{at}", {policies.can_follow(viewer, notice)}, {follows})
                yield from _difference(f"can_read_at_once{at}", {policies.can_read_at_once(viewer, notice)}, {at_once})


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
