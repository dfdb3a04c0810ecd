"""What does an author say of a file?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congress.core.labels import Tlp
from members.forms import LineField
from notices.actions.attaching import Caption
from notices.forms.content import AS_THE_NOTICE
from notices.models import Attachment


class CaptionForm(forms.Form):
    """Name, description and label of a file."""

    name = LineField(
        label=_("Name"), required=False, max_length=120, help_text=_("Empty: the file keeps its own name.")
    )
    description = LineField(
        label=_("Description"),
        required=False,
        max_length=300,
        help_text=_("One sentence. For a picture say what it shows: it is read out to those who cannot see it."),
    )
    tlp = forms.ChoiceField(label=_("Label"), required=False, choices=[AS_THE_NOTICE, *Tlp.choices])

    @property
    def caption(self) -> Caption:
        """Return what was typed, as the actions take it."""
        return Caption(**{name: self.cleaned_data[name] for name in ("name", "description", "tlp")})


class AttachmentForm(CaptionForm):
    """A file, and what is said of it. A browser never gives a refused file back: it is chosen again."""

    file = forms.FileField(
        label=_("File"),
        # An empty one is refused by the portal's own sentence.
        allow_empty_file=True,
        help_text=_(
            "Up to 20 MB: JPEG, PNG, WebP or GIF pictures, PDF of up to 200 pages, Word, Excel, PowerPoint, "
            "OpenDocument, text or CSV. Author names, positions and other traces are removed."
        ),
    )
    field_order = ("file", "description", "tlp", "name")


def typed_caption(attachment: Attachment) -> dict[str, Any]:
    """Return what is said of a file as its author would type it."""
    return {name: getattr(attachment, name) for name in ("name", "description", "tlp")}
