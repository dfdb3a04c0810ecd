"""What does a member say about themselves, and which clean values become of it?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from congress.core.languages import Spoken
from congress.core.zones import zone_choices
from members.forms.expertise import ExpertiseField, TopicsField
from members.forms.spoken import SpokenForm
from members.forms.texts import LatinNameField, LineField, OwnScriptField, ProseField


def _zones() -> list[tuple[str, Any]]:
    return [("", _("Choose the city whose clock you keep")), *zone_choices(get_language() or "en")]


class ProfileForm(SpokenForm):
    """What a member says about themselves; the name in Latin letters only from who came in without one."""

    latin_name = LatinNameField(
        label=_("Name in Latin letters, as in your passport"),
        max_length=200,
        help_text=_("The directory sorts by it. You can give it once; later an officer has to change it."),
    )
    native_name = OwnScriptField(
        label=_("Name in your own script"),
        max_length=200,
        required=False,
        help_text=_("For example in Arabic, Cyrillic or Thai letters. Your name in Latin letters was vetted."),
    )
    position = LineField(label=_("Position"), max_length=160, required=False)
    city = LineField(label=_("City"), max_length=100, required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=_zones,
        required=False,
        help_text=_("Of the place where you work. Your profile then tells what time it is there."),
    )
    expertise = ExpertiseField()
    topics = TopicsField()
    biography = ProseField(
        label=_("About you"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("A few sentences on your work."),
    )

    # Who came in with a list gave none.
    wants_level = False

    def __init__(self, *args: Any, asks_latin_name: bool, spoken: Sequence[Spoken], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_rows(spoken, free=2)
        if not asks_latin_name:
            del self.fields["latin_name"]

    def clean(self) -> dict[str, Any]:
        """Refuse what arrived without its texts: every field may be empty, so it would wipe the profile."""
        texts = [name for name, field in self.fields.items() if isinstance(field, forms.CharField)]
        if not all(name in self.data for name in [*texts, "language_1"]):
            raise ValidationError(_("The form did not arrive in full. Nothing was changed; send it again."))
        return super().clean()

    @property
    def answers(self) -> dict[str, Any]:
        """Return the fields as the action wants them, the rows of languages as one."""
        rows = {f"{part}_{row}" for row in self.rows for part in ("language", "level")}
        said = {name: value for name, value in self.cleaned_data.items() if name not in rows}
        return said | {"languages": [str(each) for each in self.spoken]}
