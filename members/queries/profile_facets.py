"""How many people would each choice leave that is about what members say of themselves, took part in, or work for?

A facet of a field asks whether its member shows it to the viewer: who hides it is neither found nor counted.
Source: decisions 0025, 0030 and 0035.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils.translation import get_language

from congress.core import gathered
from congress.core.languages import LanguageLevel, language_choices
from congress.core.topics import Expertise, Topic
from members.models import Member, MemberQuerySet, Organisation, labels_of
from members.policies import shows
from members.queries.facets import Cell, Option, cells, count_of, placed
from members.queries.filters import Filters, Freshness
from members.queries.tallies import COUNTED, DAYS, LISTED, VALUES, Tallies, confirmed_within, tallies, tally

# Of more organisations than this the name is quicker typed than found in a list.
LARGEST_BODIES = 8


def meant(viewer: Member, filters: Filters) -> Q:
    """Return the condition of all these facets."""
    condition = Q()
    for name, wanted in filters.of_fields.items():
        if wanted:
            condition &= shows(viewer, name) & Q(**{f"profile__{name}__overlap": list(wanted)})
    for name, listed in LISTED.items():
        if wanted := getattr(filters, name):
            condition &= shows(viewer, listed) & _has_one_of(viewer, listed, wanted)
    if filters.organisation:
        condition &= Q(organisation__public_id__in=filters.organisation)
    if filters.confirmed:
        condition &= confirmed_within(max(DAYS[Freshness(value)] for value in filters.confirmed))
    return condition


def _has_one_of(viewer: Member, listed: str, wanted: tuple[str, ...]) -> Q:
    facet = gathered.FACETS[listed]
    return Q(pk__in=facet.rows(viewer).filter(**{f"{facet.column}__in": wanted}).values("member"))


def counted(viewer: Member, members: MemberQuerySet, matching: MemberQuerySet, filters: Filters) -> Tallies:
    """Count members by where they stand, with all other filters on, and by each of these facets, with its own off.

    `matching` are those of the members whom these facets leave. A facet is counted as long as that leaves no more than
    5,000 people. One query and one for each of these facets that is in use; one or two more if there are more people.
    """
    found = tallies(viewer, matching, filters, placed(filters)) or _of_many(viewer, matching, filters)
    in_use = {name: _in_use(viewer, members, filters, name) for name in VALUES if getattr(filters, name)}
    return Tallies(found.values | {name: values for name, values in in_use.items() if values is not None}, found.cells)


def _in_use(viewer: Member, members: MemberQuerySet, filters: Filters, name: str) -> Counter[str] | None:
    others = meant(viewer, filters.choosing(name, ()))
    return tally(viewer, members.filter(placed(filters), others), filters, name)


def _of_many(viewer: Member, matching: MemberQuerySet, filters: Filters) -> Tallies:
    everywhere: list[Cell] = cells(matching)
    few = count_of(everywhere, filters) <= COUNTED
    here = tallies(viewer, matching.filter(placed(filters)), filters, Q()) if few else None
    return Tallies(here.values if here else {}, everywhere)


def profile_options(viewer: Member, found: Tallies, filters: Filters) -> dict[str, list[Option]]:
    """Return the options of these facets, the largest first, and none that would leave nobody.

    What was not counted is offered whole without a number; of organisations those chosen, up to eight with the
    largest. Two queries, one more for the names of organisations if there are any.
    """
    counts = found.values
    labels = _labels(viewer) | {"organisation": _bodies(counts.get("organisation"), filters.organisation)}
    return {name: _options(labels[name], counts.get(name), getattr(filters, name)) for name in VALUES}


def _labels(viewer: Member) -> dict[str, Mapping[str, str]]:
    return {
        "expertise": labels_of(Expertise),
        "topic": labels_of(Topic),
        "language": dict(language_choices(get_language() or "en")),
        "level": labels_of(LanguageLevel),
        **listed_names(viewer),
        "confirmed": labels_of(Freshness),
    }


def listed_names(viewer: Member) -> dict[str, dict[str, str]]:
    """Return the names of the groups and meetings that exist for this viewer, by what stands for each; two queries."""
    return {name: gathered.FACETS[listed].names(viewer) for name, listed in LISTED.items()}


def organisation_names(public_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of the organisations that exist among these ids, by name; no query for none."""
    wanted = list(public_ids)
    if not wanted:
        return {}
    named = Organisation.objects.filter(public_id__in=wanted).order_by("name")
    return dict(named.values_list("public_id", "name"))


def _bodies(counts: Counter[str] | None, chosen: tuple[str, ...]) -> dict[str, str]:
    counted = counts or Counter()
    ranked = sorted({*counted, *chosen}, key=lambda value: (value not in chosen, -counted[value], value))
    return organisation_names(ranked[: max(LARGEST_BODIES, len(chosen))])


def _options(labels: Mapping[str, str], counts: Counter[str] | None, chosen: tuple[str, ...]) -> list[Option]:
    if counts is None:
        return [Option(value, label, None, value in chosen) for value, label in labels.items()]
    left = [(value, label) for value, label in labels.items() if counts[value] or value in chosen]
    options = [Option(value, label, counts[value], value in chosen) for value, label in left]
    return sorted(options, key=lambda option: option.count or 0, reverse=True)
