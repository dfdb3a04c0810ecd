"""What does a focal point type about their organisation?"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.models import PROOF_CHOICES, Organisation

DOMAIN = re.compile(r"(?=.{4,120}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
DOMAIN_LIMIT = 20


class TermsForm(forms.Form):
    """How often people confirm that they work there, and which mail domains are the organisation's."""

    proof_days = forms.TypedChoiceField(
        label=_("Your people confirm that they work for you"),
        choices=PROOF_CHOICES,
        coerce=int,
        widget=forms.RadioSelect,
    )
    mail_domains = forms.CharField(
        label=_("Mail domains"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
        help_text=_("One on each line, like police.example. Officers see whether an applicant’s address fits."),
    )

    @classmethod
    def of(cls, organisation: Organisation | None) -> "TermsForm":
        """Return the form as it stands."""
        if organisation is None:
            return cls()
        return cls(
            initial={"proof_days": organisation.proof_days, "mail_domains": "\n".join(organisation.mail_domains)}
        )

    def clean_mail_domains(self) -> list[str]:
        """Return the domains in lower case, each once, in the order typed."""
        typed = [line.strip().lower().removeprefix("@") for line in self.cleaned_data["mail_domains"].splitlines()]
        domains = list(dict.fromkeys(filter(None, typed)))
        wrong = [domain for domain in domains if not DOMAIN.fullmatch(domain)]
        if wrong:
            raise ValidationError(_("This is no mail domain: %(domain)s"), params={"domain": wrong[0][:120]})
        if len(domains) > DOMAIN_LIMIT:
            raise ValidationError(_("Give at most %(limit)d domains."), params={"limit": DOMAIN_LIMIT})
        return domains
