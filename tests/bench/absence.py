"""Who is listed when somebody is sought who is not there? Nobody would be right."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from random import Random
from statistics import fmean

from congress.core.names import keys
from congress.core.names.likeness import Sought as Name
from members.models import Member
from members.policies import names_visible_to
from members.queries.namesakes import nearest, within_reach
from tests.bench.sought import ONE_WORD, Names, Sought, Token

ASKED = 800
Ids = set[int]


def tables_of_absence(viewer: Member, sought: Sequence[Sought], names: Names) -> Iterator[str]:
    """Yield how many of a hundred searches list anybody, and how many people, by kinds of search.

    First without those who bear the whole name, then without all who bear a word of it.
    """
    bearers = _bearers(names)
    some = Random(9).sample(sought, min(ASKED, len(sought)))
    yield f"\n{'nobody is called so':30}{'lists':>8}{'people':>8}   {'nor has a word of it':>20}{'people':>8}\n"
    for kind, of_kind in _kinds(some).items():
        listed = [_listed(viewer, one, bearers) for one in of_kind]
        whole, words = zip(*listed, strict=True)
        yield f"{kind:30}{_share(whole):>8}{fmean(whole):>8.1f}   {_share(words):>20}{fmean(words):>8.1f}\n"


def _bearers(names: Names) -> Callable[[Token], Ids]:
    """Return a function that tells who bears a token, in any script and spelling."""
    ids: dict[str, Ids] = defaultdict(set)
    for pk, latin, native in Member.objects.values_list("pk", "latin_name", "native_name"):
        for token in names[latin or native]:
            for form in _forms(token):
                ids[form].add(pk)
    return lambda token: set().union(*(ids[form] for form in _forms(token)))


def _forms(token: Token) -> set[str]:
    return {token.native.lower(), token.latin, *token.spelt}


def _kinds(sought: Sequence[Sought]) -> dict[str, list[Sought]]:
    kinds = defaultdict(list)
    for one in sorted(sought, key=lambda one: one.way == ONE_WORD):
        words = ONE_WORD if one.way == ONE_WORD else "several words"
        kinds[f"{one.row.rpartition(' ')[2]}, {words}"].append(one)
    return kinds


def _listed(viewer: Member, one: Sought, bearers: Callable[[Token], Ids]) -> tuple[int, int]:
    """Return how many are listed if nobody bears the name, and if nobody bears a word of it."""
    borne = [bearers(token) for token in one.tokens]
    name = Name(keys(one.text))
    without = (
        names_visible_to(viewer).exclude(member__in=absent) for absent in (set.intersection(*borne), set.union(*borne))
    )
    whole, words = (len(within_reach(nearest(others, name), name)) for others in without)
    return whole, words


def _share(counts: Sequence[int]) -> str:
    return f"{100 * fmean(map(bool, counts)):.1f}"
