"""Do labels and audiences keep their word as values, and does a lower standing read less?"""

from collections.abc import Iterator
from typing import Any

from congress.core.labels import Audience
from members.models import Member
from notices import policies
from notices.models import Notice
from tests.proofs import oracle, rows
from tests.proofs.facts import Case, Label, Person, Text, World


def labels(world: World) -> Iterator[str]:
    """Compare what every audience of the world says of itself, and whom it names among all people."""
    for case in world.cases.values():
        for text in case.editions:
            yield from _of_label(world, text.label)
    if not policies.can_read_at_once(Member(), Notice(state="draft")):
        yield "can_read_at_once: there is no text to guard yet"


def _of_label(world: World, label: Label) -> Iterator[str]:
    fields: tuple[tuple[Any, ...], ...] = (label.sectors, label.countries, label.bodies, label.people)
    exclusions: tuple[tuple[Any, ...], ...] = (label.not_countries, label.not_bodies, label.not_people)
    audience = Audience(*map(list, (*fields, *exclusions, label.groups)))
    fields = (*fields, label.groups)
    names = ("sectors", "countries", "organisations", "people", "groups")
    columns: dict[str, list[Any]] = {
        f"audience_{name}": sorted(set(values)) for name, values in zip(names, fields, strict=True)
    }
    ways = ("countries", "organisations", "people")
    columns |= {f"excluded_{name}": sorted(set(values)) for name, values in zip(ways, exclusions, strict=True)}
    if audience.columns() != columns:
        yield f"columns: {label}"
    if audience.is_empty != (not any(fields)) or audience.names_people_only != _is_personal(label):
        yield f"is_empty, names_people_only: {label}"
    found = set(Member.objects.filter(policies.named_in(audience)).values_list("pk", flat=True))
    expected = {pk for pk, person in world.people.items() if oracle.names(label, person)}
    if found != expected:
        yield f"named_in: {label}"


def _is_personal(label: Label) -> bool:
    return not (label.sectors or label.countries or label.bodies or label.groups)


def ceilings(world: World) -> Iterator[str]:
    """Compare what members would read if their standing allowed them no more than TLP:GREEN.

    No standing with a ceiling reads notices today; should one be allowed to, the ceiling holds.
    """
    for pk, viewer in rows.viewers(world).items():
        person = world.people[pk]
        if oracle.is_member(person):
            viewer.permissions  # noqa: B018 - computed once, before the standing falls
            viewer.standing = "provisional"
            existing = {case.pk for case in world.cases.values() if _exists(case, person)}
            texts = {t.pk for c in world.cases.values() for t in c.editions if _is_readable(c, t, person)}
            if set(policies.visible_to(viewer).values_list("pk", flat=True)) != existing:
                yield f"visible_to({person.name}) below a ceiling"
            if set(policies.sections_visible_to(viewer).values_list("edition", flat=True)) != texts:
                yield f"sections_visible_to({person.name}) below a ceiling"
            with_files = {t.pk for c in world.cases.values() for t in c.editions if t.attachments}
            if set(policies.attachments_visible_to(viewer).values_list("edition", flat=True)) != texts & with_files:
                yield f"attachments_visible_to({person.name}) below a ceiling"


def _exists(case: Case, person: Person) -> bool:
    addressed = oracle.is_addressed(case, person) and case.text.label.tlp in oracle.OPEN_LABELS
    return addressed or oracle.follows(case, person) or oracle.cosponsors(case, person)


def _is_readable(case: Case, text: Text, person: Person) -> bool:
    if not _exists(case, person) or case.state in oracle.STUBS or text.label.tlp not in oracle.OPEN_LABELS:
        return False
    return text is case.text or oracle.names(text.label, person) or oracle.wrote(case, person)
