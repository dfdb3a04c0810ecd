"""What do people type about notices, and what does it come to?"""

from notices.forms.content import ContentForm, typed
from notices.forms.exceptions import ExceptionForm, WhyForm
from notices.forms.filters import read_filters
from notices.forms.steps import (
    ConfirmationForm,
    ConfirmForm,
    DecisionForm,
    PublicationForm,
    ReviewForm,
    SuspensionForm,
    WithdrawalForm,
)

__all__ = [
    "ConfirmForm",
    "ConfirmationForm",
    "ContentForm",
    "DecisionForm",
    "ExceptionForm",
    "PublicationForm",
    "ReviewForm",
    "SuspensionForm",
    "WhyForm",
    "WithdrawalForm",
    "read_filters",
    "typed",
]
