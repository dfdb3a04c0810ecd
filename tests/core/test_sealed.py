"""Do the officers' words and the second factors lie sealed, and move to a new key without being lost?"""

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection

from congress.core import crypto
from congress.core.sealed import Column, columns
from members.models import Decision
from tests import factories
from tests.members import cases

REASON = "Known from the joint training in Nairobi."
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def stored(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column}::text FROM {table}")
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def decision(settings, vetter) -> Decision:
    """A decision with a reason, and a member with a second factor, from before the key was changed."""
    settings.FIELD_KEYS = [OLD]
    made = cases.decision(cases.application(), vetter)
    Decision.objects.filter(pk=made.pk).update(reason=REASON)
    Authenticator.objects.filter(user=vetter).update(data={"secret": crypto.seal(factories.TOTP_SECRET)})
    return made


def test_what_officers_write_lies_sealed_and_is_read_as_written(decision):
    assert "Nairobi" not in " ".join(stored("members_decision", "reason"))
    decision.refresh_from_db()
    assert decision.reason == REASON
    assert Decision.objects.exclude(reason="").exists()


def test_what_is_told_about_people_lies_sealed(vetter):
    case = cases.application(supervisor_name="Ousmane Ba", supervisor_contact="+221 33 800 00 00")
    cases.groundwork(case, vetter)
    written = {
        "motivation": case.motivation,
        "supervisor_name": "Ousmane Ba",
        "supervisor_contact": "+221 33 800 00 00",
    }
    at_rest = [text for column in written for text in stored("members_application", column)]
    assert not any(text in rest for text in written.values() for rest in at_rest)
    case.refresh_from_db()
    assert {name: getattr(case, name) for name in written} == written
    call = case.callbacks.get()
    assert (call.number, call.reached) == ("+1 555 0100", "The switchboard")
    assert "555 0100" not in " ".join([*stored("members_callback", "number"), *stored("members_callback", "reached")])


def test_secrets_move_to_the_newest_key_and_the_old_one_can_go(settings, decision, vetter):
    settings.FIELD_KEYS = [NEW, OLD]
    call_command("secrets", "reseal")
    settings.FIELD_KEYS = [NEW]
    decision.refresh_from_db()
    assert decision.reason == REASON
    assert crypto.unseal(Authenticator.objects.get(user=vetter).data["secret"]) == factories.TOTP_SECRET
    assert [column.reseal() for column in columns()] == [0] * len(columns())


def test_resealing_says_where_a_key_is_missing(settings, decision):
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(CommandError, match="opens one value"):
        call_command("secrets", "reseal")


@pytest.mark.parametrize("text", ["é" * 2000, "=HYPERLINK(1)", "محمد", "'; DROP TABLE --", " "])
def test_any_text_comes_back_as_it_was(decision, text):
    Decision.objects.filter(pk=decision.pk).update(reason=text)
    decision.refresh_from_db()
    assert decision.reason == text


def test_every_sealed_column_is_known():
    assert {
        Column("mfa.Authenticator", "data", "secret"),
        Column("core.Delivery", "sealed_letter"),
        Column("members.Note", "text"),
        Column("members.Objection", "text"),
        Column("members.Sponsor", "comment"),
    } <= set(columns())
