"""Which components are pages made of? Every one is a Python signature here; an unknown argument fails.

All of them are available in every template without `{% load %}`. The gallery at /styleguide/ shows each in each state.

Components that stand in rows (labels, states, names, dates) are built by `markup`: measured, they cost 5–25 µs,
where a template of its own costs 30–160, and a list shows some two hundred of them. Everything else has its template
in `templates/ui/`.
"""

from congress.core.templatetags.ui import (
    controls,
    desk,
    documents,
    forms,
    marks,
    notices,
    people,
    programme,
    record,
    times,
    world,
)
from congress.core.templatetags.ui.library import register

__all__ = [
    "controls",
    "desk",
    "documents",
    "forms",
    "marks",
    "notices",
    "people",
    "programme",
    "record",
    "register",
    "times",
    "world",
]
