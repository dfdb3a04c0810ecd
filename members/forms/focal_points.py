"""What does a focal point type about their organisation?"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from congress.core.addresses import is_anybodys
from members.forms.applications import ApplyForm, PublicAddressField
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
    removes = forms.BooleanField(
        label=_("Remove it although these people have such an address"), required=False, initial=False
    )

    @classmethod
    def of(cls, organisation: Organisation | None) -> "TermsForm":
        """Return the form as it stands."""
        if organisation is None:
            return cls()
        return cls(
            initial={"proof_days": organisation.proof_days, "mail_domains": "\n".join(organisation.mail_domains)}
        )

    def domains(self) -> list[str]:
        """Return what was typed as domains, also where it is refused."""
        lines = str(self["mail_domains"].value() or "").splitlines()
        return list(dict.fromkeys(filter(None, (line.strip().lower().removeprefix("@") for line in lines))))

    def clean_mail_domains(self) -> list[str]:
        """Return the domains in lower case, each once, in the order typed."""
        domains = self.domains()
        wrong = [domain for domain in domains if not DOMAIN.fullmatch(domain)]
        if wrong:
            raise ValidationError(_("This is no mail domain: %(domain)s"), params={"domain": wrong[0][:120]})
        if public := [domain for domain in domains if is_anybodys(domain)]:
            message = _("Anybody can have an address at %(domain)s, so it says nothing about where somebody works.")
            raise ValidationError(message, params={"domain": public[0]})
        if len(domains) > DOMAIN_LIMIT:
            raise ValidationError(_("Give at most %(limit)d domains."), params={"limit": DOMAIN_LIMIT})
        return domains


class NominationForm(ApplyForm):
    """Whom a focal point invites: an address, which has to last as long as a stranger's."""

    email = PublicAddressField(
        label=_("Their work e-mail address"),
        help_text=_("They get a private link to an application that names your organisation already."),
    )
