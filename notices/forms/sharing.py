"""Who else is to write a draft?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.named import people_lines, people_meant
from members.models import Member
from notices.forms.lines import LinesField
from notices.models import Notice


class ShareForm(forms.Form):
    """The people who write a draft together with its author."""

    coauthors = LinesField(
        label=_("Co-authors"),
        rows=4,
        help_text=_(
            "Analysts: a name, an e-mail address or an id in each line. Take a line away to take a person out."
        ),
    )

    def __init__(self, data: object, *, viewer: Member, notice: Notice) -> None:
        super().__init__(data, initial={"coauthors": people_lines(notice.coauthors)})  # type: ignore[arg-type]
        self.viewer = viewer

    def clean_coauthors(self) -> list[int]:
        """Return whom the lines mean."""
        return people_meant(self.viewer, self.cleaned_data["coauthors"])
