"""Which names does somebody mean who is still typing?"""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from congress.core.names import keys
from members.models import Member, MemberQuerySet
from members.policies import fields_shown, names_visible_to, visible_to

SUGGESTED = 8
BY_NAME = ("sort_name", "pk")
# Fewer letters begin the names of a tenth of the network.
MIN_LETTERS = 3
# Of more names than these the first few are met soon on the way through all members by name.
MANY = 25_000


def suggestions(viewer: Member, text: str) -> list[Member]:
    """Return some members of whose name every word typed begins a word, by name, with organisation and profile loaded.

    In any script; misspelt names are left to the search. At most three queries.
    """
    meant = [_begin_words(key.folded) for key in keys(text) if len(key.folded) >= MIN_LETTERS]
    if not meant:
        return []
    # Who they are first, and then what they show: of a million members thousands may be called so.
    called = _called(viewer, reduce(or_, meant)).order_by(*BY_NAME).values_list("pk", flat=True)
    found = visible_to(viewer).filter(pk__in=list(called[:SUGGESTED])).select_related("organisation", "profile")
    return list(fields_shown(viewer, found).order_by(*BY_NAME))


def _called(viewer: Member, meant: Q) -> MemberQuerySet:
    # Whose names they are is looked up by itself: asked at once, few names are looked for in the order of all members.
    named = names_visible_to(viewer).filter(meant)
    few = list(named.values_list("member", flat=True)[: MANY + 1])
    if len(few) > MANY:
        return visible_to(viewer).filter(Exists(named.filter(member=OuterRef("pk"))))
    return visible_to(viewer).filter(pk__in=few)


def _begin_words(name: str) -> Q:
    return Q(*(Q(folded__startswith=word) | Q(folded__contains=f" {word}") for word in name.split()))
