"""Can an applicant tell everything page by page, forth and back, with nothing lost and nothing wrong let through?"""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from congress.core.sectors import Sector
from members.actions import applications, sponsors
from members.forms import STEPS
from members.models import Application, Purpose, Sponsor
from tests import factories
from tests.members.cases import ANSWERS, NAMINGS, application

TOKEN = "t" * 43
FORM = f"/apply/status/{TOKEN}/form/"
CHECK = f"/apply/status/{TOKEN}/check/"
STATUS = f"/apply/status/{TOKEN}/"

PAGES: dict[str, dict[str, Any]] = {
    "name": {"latin_name": " Amina \n Diallo ", "name_order": "given_first", "other_names": "Amina Sow\n\nAmina Sow"},
    "work": {
        "organisation_name": "Customs of Senegal",
        "position": "Inspector",
        "sector": "law_enforcement",
        "country": "SN",
        "supervisor_name": "Ousmane Ba",
        "supervisor_contact": "+221 33 800 00 00",
    },
    "expertise": {"expertise": ["border_control"], "topics": ["drones"], "language_1": "fr", "level_1": "native"},
    "reasons": {"motivation": "We control the port of Dakar.", "consents": Purpose.values},
    "sponsors": {
        "first_name": "Aroha Ngata",
        "first_organisation_name": "Port Authority",
        "first_email": "Aroha@port.example",
        "second_name": "Boris Petrov",
        "second_organisation_name": "Institute of Toxicology",
        "second_email": "boris@tox.example",
    },
}


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def case(db) -> Application:
    """Somebody who has just proved the address."""
    return application(state="verified", token=TOKEN, begun_at=datetime.now(UTC))


def test_application_step_leads_through_all_pages_to_the_check(client, case):
    assert client.get(FORM)["Location"] == f"{FORM}name/"
    following = [*(f"{FORM}{step}/" for step in list(PAGES)[1:]), CHECK]
    for (step, data), onward in zip(PAGES.items(), following, strict=True):
        assert client.get(f"{FORM}{step}/").status_code == 200
        assert client.post(f"{FORM}{step}/", data)["Location"] == onward
    case.refresh_from_db()
    assert (case.latin_name, case.other_names, case.languages) == ("Amina Diallo", ["Amina Sow"], [["fr", "native"]])
    assert list(Sponsor.objects.order_by("pk").values_list("email", flat=True)) == [n.email for n in NAMINGS]
    assert client.get(FORM)["Location"] == CHECK


def test_application_form_resumes_where_something_is_missing(client, case):
    for step in ("name", "work", "reasons"):
        client.post(f"{FORM}{step}/", PAGES[step])
    assert client.get(FORM)["Location"] == f"{FORM}sponsors/"


def fill(client: Client) -> None:
    for step, data in PAGES.items():
        client.post(f"{FORM}{step}/", data)


def test_application_check_shows_all_and_sends(client, case):
    fill(client)
    page = client.get(CHECK).content.decode()
    for words in (
        "Amina Diallo",
        "Amina Sow",
        "Ousmane Ba",
        "Border control",
        "French (first language)",
        "Boris Petrov",
    ):
        assert words in page
    assert client.post(CHECK)["Location"] == STATUS
    case.refresh_from_db()
    assert (case.state, set(Sponsor.objects.values_list("state", flat=True))) == ("open", {"asked"})
    assert [client.get(path)["Location"] for path in (FORM, f"{FORM}name/", CHECK)] == [STATUS] * 3


def test_application_check_brakes_a_sponsors_address_only_when_it_writes(client, case):
    fill(client)
    Application.objects.filter(pk=case.pk).update(motivation="")
    assert {client.post(CHECK).status_code for _ in range(11)} == {422}
    Application.objects.filter(pk=case.pk).update(motivation=case.motivation or "To help.")
    assert client.post(CHECK)["Location"] == STATUS


@pytest.mark.parametrize("step", [step for step in PAGES if step != "expertise"])
def test_application_check_says_which_page_has_gaps(client, case, step):
    for each, data in PAGES.items():
        if each != step:
            client.post(f"{FORM}{each}/", data)
    response = client.post(CHECK)
    assert (response.status_code, response.context["missing"]) == (422, [step])
    case.refresh_from_db()
    assert case.state == "verified"


@pytest.mark.parametrize(("go", "onward"), [("back", f"{FORM}name/"), ("later", STATUS)])
def test_application_step_keeps_half_a_page_on_the_way_back(client, case, go, onward):
    assert client.post(f"{FORM}work/", {"position": "Inspector", "go": go})["Location"] == onward
    assert client.post(f"{FORM}sponsors/", {"first_name": "Aroha", "go": go}).status_code == 302
    assert client.get(f"{FORM}work/").context["form"]["position"].value() == "Inspector"
    assert client.get(f"{FORM}sponsors/").context["form"]["first_name"].value() == "Aroha"


@pytest.mark.parametrize(
    ("step", "missing"),
    [
        *(("name", name) for name in ("latin_name", "name_order")),
        *(("work", name) for name in ("organisation_name", "position", "sector", "country")),
        *(("reasons", name) for name in ("motivation", "consents")),
        *(("sponsors", name) for name in PAGES["sponsors"]),
    ],
)
def test_application_step_keeps_what_was_typed(client, case, step, missing):
    response = client.post(f"{FORM}{step}/", {**PAGES[step], missing: ""})
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, [missing])
    assert all(form[name].value() == value for name, value in PAGES[step].items() if name != missing)


BAD_NAMES = [
    "A",
    "x" * 121,
    "Amina 😀",
    "<b>Amina</b>",
    "=HYPERLINK(1)",
    "Amina 2",
    "Visit evil.example now",
    "https://evil.example",
    "Z" + "\u0301" * 5 + "algo Ng",
    "Amina أمينة",
    "\u200b\u115f \u1160\u202e",
]


@pytest.mark.parametrize("name", [*BAD_NAMES, "Амина Диалло", "أمينة ديالو"])
def test_application_step_refuses_what_is_no_name_in_latin_letters(client, case, name):
    response = client.post(f"{FORM}name/", {**PAGES["name"], "latin_name": name})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["latin_name"])
    assert response.context["form"]["latin_name"].value() == name


@pytest.mark.parametrize("name", BAD_NAMES[:-1])
def test_application_step_refuses_what_is_no_name_in_any_script(client, case, name):
    response = client.post(f"{FORM}name/", {**PAGES["name"], "native_name": name, "other_names": f"Amina\n{name}"})
    assert (response.status_code, sorted(response.context["form"].errors)) == (422, ["native_name", "other_names"])


@pytest.mark.parametrize("name", ["Seán O’Brien-Nguyễn", "أمينة ديالو", "สมชาย ใจดี", "王伟", "Щербаков", "דוד כהן"])
def test_application_step_takes_names_of_all_scripts(client, case, name):
    assert client.post(f"{FORM}name/", {**PAGES["name"], "native_name": name}).status_code == 302


@pytest.mark.parametrize(
    ("step", "bad"),
    [
        ("work", {"sector": "mafia"}),
        ("work", {"country": "XX"}),
        ("work", {"position": "+cmd|' /C calc'!A0"}),
        ("work", {"organisation_name": "Police <script>"}),
        ("work", {"organisation_name": "X"}),
        ("work", {"organisation_name": "\u0301\u0302"}),
        ("work", {"organisation_name": "\u115f\u1160\u3164"}),
        ("work", {"organisation_name": "＝1+1"}),
        ("work", {"supervisor_name": "Amina أمينة"}),
        ("work", {"organisation_name": "See www.evil.example"}),
        ("work", {"supervisor_contact": "a@x.example, b@x.example"}),
        ("work", {"supervisor_contact": "ring me"}),
        ("expertise", {"expertise": ["magic"]}),
        ("expertise", {"level_1": ""}),
        ("expertise", {"language_2": "fr", "level_2": "basic"}),
        ("reasons", {"motivation": "x" * 3001}),
        ("reasons", {"consents": ["vetting"]}),
        ("reasons", {"motivation": "\x00"}),
        ("sponsors", {"first_email": ["aroha@port.example", "more@port.example"]}),
        ("sponsors", {"second_email": "aroha+2@port.example"}),
        ("sponsors", {"second_organisation_name": "port  AUTHORITY"}),
    ],
)
def test_application_step_refuses_values_that_can_not_be(client, case, step, bad):
    response = client.post(f"{FORM}{step}/", {**PAGES[step], **bad})
    assert (response.status_code, len(response.context["form"].errors) > 0) == (422, True)


def test_application_step_knows_its_pages(client, case):
    assert client.get(f"{FORM}nothing/").status_code == 404
    assert list(STEPS) == list(PAGES)


def test_application_step_offers_the_owners_of_the_proved_domain_and_nobody_else(client, case):
    own = factories.organisation("Douanes du Sénégal", mail_domains=["customs.example"])
    other = factories.organisation("Port of Oslo")
    page = client.get(f"{FORM}work/").content.decode()
    assert (own.name in page, other.name in page) == (True, False)
    assert client.post(f"{FORM}work/", {**PAGES["work"], "organisation": other.public_id}).status_code == 422
    assert client.post(f"{FORM}work/", {**PAGES["work"], "organisation": own.public_id}).status_code == 302
    case.refresh_from_db()
    assert (case.organisation, case.organisation_name) == (own, own.name)
    client.post(f"{FORM}work/", {**PAGES["work"], "organisation": "another"})
    case.refresh_from_db()
    assert (case.organisation, case.organisation_name) == (None, "Customs of Senegal")


def test_application_step_asks_whom_a_focal_point_invited_for_no_sponsors(client, case, at):
    body = factories.organisation(sector=Sector.ACADEMIA)
    case.nominated_by, case.nominated_at = factories.member(organisation=body), at
    case.organisation, case.organisation_name = body, body.name
    case.save()
    assert client.get(f"{FORM}sponsors/").status_code == 404
    assert "organisation_name" not in client.get(f"{FORM}work/").context["form"].fields
    for step in ("name", "work", "expertise"):
        client.post(f"{FORM}{step}/", PAGES[step])
    assert client.post(f"{FORM}reasons/", PAGES["reasons"])["Location"] == CHECK
    assert client.post(CHECK)["Location"] == STATUS
    case.refresh_from_db()
    assert (case.organisation, case.organisation_name, case.state) == (body, body.name, "open")


def test_submit_asks_again_whether_everything_is_there(case, at):
    applications.tell(case, at=at, answers=ANSWERS)
    with pytest.raises(applications.ApplicationIncompleteError):
        applications.submit(case, at=at)
    sponsors.name_sponsors(case, at=at, namings=NAMINGS)
    applications.tell(case, at=at, answers={"latin_name": "Aroha Ngata"})
    with pytest.raises(applications.ApplicationIncompleteError):  # who is now named like a sponsor
        applications.submit(case, at=at)


def test_tell_keeps_nothing_that_is_not_asked_for(case, at):
    applications.tell(case, at=at, answers={"state": "approved", "nominated_by": 1, "position": "Inspector"})
    case.refresh_from_db()
    assert (case.state, case.nominated_by, case.position) == ("verified", None, "Inspector")
