"""Which names does somebody mean who is still typing?"""

from functools import reduce
from operator import or_

from django.db.models import Q, Value
from django.db.models.functions import Concat

from congress.core.names import keys
from members.models import Member
from members.policies import fields_shown, names_visible_to, visible_to

SUGGESTED = 8
# Fewer letters begin the names of a tenth of the network.
MIN_LETTERS = 3
# No index is sorted by this: in the order of one, PostgreSQL looks for the first few names on the way through all
# members, and goes far where they stand late in it.
BY_NAME = (Concat("sort_name", Value("")), "pk")


def suggestions(viewer: Member, text: str) -> list[Member]:
    """Return some members of whose name every word typed begins a word, by name, with organisation and profile loaded.

    In any script; misspelt names are left to the search. Two queries, one for nobody, none for too few letters.
    """
    meant = [_begin_words(key.folded) for key in keys(text) if len(key.folded) >= MIN_LETTERS]
    if not meant:
        return []
    # Who they are first, and then what they show: of a million members thousands may be called so.
    named = names_visible_to(viewer).filter(reduce(or_, meant))
    called = visible_to(viewer).filter(pk__in=named.values("member")).order_by(*BY_NAME).values_list("pk", flat=True)
    found = visible_to(viewer).filter(pk__in=list(called[:SUGGESTED])).select_related("organisation", "profile")
    return list(fields_shown(viewer, found).order_by("sort_name", "pk"))


def _begin_words(name: str) -> Q:
    return Q(*(Q(folded__startswith=word) | Q(folded__contains=f" {word}") for word in name.split()))
