"""Which pages are measured, and for whom?"""

import re

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from congress.core.labels import Tlp
from congress.core.roles import Role
from congress.core.sectors import Sector
from events.models import Meeting
from members.models import Member, MemberQuerySet
from members.policies import decidable_by
from notices.models import NoticeState
from notices.policies import addressed_to, waiting_for
from tests.bench.archive import COMMON_WORD, RARE_WORD, SECOND_WORD
from tests.bench.measure import Page

DEEP = 20
# Each finds more than so many pages of people among ten thousand.
SEARCHES = {
    "name": "q=ali",
    "expertise": "expertise=forensic_chemistry",
    "facets": "sector=law_enforcement&sector=government&region=europe&region=africa"
    "&expertise=forensic_chemistry&expertise=customs_targeting&expertise=explosives_detection",
}
NEXT = re.compile(rb"[?&;]after=([^\"&]+)")


def reader(sector: Sector = Sector.LAW_ENFORCEMENT) -> Member:
    """Return whose session is used: the first plain member of a sector among the demonstration accounts."""
    return _accounts().filter(sector=sector, role_grants__isnull=True)[0]


def holder(role: Role) -> Member:
    """Return the first demonstration account that holds a role."""
    return _accounts().filter(role_grants__role=role)[0]


def _accounts() -> MemberQuerySet:
    able = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user")
    rows = Member.objects.listed().filter(pk__in=able).with_rights(timezone.now())
    return rows.select_related("organisation").order_by("pk")


def floors(member: Member) -> list[Page]:
    """Return what the others are compared with: an empty view, and an empty page in the whole frame."""
    return [Page("floor: empty view", "/bench/view/"), Page("floor: empty page", "/bench/page/", member)]


def demonstration(large_meeting: str) -> list[Page]:
    """Return everything that people open every day."""
    member = reader()
    upcoming = f"/meetings/{Meeting.objects.announced().ahead(timezone.now())[0].slug}/"
    return [
        *floors(member),
        Page("start page", "/home/", member),
        *_directory(member),
        Page("profile", _profile(), member),
        Page("meeting", upcoming, member),
        Page("programme, demonstration", f"{upcoming}programme/", member),
        Page("programme, 300 sessions", f"/meetings/{large_meeting}/programme/", member),
        Page("programme, 300 sessions, visitor", f"/meetings/{large_meeting}/programme/"),
        *_notices(member),
    ]


def searches() -> list[Page]:
    """Return what is promised of searches among ten thousand members: the first page and a later one alike."""
    member = reader()
    asked = {f"search, {kind}": f"/members/?{query}" for kind, query in SEARCHES.items()}
    first = [Page(name, path, member) for name, path in asked.items()]
    deep = [Page(f"{name}, page {DEEP}", _deep(path, member), member) for name, path in asked.items()]
    return [*floors(member), *first, *deep]


def large() -> list[Page]:
    """Return what must stay quick in a large network."""
    member = reader()
    return [
        *floors(member),
        *_directory(member),
        Page("suggestions", "/members/suggest/?q=mar", member),
        Page("suggestions, one letter more", "/members/suggest/?q=maria+s", member),
        Page("profile", _profile(), member),
        Page("CSV of the directory, first byte", "/members/list.csv", member, until_first_byte=True),
    ]


def desk() -> list[Page]:
    """Return what is promised of two thousand open cases."""
    officer = holder(Role.VETTING_REVIEWER)
    case = decidable_by(officer).filter(state="seconded").order_by("-pk")[0]
    return [
        *floors(officer),
        Page("queue", "/members/vetting/", officer),
        Page(f"queue, page {DEEP}", _deep("/members/vetting/", officer), officer),
        Page("queue, filters", "/members/vetting/?clock=overdue&owner=nobody&region=europe", officer),
        Page("case", f"/members/vetting/{case.public_id}/", officer),
    ]


def archive() -> list[Page]:
    """Return what is promised of ten thousand notices."""
    member, publisher = reader(), holder(Role.PUBLISHER)
    green = addressed_to(member).filter(tlp=Tlp.GREEN).order_by("-published_at", "-pk")[0]
    cleared = waiting_for(publisher).filter(state=NoticeState.CLEARED).order_by("-pk")[0]
    return [
        *floors(member),
        *scaled(),
        Page(f"list, page {DEEP}", _deep("/notices/", member), member),
        Page("list, facets", "/notices/?kind=warning&tlp=TLP:GREEN&tlp=TLP:AMBER", member),
        Page("list, two facets", "/notices/?topic=concealment&topic=drones&country=FR", member),
        Page("list, search and facets", f"/notices/?q={COMMON_WORD}&tlp=TLP:AMBER&kind=warning", member),
        Page("notice", f"/notices/{green.number}/", member),
        Page("PDF", f"/notices/{green.number}.pdf", member),
        Page("CSV, first byte", "/notices/list.csv", member, until_first_byte=True),
        Page("audience preview", f"/notices/{cleared.number}/publish/", publisher),
    ]


def scaled() -> list[Page]:
    """Return what ten times as many notices may at most double: for one who reads much, and one who reads little."""
    questions = {
        "list": "",
        "search, rare word": f"?q={RARE_WORD}",
        "search, common word": f"?q={COMMON_WORD}",
        "search, two words": f"?q={COMMON_WORD}+{SECOND_WORD}",
        "search, CAS": "?q=7664-41-7",
    }
    readers = {"": reader(), ", narrow reader": reader(Sector.ACADEMIA)}
    return [
        Page(f"{name}{whose}", f"/notices/{query}", member)
        for whose, member in readers.items()
        for name, query in questions.items()
    ]


def _profile() -> str:
    return f"/members/{Member.objects.listed().order_by('-pk')[0].public_id}/"


def _directory(member: Member) -> list[Page]:
    return [
        Page("directory", "/members/", member),
        Page(f"directory, page {DEEP}", _deep("/members/", member), member),
        Page("directory, text search", "/members/?q=customs", member),
        Page("API, members", "/api/v1/members/?q=customs", member),
        Page("API, countries", "/api/v1/countries/", member),
        Page("directory, two words", "/members/?q=maria+forensic", member),
        Page(
            "directory, facets",
            "/members/?sector=industry&sector=academia&region=europe&expertise=forensic_chemistry",
            member,
        ),
    ]


def _notice_lists(member: Member) -> list[Page]:
    return [
        Page("notice list", "/notices/", member),
        Page("notice search", "/notices/?q=customs", member),
        Page("notice facets", "/notices/?kind=warning&tlp=TLP:GREEN&tlp=TLP:AMBER", member),
    ]


def _notices(member: Member) -> list[Page]:
    newest = addressed_to(member).order_by("-published_at", "-pk")[0]
    second = Page("notice list, page 2", _deep("/notices/", member, turns=1), member)
    return [*_notice_lists(member), second, Page("notice", f"/notices/{newest.number}/", member)]


def _deep(path: str, member: Member, turns: int = DEEP - 1) -> str:
    client = Client(headers={"host": "localhost"})
    client.force_login(member)
    after, joined = path, "&" if "?" in path else "?"
    for _turn in range(turns):
        found = NEXT.search(client.get(after).content)
        after = f"{path}{joined}after={found[1].decode()}" if found else after
    return after
