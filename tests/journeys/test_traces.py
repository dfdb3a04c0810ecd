"""What stays in a browser of a restricted notice, once its reader has gone?"""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrive
from tests.journeys.portal import Portal

pytestmark = pytest.mark.journey

KEPT = """async () => ({
  local: localStorage.length, session: sessionStorage.length, caches: (await caches.keys()).length,
  databases: (await indexedDB.databases()).length, workers: (await navigator.serviceWorker.getRegistrations()).length,
  cookie: document.cookie,
})"""
NOTHING = {"local": 0, "session": 0, "caches": 0, "databases": 0, "workers": 0, "cookie": ""}


def test_red_notice_leaves_no_copy_in_the_browser(portal: Portal, arrive: Arrive):
    account = portal.account(sector="academia")
    reader = arrive(account)
    page = reader.open("/notices/?unread=1")  # other journeys may have promised for others
    page.get_by_role("checkbox", name="TLP:RED").check()
    expect(page.get_by_role("list", name="Filters").get_by_text("TLP:RED")).to_be_visible()
    title = page.get_by_role("list", name="Notices").get_by_role("link").first.text_content() or ""
    reader.click(title)
    reader.press("I will handle it so")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.reload()
    page.go_back()
    page.go_forward()
    assert page.evaluate(KEPT) == NOTHING
    reader.post("/accounts/logout/")
    del portal.signed_in[account["email"]]  # this session is over for other journeys too
    for _step in range(3):
        page.go_back()
        expect(page.get_by_text(title)).to_have_count(0)
        expect(page.get_by_label("Password", exact=True)).to_be_visible()
    assert page.evaluate(KEPT) == NOTHING
