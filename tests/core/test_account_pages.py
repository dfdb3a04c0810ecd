"""Do allauth's pages wear the portal's components?"""

from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.urls import reverse

from tests import factories

STOCK = Path(allauth.__file__).parent / "templates"

# Pages that nobody reaches: closed by a door, or of a feature that is switched off; bases that only name a layout.
UNREACHED = {
    "account/base_confirm_code.html",
    "account/base_entrance.html",
    "account/base_manage.html",
    "account/base_manage_email.html",
    "account/base_manage_password.html",
    "account/base_manage_phone.html",
    "account/confirm_email_verification_code.html",
    "account/confirm_login_code.html",
    "account/confirm_password_reset_code.html",
    "account/confirm_phone_verification_code.html",
    "account/email.html",
    "account/email_change.html",
    "account/password_set.html",
    "account/phone_change.html",
    "account/request_login_code.html",
    "account/signup.html",
    "account/signup_by_passkey.html",
    "account/snippets/already_logged_in.html",
    "account/snippets/warn_no_email.html",
    "account/verified_email_required.html",
    "mfa/base_entrance.html",
    "mfa/base_manage.html",
    "mfa/recovery_codes/base.html",
    "mfa/totp/base.html",
    "mfa/trust.html",
    "mfa/webauthn/base.html",
    "mfa/webauthn/signup_form.html",
    "mfa/webauthn/snippets/login_script.html",
    "mfa/webauthn/snippets/scripts.html",
    "usersessions/base_manage.html",
    "usersessions/usersession_list.html",
}


def test_every_stock_page_that_can_be_reached_is_ours():
    stock = {
        str(path.relative_to(STOCK))
        for app in ("account", "mfa", "usersessions")
        for path in (STOCK / app).rglob("*.html")
        if "messages" not in path.parts and "email" not in path.parts
    }
    ours = {name for name in stock if (settings.BASE_DIR / "templates" / name).exists()}
    assert stock - ours == UNREACHED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_login", "Sign in"),
        ("account_reset_password", "Forgotten password"),
        ("account_reset_password_done", "Look at your mail"),
        ("account_email_verification_sent", "Look at your mail"),
        ("account_inactive", "Your account is closed"),
    ],
)
def test_public_account_page(client, name, heading):
    html = client.get(reverse(name)).content.decode()
    assert f"<h1>{heading}</h1>" in html
    assert "style=" not in html


@pytest.mark.django_db
def test_wrong_password_is_said_at_the_top_and_keeps_the_address(client):
    html = client.post(reverse("account_login"), {"login": "a@b.example", "password": "no"}).content.decode()
    assert "There is a problem" in html
    assert 'value="a@b.example"' in html


@pytest.mark.django_db
def test_enrolment_says_why_and_offers_both_ways(client):
    client.force_login(factories.member("newcomer", factor=False))
    html = client.get(reverse("mfa_index")).content.decode()
    assert "<h1>Set up a second factor</h1>" in html
    assert f'href="{reverse("mfa_activate_totp")}"' in html
    assert f'href="{reverse("mfa_add_webauthn")}"' in html
    assert "Find a member" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("mfa_index", "Second factor"),
        ("members:sessions", "Where you are signed in"),
        ("account_change_password", "Change your password"),
        ("account_logout", "Sign out"),
    ],
)
def test_own_account_page(client, name, heading):
    client.force_login(factories.member("insider"))
    html = client.get(reverse(name)).content.decode()
    assert f"<h1>{heading}</h1>" in html
    assert "style=" not in html
