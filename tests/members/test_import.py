"""Does an existing network come in as its list says, or not at all, and is every wrong line named?"""

import re
from datetime import date
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.core.management import CommandError, call_command

from congress.core.languages import LANGUAGE_CODES
from congress.core.models import Delivery, Entry
from congress.core.roles import Standing
from congress.core.sectors import Sector
from members.actions.rosters import AlreadyMembersError, import_members
from members.forms import Roster, read_roster
from members.models import Member, Organisation
from members.queries.directory import directory
from members.queries.filters import Filters
from members.tasks import compose_invitation, invite
from tests import factories

TODAY = date(2026, 11, 23)
HEAD = "latin_name,native_name,email,sector,country,organisation,position"
AMINA = "Amina Diallo,,Amina@Customs.example,law_enforcement,SN,Customs of Senegal,Inspector"
KARIM = ",كريم حداد,karim@plant.example,Industry,Jordan,customs of senegal,Chemist"
FULL = (
    f"{HEAD},other_names,region,expertise,topics,languages,joined_on\n"
    "Amina Diallo,أمينة ديالو,amina@customs.example,academia,SN,Institute,Head,Amina Sow | A. Diallo,africa,"
    "toxicology|Site security,drones,fr|Arabic,2019-05-08\n"
)


def read(text: str | bytes) -> Roster:
    return read_roster(text if isinstance(text, bytes) else text.encode(), today=TODAY)


def problems(text: str | bytes) -> list[str]:
    return [str(problem) for problem in read(text).problems]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(f"{HEAD}\n{AMINA}\n{KARIM}\n")
    return path


# Reading


@pytest.mark.parametrize(
    "data",
    [
        f"{HEAD}\n{AMINA}\n".encode(),
        f"{HEAD}\n{AMINA}\n".encode("utf-8-sig"),
        f"{HEAD}\r\n{AMINA}\r\n\r\n".replace(",", ";").encode("utf-8-sig"),
        f"{HEAD}\n{AMINA}".replace(",", "\t").encode(),
        f"{HEAD.upper()}\n , ,,\n\n{AMINA}\n".encode(),
        f"{HEAD.replace('_', ' ').title()},,\n{AMINA},, \n,,,,,,,,\n".encode(),
    ],
)
def test_read_roster_takes_what_spreadsheets_write(data):
    roster = read(data)
    assert roster.problems == []
    assert [(n.latin_name, n.email, n.country) for n in roster.newcomers] == [
        ("Amina Diallo", "amina@customs.example", "SN")
    ]


def test_read_roster_takes_every_column():
    (newcomer,) = read(FULL).newcomers
    assert newcomer.other_names == ["Amina Sow", "A. Diallo"]
    assert newcomer.expertise == ["toxicology", "site_security"]
    assert (newcomer.topics, newcomer.languages) == (["drones"], ["fr", "ar"])
    assert newcomer.joined_on == date(2019, 5, 8)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (AMINA.replace("Amina Diallo", ""), "latin_name: empty, and native_name too; one of them is needed"),
        (AMINA.replace("Amina Diallo", "Амина"), "latin_name: not in Latin letters"),
        (AMINA.replace("Amina Diallo", "x" * 201), "latin_name: longer than 200 letters"),
        (AMINA.replace("Amina Diallo", "a\x00b"), "latin_name: control characters"),
        (AMINA.replace("Amina@Customs.example", ""), "email: empty"),
        (AMINA.replace("Amina@Customs.example", "amina"), "email: “amina” is no e-mail address"),
        (AMINA.replace("Amina@Customs.example", "a@[10.0.0.1]"), "email: “a@[10.0.0.1]” is no e-mail address"),
        (AMINA.replace("law_enforcement", "mafia"), "sector: “mafia” is unknown"),
        (AMINA.replace("SN", "Atlantis"), "country: “Atlantis” is unknown"),
        (AMINA.replace("Customs of Senegal", " "), "organisation: empty"),
        (AMINA.replace("Inspector", ""), "position: empty"),
        (AMINA.replace("Inspector", "#REF!"), "position: “#REF!” is a formula or its error"),
        (AMINA.replace("Customs of Senegal", "=B2&C2"), "organisation: “=B2&C2” is a formula or its error"),
        (AMINA + ",more", "8 cells instead of 7"),
    ],
)
def test_read_roster_says_what_is_wrong_with_a_line(line, expected):
    assert problems(f"{HEAD}\n{KARIM}\n{line}\n") == [f"line 3: {expected}"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("africa", "europe", "region: SN does not lie there"),
        ("africa", "atlantis", "region: “atlantis” is unknown"),
        ("toxicology|Site security", "alchemy", "expertise: “alchemy” is unknown"),
        ("drones", "dragons", "topics: “dragons” is unknown"),
        ("fr|Arabic", "fr|klingon", "languages: “klingon” is unknown"),
        ("2019-05-08", "08.05.2019", "joined_on: “08.05.2019” is no date like 2026-11-22"),
        ("2019-05-08", "22/11/2020", "joined_on: “22/11/2020” is no date like 2026-11-22"),
        ("2019-05-08", "2026-11-24", "joined_on: in the future"),
        ("Amina Sow | A. Diallo", "a|b|c|d|e|f", "other_names: more than 5"),
    ],
)
def test_read_roster_says_what_is_wrong_with_an_optional_cell(old, new, expected):
    assert problems(FULL.replace(old, new)) == [f"line 2: {expected}"]


def test_read_roster_says_everything_that_is_wrong_with_its_line():
    text = f'{HEAD}\n"Amina\nDiallo",,amina@customs.example,mafia,XX,Customs,Inspector\n{AMINA}\n'
    assert problems(text) == [
        "line 2: sector: “mafia” is unknown",
        "line 2: country: “XX” is unknown",
        "line 4: email: the same address as in line 2",
    ]


def test_read_roster_lists_what_would_be_allowed():
    allowed = read(FULL.replace("fr|Arabic", "klingon").replace("academia", "mafia")).allowed
    assert allowed == {"languages": sorted(LANGUAGE_CODES), "sector": sorted(Sector.values)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["line 1: missing columns: latin_name, native_name, email, sector, country, organisation, position"]),
        (HEAD, ["line 1: Nobody stands in this file."]),
        (f"{HEAD},email,salary\n", ["line 1: unknown columns: salary", "line 1: columns that are there twice: email"]),
        (f"{HEAD}\nJos\xe9".encode("latin-1"), ["line 2: This is not UTF-8. Save the file as “CSV UTF-8”."]),
        (b"PK\x03\x04\x14\x00", ["line 1: This is a workbook. Save it as “CSV UTF-8”."]),
        (f"{HEAD}\n".encode("utf-16"), ["line 1: This is not UTF-8. Save the file as “CSV UTF-8”."]),
    ],
)
def test_read_roster_says_what_is_wrong_with_the_file(text, expected):
    assert problems(text) == expected


def test_read_roster_survives_a_cell_without_end():
    assert "This is no CSV file" in problems(f'{HEAD}\n"{"x" * 200_000}')[0]


# Importing


@pytest.fixture
def roster() -> Roster:
    return read(f"{HEAD}\n{AMINA}\n{KARIM}\n")


def test_import_members_makes_members_without_a_password(db, at, roster):
    import_members(roster.newcomers, at=at)
    amina = factories.reloaded(Member.objects.get(email="amina@customs.example"))
    assert (amina.standing, amina.joined_on, amina.organisation.name) == (Standing.MEMBER, TODAY, "Customs of Senegal")
    assert (amina.has_usable_password(), amina.has_second_factor) == (False, False)
    assert EmailAddress.objects.get(user=amina).verified
    assert amina.profile.position == "Inspector"
    assert Organisation.objects.get().sector == Sector.LAW_ENFORCEMENT


def test_import_members_keeps_the_body_that_is_there(db, at, roster):
    body = factories.organisation("Customs of SENEGAL")
    import_members(roster.newcomers, at=at)
    assert {member.organisation for member in Member.objects.all()} == {body}


def test_import_members_are_found_by_all_their_names(db, at, member):
    import_members(read(FULL).newcomers, at=at)
    for text in ("Ameena Diallou", "أمينة", "Amina Sow"):
        assert [str(row) for row in directory(member, Filters(q=text)).page.rows] == ["Amina Diallo"]


def test_import_members_writes_to_everybody_once(db, at, roster):
    entry = import_members(roster.newcomers, at=at)
    assert [*Entry.objects.filter(by_id=None).order_by("pk").values_list("event", flat=True)] == [
        "members.roster.imported",
        "members.member.imported",
        "members.member.imported",
    ]
    invite(entry)
    invite(entry)
    letters = [compose_invitation(row) for row in Delivery.objects.order_by("pk")]
    assert [letter.subject for letter in letters] == ["Your membership has moved to Congress"] * 2
    assert "/accounts/password/reset/key/" in letters[0].text
    assert outbox.outbox == []


def test_import_members_begin_with_the_link_and_then_a_second_factor(db, at, roster, client):
    invite(import_members(roster.newcomers, at=at))
    link = re.search(r"/accounts/password/reset/key/\S+", compose_invitation(Delivery.objects.first()).text)
    assert link is not None
    form = client.get(link[0])["Location"]
    password = "nine lanterns over the quay"
    client.post(form, {"password1": password, "password2": password})
    client.post("/accounts/login/", {"login": "amina@customs.example", "password": password})
    assert client.get("/members/")["Location"].startswith("/accounts/2fa/")


def test_import_members_writes_to_nobody_who_has_a_password(db, at, roster):
    invite(import_members(roster.newcomers, at=at))
    row = Delivery.objects.first()
    row.member.set_password("a quiet harbour")
    assert compose_invitation(row) is None


@pytest.mark.parametrize("standing", [Standing.MEMBER, Standing.SUSPENDED, Standing.FORMER])
def test_import_members_refuses_a_known_address(db, at, roster, standing):
    factories.member("karim", email="Karim@plant.example", standing=standing)
    with pytest.raises(AlreadyMembersError) as refused:
        import_members(roster.newcomers, at=at)
    assert [newcomer.line for newcomer in refused.value.newcomers] == [3]
    assert Member.objects.count() == 1


# The command


def test_members_import_brings_people_in(db, file, capsys):
    call_command("members", "import", str(file))
    assert capsys.readouterr().out == (
        "2 people were imported. Each gets a letter with a link for the first sign-in.\n"
    )
    assert {str(member) for member in Member.objects.all()} == {"Amina Diallo", "كريم حداد"}


def test_members_import_changes_nothing_in_a_dry_run(db, file, capsys):
    call_command("members", "import", str(file), "--dry-run")
    assert capsys.readouterr().out == "2 people can be imported. Nothing was changed.\n"
    assert not Member.objects.exists()


@pytest.mark.parametrize("option", [[], ["--dry-run"]])
def test_members_import_imports_nobody_if_one_line_is_wrong(db, file, capsys, option):
    file.write_text(f"{HEAD}\n{AMINA}\n{KARIM.replace('Industry', 'mafia')}\n")
    with pytest.raises(CommandError, match="Nothing was imported: 1 problem"):
        call_command("members", "import", str(file), *option)
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "line 3: sector: “mafia” is unknown"
    assert told[1].startswith("sector may be: academia, government")
    assert not Member.objects.exists()


@pytest.mark.parametrize("option", [[], ["--dry-run"]])
def test_members_import_names_those_who_are_there(db, file, capsys, option):
    factories.member("amina", email="amina@customs.example")
    with pytest.raises(CommandError):
        call_command("members", "import", str(file), *option)
    assert capsys.readouterr().err == "line 2: amina@customs.example belongs to a member already\n"


def test_members_import_says_that_there_is_no_file(db, tmp_path):
    with pytest.raises(CommandError, match="can't be read: No such file"):
        call_command("members", "import", str(tmp_path / "none.csv"))
