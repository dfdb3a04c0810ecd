"""Which names does somebody mean who is still typing?"""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from congress.core.names import keys
from members.models import Member
from members.policies import fields_shown, names_visible_to, visible_to

SUGGESTED = 8
# Fewer letters begin the names of a tenth of the network.
MIN_LETTERS = 3


def suggestions(viewer: Member, text: str) -> list[Member]:
    """Return some members of whose name every word typed begins a word, by name, with organisation and profile loaded.

    In any script; misspelt names are left to the search. At most one query.
    """
    meant = [_begin_words(key.folded) for key in keys(text) if len(key.folded) >= MIN_LETTERS]
    if not meant:
        return []
    named = names_visible_to(viewer).filter(reduce(or_, meant), member=OuterRef("pk"))
    found = visible_to(viewer).filter(Exists(named)).select_related("organisation", "profile")
    return list(fields_shown(viewer, found).order_by("sort_name", "pk")[:SUGGESTED])


def _begin_words(name: str) -> Q:
    return Q(*(Q(folded__startswith=word) | Q(folded__contains=f" {word}") for word in name.split()))
