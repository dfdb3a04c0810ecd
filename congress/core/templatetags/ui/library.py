"""Where do all components register, and what do several of them share?"""

from collections.abc import Collection

from django.template import Library, TemplateSyntaxError
from django.template.loader import get_template
from django.utils.safestring import SafeString

register = Library()


def fragment(name: str, **context: object) -> SafeString:
    """Render the template of one component, for those that take a slot."""
    return SafeString(get_template(f"ui/{name}.html").render(context))


def one_of(value: str, allowed: Collection[str]) -> str:
    """Return the value. Raises: TemplateSyntaxError if the design does not know it."""
    if value not in allowed:
        raise TemplateSyntaxError(f"{value!r} is none of {', '.join(sorted(allowed))}")
    return value
