"""What do people type about notices, and what does it come to?"""

from members.forms import SearchNameForm
from notices.forms.attachments import AttachmentForm, CaptionForm, typed_caption
from notices.forms.conflict import mended, settled
from notices.forms.content import ContentForm, text_values, typed
from notices.forms.cosponsoring import CosponsorForm, CosponsorsForm
from notices.forms.exceptions import ExceptionForm, WhyForm
from notices.forms.filters import all_used, read_filters
from notices.forms.gate import GateForm, SubmissionForm
from notices.forms.previewing import PreviewForm
from notices.forms.sharing import ShareForm
from notices.forms.steps import (
    ConfirmationForm,
    ConfirmForm,
    DecisionForm,
    PublicationForm,
    ReviewForm,
    TakingBackForm,
)

__all__ = [
    "AttachmentForm",
    "CaptionForm",
    "ConfirmForm",
    "ConfirmationForm",
    "ContentForm",
    "CosponsorForm",
    "CosponsorsForm",
    "DecisionForm",
    "ExceptionForm",
    "GateForm",
    "PreviewForm",
    "PublicationForm",
    "ReviewForm",
    "SearchNameForm",
    "ShareForm",
    "SubmissionForm",
    "TakingBackForm",
    "WhyForm",
    "all_used",
    "mended",
    "read_filters",
    "settled",
    "text_values",
    "typed",
    "typed_caption",
]
