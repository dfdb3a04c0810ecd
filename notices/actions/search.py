"""How does search know what a notice says?"""

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.search import SearchVector
from django.db.models import CharField, F, Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from notices.models import Attachment, Edition, Section
from notices.queries.filters import words_of_names

# English, as the notices are written; search in other languages needs a column of its own for each.
CONFIG = "english"
_CAS_WITH_HYPHENS = Value(r"\m([0-9]{2,7})-([0-9]{2})-([0-9])\M")


def refresh_search(editions: QuerySet[Edition]) -> None:
    """Derive the search columns of some editions from title, chemicals, sections and names of files, in two statements.

    CAS numbers are kept without hyphens, in the vector only; `queries` asks for them in the same way. No section or
    file is stricter than its edition, and who may not read the label of an edition does not find it: so nobody finds
    by a word what a portion mark hides from them.
    """
    rows = Edition.objects.filter(pk__in=editions.values("pk"))
    texts = Section.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
    joined = texts.annotate(joined=StringAgg("body", "\n", order_by=("position", "pk"))).values("joined")
    rows.update(search_text=Coalesce(Subquery(joined), Value(""), output_field=TextField()))
    rows.update(
        search_vector=SearchVector("title", weight="A", config=CONFIG)
        + SearchVector(_without_hyphens(_chemicals()), weight="B", config=CONFIG)
        + SearchVector(_without_hyphens(F("search_text")), weight="C", config=CONFIG)
        + SearchVector(words_of_names(_names_of_files()), weight="D", config=CONFIG)
    )


def _names_of_files() -> Coalesce:
    files = Attachment.objects.filter(edition=OuterRef("pk")).order_by().values("edition")
    return Coalesce(Subquery(files.annotate(names=StringAgg("name", " ")).values("names")), Value(""))


def _chemicals() -> Cast:
    path = Value("$[*].*")
    template = "jsonb_path_query_array(%(expressions)s::jsonpath)"
    return Cast(Func(F("chemicals"), path, template=template), TextField())


def _without_hyphens(text: F | Cast) -> Func:
    return Func(
        text, _CAS_WITH_HYPHENS, Value(r"\1\2\3"), Value("g"), function="regexp_replace", output_field=CharField()
    )
