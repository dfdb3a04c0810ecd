"""How are numbers drawn on the map of the world? A table with the same numbers always stands beside it."""

from collections.abc import Iterable

from django.utils.html import format_html_join

from congress.core.templatetags.ui.library import register
from congress.core.world import HEIGHT, WIDTH, Bubble

BUBBLE = '<a href="{}" tabindex="-1"><circle cx="{}" cy="{}" r="{}"><title>{}</title></circle></a>'


@register.inclusion_tag("ui/world_map.html")
def world_map(bubbles: Iterable[Bubble], table: str) -> dict[str, object]:
    """Draw bubbles over land without borders; `table` is the id of the table that says the same in words.

    The map is for who sees it and has a pointer: neither keyboard nor screen reader stops at its links, which the table
    has all, in an order.
    """
    drawn = format_html_join("", BUBBLE, ((each.url, each.x, each.y, each.radius, each.label) for each in bubbles))
    return {"bubbles": drawn, "table": table, "width": WIDTH, "height": HEIGHT}
