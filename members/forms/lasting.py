"""Until which day does something last, to the end of that day?"""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class LastDayForm(forms.Form):
    """Something that ends by itself; each form says in `ends_on` what it is, and how long it may last at most."""

    longest: ClassVar[timedelta]
    not_such_a_day: "ClassVar[str | _StrPromise]"

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_ends_on(self) -> date:
        """Return a day that is not over, and not too far away."""
        day: date = self.cleaned_data["ends_on"]
        if not self.today <= day < self.today + self.longest:
            raise ValidationError(self.not_such_a_day)
        return day

    @property
    def ends_at(self) -> datetime:
        """Return the instant at which it is over."""
        return datetime.combine(self.cleaned_data["ends_on"] + timedelta(days=1), time(), UTC)


def last_day(help_text: "str | _StrPromise") -> forms.DateField:
    """Return the field for the last day."""
    return forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}), help_text=help_text)
