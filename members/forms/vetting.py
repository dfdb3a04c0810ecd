"""What do officers type, tick and filter at the vetting desk?"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from congress.core.geography import Region
from congress.core.sectors import Sector
from members.forms.filters import values
from members.forms.texts import LineField
from members.models import (
    AGAINST,
    APPLICATION_STATES,
    FOR,
    UNDER_WAY,
    Application,
    CallOutcome,
    CheckAnswer,
    Ground,
    Member,
    NumberSource,
    Objection,
)
from members.queries.vetting import QueueFilters
from members.queries.vetting_case import Line as ChecklistLine

_ROWS = forms.Textarea(attrs={"rows": 4})
STAGE_CHOICES = [(state, APPLICATION_STATES.states[state].label) for state in UNDER_WAY]
OWNER_CHOICES = [("me", _("Mine")), ("nobody", _("Nobody’s")), ("somebody", _("A colleague’s"))]
CLOCK_CHOICES = [("overdue", _("Overdue")), ("soon", _("Due within two days")), ("call", _("Call-back asked for"))]


def read_queue_filters(data: MultiValueDict[str, str]) -> QueueFilters:
    """Return what an address of the queue asks for; unknown values are left out."""
    return QueueFilters(
        is_open=data.get("state") != "closed",
        stage=_known(data, "stage", UNDER_WAY),
        owner=_known(data, "owner", dict(OWNER_CHOICES)),
        clock=_known(data, "clock", dict(CLOCK_CHOICES)),
        sector=_known(data, "sector", Sector.values),
        region=_known(data, "region", Region.values),
    )


def _known(data: MultiValueDict[str, str], name: str, allowed: Collection[str]) -> tuple[str, ...]:
    return tuple(value for value in values(data, name) if value in allowed)


class BulkForm(forms.Form):
    """One step for many cases. Deciding is none of them."""

    TAKE, CALL = "take", "call"

    step = forms.ChoiceField(
        label=_("With those chosen"), choices=[(TAKE, _("Take them")), (CALL, _("Ask for a call-back"))]
    )
    case = forms.ModelMultipleChoiceField(
        label=_("Cases"),
        queryset=Application.objects.none(),
        to_field_name="public_id",
        error_messages={
            "required": _("Choose at least one case."),
            "invalid_choice": _("One of these cases is closed, or comes from your own organisation."),
        },
    )

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    """Whose case it becomes."""

    TAKE, GIVE_BACK, HAND_OVER = "take", "give_back", "hand_over"

    step = forms.ChoiceField(choices=[(value, value) for value in (TAKE, GIVE_BACK, HAND_OVER)])
    officer = forms.ModelChoiceField(
        label=_("Hand over to"),
        queryset=Member.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Choose an officer"),
    )

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Require an officer to hand over to."""
        clean: dict[str, Any] = super().clean() or {}
        if clean.get("step") == self.HAND_OVER and "officer" not in self.errors and not clean.get("officer"):
            self.add_error("officer", _("Choose an officer."))
        return clean


class DecisionForm(forms.Form):
    """An officer's word on a case, with the number of decisions that the officer had before them."""

    APPROVE, REFUSE = "approve", "refuse"

    grounds = forms.MultipleChoiceField(label=_("Reasons"), choices=Ground.choices, widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("In your own words"),
        max_length=2000,
        widget=_ROWS,
        help_text=_("Officers read it, now and later. The applicant does not."),
    )
    decision = forms.ChoiceField(choices=[(APPROVE, _("Approve")), (REFUSE, _("Refuse"))], widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, decision: str = "", seen: int = 0) -> None:
        initial = {"decision": decision, "seen": seen}
        super().__init__(data, initial=initial, auto_id=f"id_{decision or (data or {}).get('decision', '')}_%s")
        listed = FOR if self["decision"].value() == self.APPROVE else AGAINST
        self.fields["grounds"].choices = [(each.value, each.label) for each in listed]  # type: ignore[attr-defined]
        if self["decision"].value() == self.REFUSE:
            self.fields["grounds"].help_text = _("The applicant is told the network’s own sentence for each, no more.")


class ChecklistForm(forms.Form):
    """The items of a stage, each with an answer."""

    def __init__(self, *args: Any, lines: Iterable[ChecklistLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in lines:
            self.fields[line.item.value] = forms.ChoiceField(
                label=line.item.label,
                choices=[("", _("not answered")), *CheckAnswer.choices],
                required=False,
                initial=line.check.answer if line.check else "",
                help_text=str(line.check.officer) if line.check else "",
            )


class CallForm(forms.Form):
    """A call on a second channel."""

    number = LineField(label=_("Number"), max_length=40)
    number_source = forms.ChoiceField(
        label=_("Where the number comes from"),
        choices=NumberSource.choices,
        help_text=_("A number that the applicant gave proves nothing: such a call is kept, but does not count."),
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=CallOutcome.choices)
    reached = LineField(label=_("Who answered"), max_length=200, required=False)
    called_at = forms.DateTimeField(
        label=_("When (UTC)"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )

    def __init__(self, data: Any = None, *, now: datetime) -> None:
        super().__init__(data, initial={"called_at": now})
        self.now = now

    def clean_called_at(self) -> datetime:
        """Return a time that is over."""
        called_at: datetime = self.cleaned_data["called_at"]
        if called_at > self.now:
            raise ValidationError(_("This time has not come yet."))
        return called_at

    def clean(self) -> dict[str, Any]:
        """Require a name where somebody confirmed."""
        clean: dict[str, Any] = super().clean() or {}
        if clean.get("outcome") == CallOutcome.CONFIRMED and not clean.get("reached"):
            self.add_error("reached", _("Say who confirmed it."))
        return clean


class NoteForm(forms.Form):
    """What an officer writes for the others."""

    text = forms.CharField(
        label=_("Note"), max_length=2000, widget=_ROWS, help_text=_("Only officers read it, now and later.")
    )


class QuestionForm(forms.Form):
    """What the applicant is asked."""

    question = forms.CharField(
        label=_("Question to the applicant"),
        max_length=2000,
        widget=_ROWS,
        help_text=_("The applicant reads these words in a letter, and answers on the page of the application."),
    )


class AnswerForm(forms.Form):
    """What the applicant answers, or says in an appeal."""

    text = forms.CharField(label=_("Your answer"), max_length=2000, widget=_ROWS)

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label or self.fields["text"].label


class ObjectionForm(forms.Form):
    """Why somebody is against a provisional member."""

    text = forms.CharField(
        label=_("Why you object"),
        max_length=2000,
        widget=_ROWS,
        help_text=_("Vetting officers read it, and nobody else: not the person, and not who vouched for them."),
    )


class SettlementForm(forms.Form):
    """What an officer finds about an objection."""

    UPHOLD, DISMISS = "uphold", "dismiss"

    objection = forms.ModelChoiceField(queryset=Objection.objects.none(), widget=forms.HiddenInput)
    step = forms.ChoiceField(choices=[(UPHOLD, UPHOLD), (DISMISS, DISMISS)])
    settlement = forms.CharField(
        label=_("Reason"), max_length=2000, widget=_ROWS, help_text=_("Officers read it, now and later.")
    )

    def __init__(self, *args: Any, objections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objection"].queryset = objections  # type: ignore[attr-defined]
