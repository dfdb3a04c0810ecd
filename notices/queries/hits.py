"""Why was a notice found: which of its words were looked for, and where do they stand?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from django.contrib.postgres.search import SearchHeadline, SearchVector
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from congress.core.prose import to_plain
from members.models import Member
from notices.models import Edition
from notices.policies import attachments_visible_to
from notices.queries.filters import SEARCH_CONFIG, text_query, without_hyphens, words_of_names

# Characters of the private use area mark what was found: they mean nothing to HTML, and the template escapes the rest.
HIT, HIT_END = "\ue000", "\ue001"

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Hit:
    """What a row shows of a search: title and text in pieces, each with whether it was looked for, or where else."""

    title: Pieces
    excerpt: Pieces
    found_in: str


def with_headlines(editions: QuerySet[Edition], q: str) -> QuerySet[Edition]:
    """Let the database mark in title and text what was looked for."""
    marked = partial(SearchHeadline, query=text_query(q), config=SEARCH_CONFIG, start_sel=HIT, stop_sel=HIT_END)
    excerpt = marked(F("search_text"), max_fragments=2, min_words=8, max_words=24, fragment_delimiter=" … ")
    return editions.annotate(headline=excerpt, title_headline=marked(F("title"), highlight_all=True))


def hits(viewer: Member, q: str, editions: Mapping[Edition, bool]) -> dict[int, Hit]:
    """Return what explains each edition found, by its id; loaded by `with_headlines`, each with whether it is open.

    A text that is not open is not quoted, nor the name of an attachment. One query, if a row would say nothing else.
    """
    found = {edition.pk: _hit(edition, q, is_open=is_open) for edition, is_open in editions.items()}
    unexplained = [edition.pk for edition, is_open in editions.items() if is_open and _says_nothing(found[edition.pk])]
    for edition, name in _attachments(viewer, q, unexplained):
        found[edition] = Hit(found[edition].title, [], _("Attachment: %(name)s") % {"name": name})
    return found


def _hit(edition: Edition, q: str, *, is_open: bool) -> Hit:
    title, excerpt = _pieces(edition.title_headline), _pieces(edition.headline) if is_open else []  # type: ignore[attr-defined]
    is_shown = any(is_hit for _text, is_hit in [*title, *excerpt])
    return Hit(title, excerpt if _marked(excerpt) else [], "" if is_shown else _elsewhere(edition, q, is_open))


def _elsewhere(edition: Edition, q: str, is_open: bool) -> str:
    if sought := [chemical for chemical in edition.chemicals if _is_sought(chemical, q)]:
        names = (f"{each['name']} (CAS {each['cas']})" if each.get("cas") else each["name"] for each in sought)
        return _("Chemical: %(names)s") % {"names": ", ".join(names)}
    return "" if is_open else _("Found in its text, which opens once you agree to handle it as its label says.")


def _is_sought(chemical: Mapping[str, str], q: str) -> bool:
    words = without_hyphens(q).lower().split()
    return without_hyphens(chemical.get("cas") or "-") in words or any(
        word in chemical["name"].lower() for word in words
    )


def _says_nothing(hit: Hit) -> bool:
    return not (hit.found_in or _marked(hit.title) or hit.excerpt)


def _attachments(viewer: Member, q: str, editions: Iterable[int]) -> Iterable[tuple[int, str]]:
    if not editions:
        return []
    words = SearchVector(words_of_names(F("name")), config=SEARCH_CONFIG)
    named = attachments_visible_to(viewer).filter(edition__in=editions)
    rows = named.annotate(words=words).filter(words=text_query(q))
    return rows.values_list("edition", "name")


def _marked(pieces: Pieces) -> bool:
    return any(is_hit for _text, is_hit in pieces)


def _pieces(headline: str) -> Pieces:
    parts = re.split(f"{HIT}(.*?){HIT_END}", to_plain(headline), flags=re.DOTALL)
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]
