"""What can people do with the demonstration network from the command line?"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from congress.core import env, wall
from congress.demo.accounts import Account, accounts
from congress.demo.loading import load
from congress.demo.mailbox import mails
from congress.demo.network import build
from congress.demo.people import people
from members.models import Member

MEMBERS, NOTICES, SEED = 1500, 120, 1


class Command(BaseCommand):
    """Fills a demonstration portal, and says how to sign in and what mail it has sent."""

    help = "The demonstration network: load it, list its accounts, read its mail."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the three things that can be asked for."""
        asked = parser.add_subparsers(dest="asked", required=True, metavar="load | accounts | mail")
        loading = asked.add_parser("load", help="fill an empty database")
        loading.add_argument("--if-empty", action="store_true", help="do nothing, successfully, when there are members")
        for name, words in (("accounts", "list who can sign in, and how"), ("mail", "list what the mail sink holds")):
            asked.add_parser(name, help=words).add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked for, in demonstration mode only."""
        if not settings.DEMONSTRATION:
            raise CommandError("This is no demonstration: invented people and public passwords have no place here.")
        asked = {"load": self.load, "accounts": self.accounts, "mail": self.mail}
        asked[options["asked"]](options)

    def load(self, options: dict[str, Any]) -> None:
        """Fill the database from the seed in the environment."""
        if Member.objects.exists():
            if not options["if_empty"]:
                raise CommandError("There are members already. 'make reset' empties the demonstration.")
            return
        now = timezone.now()
        try:
            network = build(
                seed=env.number("DEMO_SEED", SEED),
                member_count=env.number("DEMO_MEMBERS", MEMBERS),
                notice_count=env.number("DEMO_NOTICES", NOTICES),
                today=now.date(),
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        with wall.reading_as_portal("the demonstration network is written by nobody"):
            load(network, at=now)
        self.stdout.write(f"Loaded {len(network.people)} people and {len(network.notices)} notices.")

    def accounts(self, options: dict[str, Any]) -> None:
        """Print who can sign in."""
        _bodies, persons = people(env.number("DEMO_SEED", SEED), env.number("DEMO_MEMBERS", MEMBERS))
        listed = list(accounts(persons))
        if options["json"]:
            self.stdout.write(json.dumps([account.printed() for account in listed], indent=2, ensure_ascii=False))
            return
        self.stdout.write("\n".join(_table(listed)))

    def mail(self, options: dict[str, Any]) -> None:
        """Print what the mail sink received, the oldest first."""
        received = list(mails(settings.LOCAL / "mail"))
        if options["json"]:
            self.stdout.write(json.dumps(received, indent=2, ensure_ascii=False))
            return
        for mail in received:
            self.stdout.write(f"{', '.join(mail['envelope']['to'])}  {mail['headers'].get('Subject', '')}")


def _table(listed: list[Account]) -> Iterator[str]:
    rows = [(account.email, _does(account), account.totp_secret) for account in listed]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for email, does, secret in rows:
        yield f"{email:<{widths[0]}}  {does:<{widths[1]}}  {secret}"
    yield f"Everybody's password is {listed[0].password}; the last column is the secret of the second factor (TOTP)."


def _does(account: Account) -> str:
    held = [role for role in account.roles if role != "member"]
    return ", ".join(held) or f"{account.standing}, {account.sector}"
