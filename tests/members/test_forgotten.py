"""What does the desk still know of a refusal when the name is forgotten, and for how long?"""

from datetime import timedelta

import pytest
from django.core.management import call_command

from congress.core.personal import obey
from members import queries
from members.actions import applications, rounds, vetting
from members.actions.stages import enter
from members.models import Application
from tests.conftest import NOW
from tests.members.cases import application, word

YEAR = timedelta(days=366)
NAME, ADDRESS = "Yuri Shcherbakov", "yuri@harbour.example"


@pytest.fixture
def forgotten(vetter) -> Application:
    """Somebody who was refused more than a year ago."""
    case = vetting.refuse(
        application(latin_name=NAME, native_name="Юрий Щербаков", email=ADDRESS),
        by=vetter, at=NOW, word=word("Not known to anybody.", grounds=("unknown",)),
    )  # fmt: skip
    obey(at=NOW + YEAR)
    return Application.objects.get(pk=case.pk)


def seen(vetter, **fields) -> list[str]:
    """Return why earlier cases are shown beside a new application."""
    return [str(like.why) for like in queries.hints(vetter, application(**fields)).earlier]


def test_a_refusal_is_known_by_address_name_and_sound_when_the_name_is_forgotten(vetter, forgotten):
    assert (forgotten.is_forgotten, str(forgotten)) == (True, forgotten.public_id)
    assert seen(vetter, email=ADDRESS.upper()) == ["same address"]
    assert seen(vetter, latin_name="YURI SHCHERBAKOV") == ["same name"]
    assert seen(vetter, latin_name="Chtcherbakov Iouri") == ["a name that sounds alike"]
    assert seen(vetter, latin_name="Somebody Else") == []


def test_a_refusal_is_forgotten_altogether_after_six_years(vetter, forgotten):
    obey(at=NOW + timedelta(days=6 * 365 - 1))
    assert Application.objects.get(pk=forgotten.pk).kept_keys != []
    obey(at=NOW + timedelta(days=6 * 365 + 1))
    assert Application.objects.get(pk=forgotten.pk).kept_keys == []
    assert seen(vetter, email=ADDRESS, latin_name=NAME) == []


@pytest.mark.parametrize("state", ["withdrawn", "closed"])
def test_who_was_not_refused_leaves_no_keys(vetter, state):
    application(state=state, closed_at=NOW, latin_name=NAME, email=ADDRESS)
    obey(at=NOW + YEAR)
    assert seen(vetter, email=ADDRESS, latin_name=NAME) == []


def test_an_appeal_that_is_taken_back_does_not_wipe_a_refusal(vetter):
    case = application(latin_name=NAME, email=ADDRESS)
    vetting.refuse(case, by=vetter, at=NOW, word=word("Not known to anybody.", grounds=("unknown",)))
    applications.withdraw(rounds.appeal(case, at=NOW, text="Look again."), at=NOW)
    obey(at=NOW + YEAR)
    assert seen(vetter, email=ADDRESS) == ["same address"]


def test_an_appeal_that_ends_with_an_admission_does(vetter):
    case = application(latin_name=NAME, email=ADDRESS)
    refused = vetting.refuse(case, by=vetter, at=NOW, word=word("Not known to anybody.", grounds=("unknown",)))
    for stage in ("open", "seconded", "approved"):
        enter(refused, stage, at=NOW)
    assert Application.objects.get().kept_keys == []


def test_vetting_case_of_somebody_forgotten_says_so_and_how_it_ended(signed_in, vetter, forgotten):
    client = signed_in(vetter)
    case = client.get(f"/members/vetting/{forgotten.public_id}/").content.decode()
    queue = client.get("/members/vetting/?state=closed").content.decode()
    assert ("This case is forgotten" in case, "Nobody can vouch" in case, "Shcherbakov" in case) == (True, True, False)
    assert ("Name forgotten" in queue, "Shcherbakov" in queue) == (True, False)


def test_members_keys_finds_applicants_by_new_rules_while_their_names_are_known(vetter, forgotten):
    refused = vetting.refuse(
        application(latin_name="Amina Diallo", email="amina@customs.example"),
        by=vetter, at=NOW, word=word("Not known to anybody.", grounds=("unknown",)),
    )  # fmt: skip
    made, kept = refused.kept_keys, forgotten.kept_keys
    Application.objects.filter(pk=refused.pk).update(sounds=["old rule"], kept_keys=["old rule"])
    call_command("members", "keys")
    assert seen(vetter, latin_name="Dialo Aminah") == ["a name that sounds alike"]
    assert [Application.objects.get(pk=each.pk).kept_keys for each in (refused, forgotten)] == [made, kept]
