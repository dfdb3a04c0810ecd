"""Does the command do what the contract says, and only where invented people belong?"""

import json
from email.message import EmailMessage

import pytest
from django.core.management import CommandError, call_command

from congress.core.models import Entry
from congress.core.roles import Role, Standing
from congress.core.sectors import Sector
from members.models import Member


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setenv("DEMO_MEMBERS", "40")
    monkeypatch.setenv("DEMO_NOTICES", "12")


def _json(capsys, *arguments):
    call_command("demo", *arguments, "--json")
    return json.loads(capsys.readouterr().out)


@pytest.mark.django_db
def test_demo_load_fills_an_empty_portal_once():
    call_command("demo", "load", "--if-empty")
    call_command("demo", "load", "--if-empty")
    assert Member.objects.count() == 40
    assert Entry.objects.filter(event="demo.network.loaded").count() == 1


@pytest.mark.django_db
def test_demo_load_refuses_a_portal_with_members():
    call_command("demo", "load")
    with pytest.raises(CommandError, match="members already"):
        call_command("demo", "load")


@pytest.mark.django_db
def test_demo_load_says_when_the_network_would_be_too_small(monkeypatch):
    monkeypatch.setenv("DEMO_MEMBERS", "3")
    with pytest.raises(CommandError, match="at least 40"):
        call_command("demo", "load")


@pytest.mark.parametrize("asked", ["load", "accounts", "mail"])
def test_demo_refuses_outside_a_demonstration(settings, asked):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="no demonstration"):
        call_command("demo", asked)


def test_demo_accounts_lists_every_role_standing_and_sector(capsys):
    accounts = _json(capsys, "accounts")
    fields = {
        "email",
        "password",
        "totp_secret",
        "roles",
        "sector",
        "country",
        "organisation",
        "standing",
        "status_url",
    }
    plain = [account for account in accounts if account["roles"] == ["member"]]
    assert all(set(account) == fields for account in accounts)
    assert {role for account in accounts for role in account["roles"]} == set(Role.values)
    assert {account["standing"] for account in accounts} == set(Standing.values) - {"anyone"}
    assert {account["sector"] for account in plain} == set(Sector.values)


@pytest.mark.django_db
def test_demo_accounts_open_the_applicants_own_application(capsys, client):
    call_command("demo", "load")
    capsys.readouterr()
    (applicant,) = [account for account in _json(capsys, "accounts") if account["status_url"]]
    page = client.get(applicant["status_url"])
    assert (applicant["standing"], page.status_code) == ("applicant", 200)
    assert page.context["application"].email == applicant["email"]


@pytest.mark.parametrize("role", ["analyst", "vetting_reviewer", "compliance_officer"])
def test_demo_accounts_hold_a_role_in_two_organisations(capsys, role):
    holders = [account for account in _json(capsys, "accounts") if role in account["roles"]]
    assert len({account["organisation"] for account in holders}) == 2


def test_demo_accounts_prints_a_table(capsys):
    call_command("demo", "accounts")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("analyst.one@police.ec.example ")
    assert lines[-1].startswith("Everybody's password is ")
    assert len({len(line) for line in lines[:-1]}) == 1


def test_demo_mail_prints_envelope_headers_and_parts(capsys, settings, tmp_path):
    settings.LOCAL = tmp_path
    (tmp_path / "mail").mkdir()
    message = EmailMessage()
    message["Subject"] = "Notices of the week: précis"
    message["X-Envelope-From"] = "no-reply@localhost"
    message["X-Envelope-To"] = "a@police.th.example, b@police.th.example"
    message.set_content("Good morning, สมชาย")
    message.add_alternative("<p>Good morning</p>", subtype="html")
    (tmp_path / "mail" / "1.eml").write_bytes(message.as_bytes())
    (mail,) = _json(capsys, "mail")
    assert mail["envelope"] == {
        "from": "no-reply@localhost",
        "to": ["a@police.th.example", "b@police.th.example"],
    }
    assert mail["headers"]["Subject"] == "Notices of the week: précis"
    assert [part["content_type"] for part in mail["parts"]] == ["text/plain", "text/html"]
    assert mail["parts"][0]["text"] == "Good morning, สมชาย\n"


def test_demo_mail_of_an_empty_sink_is_an_empty_list(capsys, settings, tmp_path):
    settings.LOCAL = tmp_path
    assert _json(capsys, "mail") == []
