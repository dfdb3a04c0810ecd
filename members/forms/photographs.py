"""Which file does a member send as their photograph?"""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from congress.core.files import limits


class PhotographForm(forms.Form):
    """One picture; whether it is one shows when it is opened."""

    file = forms.FileField(
        label=_("Photograph"),
        allow_empty_file=True,
        help_text=format_lazy(
            _("JPEG, PNG, WebP or GIF, at most {size} MB and {pixels} million pixels. Its middle becomes a square."),
            size=limits.SENT_BYTES // limits.MEGABYTE,
            pixels=limits.IMAGE_PIXELS // 1_000_000,
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
