"""What an author in these tests types: a complete notice, unless a test says otherwise."""

from datetime import date
from typing import Any

from congress.core.labels import Audience, Tlp
from notices.actions import Content, SectionText
from notices.models import Question

TEXT = SectionText("summary", Tlp.GREEN, "Parcels with hollow books were posted.")

# The checklist as an officer answers it who finds nothing wrong.
ANSWERS = dict.fromkeys(Question.values, "")


def content(**changes: Any) -> Content:
    """Return a complete notice for law enforcement everywhere."""
    values: dict[str, Any] = {
        "kind": "warning",
        "urgency": "routine",
        "title": "Hollow books",
        "tlp": Tlp.GREEN,
        "audience": Audience(sectors=["law_enforcement"]),
        "sections": (TEXT,),
        "topics": ("concealment",),
        "countries": ("PE",),
        "chemicals": ({"name": "Chlorine", "cas": "7782-50-5"},),
        "review_on": date(2027, 6, 1),
    }
    return Content(**{**values, **changes})


def red_content(*people: int) -> Content:
    """Return a complete notice for some people, as TLP:RED."""
    text = SectionText("summary", Tlp.RED, "For your eyes.")
    return content(tlp=Tlp.RED, audience=Audience(people=list(people)), sections=(text,))


def form_data(**changes: Any) -> dict[str, Any]:
    """Return the same as a browser posts it."""
    values: dict[str, Any] = {
        "kind": "warning",
        "urgency": "routine",
        "title": "Hollow books",
        "tlp": "TLP:GREEN",
        "sectors": ["law_enforcement"],
        "section_summary": "Parcels with hollow books were posted.",
        "topics": ["concealment"],
        "countries": "Peru",
        "chemicals": "Chlorine; 7782-50-5",
        "review_on": "2027-06-01",
        "version": "1",
    }
    return {**values, **changes}


def review_data(**changes: Any) -> dict[str, Any]:
    """Return a checklist answered with yes throughout, as a browser posts it."""
    return {"decision": "clear", **dict.fromkeys(Question.values, "on"), **changes}
