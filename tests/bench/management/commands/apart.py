"""Can known addresses be told from unknown ones? The part inside Django; `python -m tests.bench.addresses` calls it."""

import logging
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand
from django.test import override_settings
from django.utils import timezone

from congress.core.identifiers import random_code, secret_token, token_digest
from congress.core.roles import Role
from members.actions.stages import enter
from members.models import Application, ApplicationState, Member
from tests.bench.apart import Form, Side
from tests.bench.pages import holder


class Command(BaseCommand):
    """Ask every form that takes an address for known and for unknown ones, and compare."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pairs", type=int, default=1000)
        parser.add_argument("--form", default="", help="only the forms whose name begins so")

    def handle(self, *args: Any, pairs: int, form: str, **options: Any) -> None:
        logging.getLogger("django.request").setLevel(logging.ERROR)  # a refused sign-in is what is measured
        known = list(Member.objects.order_by("pk").values_list("email", flat=True)[:pairs])
        chosen = [(address, _unknown(address)) for address in known]
        for each in forms():
            if each.name.startswith(form):
                self._tell(each, chosen[: each.most])
        if QUICK.name.startswith(form):
            with override_settings(PASSWORD_HASHERS=["tests.bench.apart.QuickHasher"]):
                Member.objects.filter(email__in=known).update(password=make_password("the right one"))
                self._tell(QUICK, chosen)

    def _tell(self, form: Form, pairs: list[tuple[str, str]]) -> None:
        self.stdout.write(_compared(form, pairs).told())
        self.stdout.flush()


def _compared(form: Form, pairs: list[tuple[str, str]]) -> Form:
    """Ask for a few pairs to warm up, then for all."""
    form.compare(pairs[:20])
    form.known, form.unknown = Side(), Side()
    form.compare(pairs)
    return form


def forms() -> list[Form]:
    """Return every form that takes an address which may be a member's."""
    inviting = holder(Role.FOCAL_POINT)
    return [
        Form("application page", lambda: "/apply/", lambda address: {"email": address}),
        Form("password reset", lambda: "/accounts/password/reset/", lambda address: {"email": address}),
        Form("invitation", lambda: "/members/organisation/nominate/", lambda address: {"email": address}, inviting),
        Form("sponsor, while applying", lambda: f"/apply/status/{applicant(is_sent=False)}/form/sponsors/", _sponsors),
        Form("sponsor, named later", lambda: f"/apply/status/{applicant(is_sent=True)}/sponsor/", _sponsor),
        Form("sign-in, as hashed", lambda: "/accounts/login/", _sign_in, most=DEARLY_HASHED),
    ]


def _unknown(address: str) -> str:
    """Return an address of the same length and domain that nobody has."""
    mailbox, _sign, domain = address.partition("@")
    return f"{random_code(len(mailbox)).lower()}@{domain}"


def _sign_in(address: str) -> dict[str, str]:
    return {"login": address, "password": "not the right one"}


# A wrong password costs one dear hash, on purpose: a thousand pairs took a quarter of an hour. So few show that known
# and unknown cost equally many hashes; all pairs, with cheap ones, whether anything else differs.
DEARLY_HASHED = 150
QUICK = Form("sign-in, hashed quickly", lambda: "/accounts/login/", _sign_in)


def _sponsor(address: str) -> dict[str, str]:
    return {"name": "Aroha Ngata", "organisation_name": "Harbour Laboratory", "email": address}


def _sponsors(address: str) -> dict[str, str]:
    other = {"name": "Boris Petrov", "organisation_name": "Institute of Toxicology", "email": "boris@tox.example"}
    first = {f"first_{name}": value for name, value in _sponsor(address).items()}
    return first | {f"second_{name}": value for name, value in other.items()}


def applicant(*, is_sent: bool) -> str:
    """Make somebody who can name sponsors, and return the token of the private link."""
    token, at = secret_token(), timezone.now() - timedelta(minutes=1)
    case = Application.objects.create(
        email=f"{random_code(12).lower()}@applicants.example",
        token_digest=token_digest(token),
        state=ApplicationState.VERIFIED,
        latin_name="Amina Diallo",
        begun_at=at,
    )
    if is_sent:
        case.submitted_at = at
        case.save(update_fields=["submitted_at"])
        enter(case, ApplicationState.OPEN, at=at)
    return token
