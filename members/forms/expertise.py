"""What can colleagues ask somebody, and what do they want to hear of? The same two fields wherever it is asked."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from congress.core.topics import Expertise, Topic

EXPERTISE_LIMIT = 8


class ExpertiseField(forms.MultipleChoiceField):
    """Fields of expertise, the main one first; none have to be chosen."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Expertise"),
            choices=Expertise.choices,
            required=False,
            validators=[MaxLengthValidator(EXPERTISE_LIMIT, _("Choose at most %(limit_value)s fields."))],
            help_text=_("The fields in which colleagues can ask you for advice, at most eight."),
            **kwargs,
        )


class TopicsField(forms.MultipleChoiceField):
    """Topics of interest; none have to be chosen."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Topics of interest"), choices=Topic.choices, required=False, **kwargs)
