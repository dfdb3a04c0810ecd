"""What does a person in front of a browser do and notice?"""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, ViewportSize

from tests.journeys.portal import PATIENCE_SECONDS, Portal

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
LOOK = """async () => {
  const found = await axe.run({resultTypes: ["violations"]});
  return found.violations.filter(v => ["serious", "critical"].includes(v.impact))
    .map(v => `${v.id}: ${v.nodes.slice(0, 5).map(n => `${n.target.join(" ")} (${n.any[0]?.message})`).join(", ")}`);
}"""
# A colour may be on its way to another, for a moment, after the scheme changes.
SETTLED = """async () => {
  await new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted)));
  await Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => null)));
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
Scheme = Literal["light", "dark"]
PERIOD_SECONDS, ENOUGH_SECONDS = 30, 4
GIVEN: dict[str, str] = {}  # the last code that was given for a second factor
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Visitor:
    """One person with a browser of their own. Whatever a page complains about is kept in `troubles`."""

    portal: Portal
    context: BrowserContext
    page: Page
    troubles: list[str] = field(default_factory=list)

    @classmethod
    def arrive(cls, portal: Portal, browser: Browser, account: dict[str, Any] | None = None) -> "Visitor":
        """Open a browser, signed in with both factors if there is an account."""
        state = portal.signed_in.get(account["email"]) if account else None
        context = browser.new_context(base_url=portal.site, viewport=DESK, storage_state=state, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        visitor = cls(portal, context, context.new_page())
        visitor.page.on("console", visitor.heard)
        visitor.page.on("pageerror", lambda error: visitor.troubles.append(f"script: {error}"))
        visitor.page.on("response", visitor.received)
        if account and not state:
            visitor.sign_in(account)
        return visitor

    def heard(self, message: ConsoleMessage) -> None:
        """Keep what the console says, but not that a page itself answered 404.

        What the examiner of accessibility does has no address: it styles things itself, which the policy forbids.
        """
        if message.type not in {"error", "warning"} or message.text.startswith("Failed to load resource"):
            return
        if message.location["url"]:
            self.troubles.append(f"{self.page.url}: {message.text}")

    def received(self, response: Response) -> None:
        """Keep what a page is made of and did not arrive."""
        if response.status >= 400 and response.request.resource_type != "document":
            self.troubles.append(f"{self.page.url} needs {response.url}: {response.status}")

    def sign_in(self, account: dict[str, Any]) -> None:
        """Sign in by plain POSTs, as a program would, and keep the session for the next visit."""
        self.post("/accounts/login/", login=account["email"], password=account["password"])
        answer = self.post("/accounts/2fa/authenticate/", code=code(account["totp_secret"]))
        assert answer.endswith("/home/"), f"{account['email']} is at {answer}"
        self.portal.signed_in[account["email"]] = self.context.storage_state()

    def post(self, path: str, **fields: str) -> str:
        """Fill in the form of a page; return the address that one is led to."""
        found = TOKEN.search(self.context.request.get(path).text())
        assert found, f"{path} has no form"
        form: dict[str, Any] = {"csrfmiddlewaretoken": found[1], **fields}
        answer = self.context.request.post(path, form=form, headers={"Referer": self.portal.site + path})
        assert answer.ok, f"{path} answers {answer.status}"
        return answer.url

    def open(self, path: str) -> Page:
        """Go to an address."""
        self.page.goto(path)
        return self.page

    @property
    def name(self) -> str:
        """What the portal calls this person."""
        return self.page.locator(".menu-note bdi").text_content() or ""

    def click(self, name: str, *, role: Any = "link", exact: bool = False) -> None:
        """Follow a link or press a button by what it says."""
        self.page.get_by_role(role, name=name, exact=exact).first.click()

    def press(self, name: str) -> None:
        """Press a button by what it says."""
        self.click(name, role="button")

    def faults(self, path: str, *, schemes: Sequence[Scheme] = ("light",)) -> list[str]:
        """Return what is wrong with a page for people who can't see or have a phone; empty is good."""
        self.open(path)
        self.page.set_viewport_size(PHONE)
        overflow = self.page.evaluate(OVERFLOW)
        self.page.set_viewport_size(DESK)
        self.page.evaluate(AXE)
        found = [f"{overflow} px too wide"] if overflow > 0 else []
        for scheme in schemes:
            self.page.emulate_media(color_scheme=scheme)
            self.page.evaluate(SETTLED)
            found += self.page.evaluate(LOOK)
        return [f"{path} {fault}" for fault in found]


def code(secret: str) -> str:
    """Return a code of a second factor that will be taken, waiting for the next one if need be.

    One that is about to run out is no use on a slow machine, and one that was given before is refused.
    """
    left = PERIOD_SECONDS - time.time() % PERIOD_SECONDS
    if left < ENOUGH_SECONDS or _present_code(secret) == GIVEN.get(secret):
        time.sleep(left)
    GIVEN[secret] = _present_code(secret)
    return GIVEN[secret]


def _present_code(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))
