"""What do people type about notices, and what does it come to?"""

from notices.forms.content import ContentForm, typed
from notices.forms.filters import read_filters
from notices.forms.steps import ConfirmForm, DecisionForm, PublicationForm, ReviewForm, WithdrawalForm

__all__ = [
    "ConfirmForm",
    "ContentForm",
    "DecisionForm",
    "PublicationForm",
    "ReviewForm",
    "WithdrawalForm",
    "read_filters",
    "typed",
]
