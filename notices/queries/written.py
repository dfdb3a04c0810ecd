"""Which notices did a member write, as far as their profile may say so to a reader?"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from congress.core.gathered import Line, gathers
from congress.core.labels import Tlp
from members.models import Member
from notices.models import NOTICE_STATES
from notices.policies import visible_to

# A profile is no document with a label of its own, and whoever wrote what is stricter is not to be asked for it.
SAID_OF = Tlp.up_to(Tlp.GREEN)
SHOWN = 12
# What a line says of a notice; the rows hold much more.
SAID = ("number", "tlp", "published_at", "edition__title")


@gathers("notices")
def notices_written(viewer: Member, member: Member, at: datetime) -> Iterable[Line]:
    """Yield the notices that a member wrote, alone or with others, and the viewer reads, the latest first; one query.

    The twelve latest that have a text, none above TLP:GREEN. Source: decision 0039.
    """
    written = visible_to(viewer).filter(Q(author=member) | Q(coauthors__contains=[member.pk]))
    readable = written.filter(state__in=NOTICE_STATES.having("read"), tlp__in=SAID_OF).select_related("edition")
    for notice in readable.only(*SAID).order_by("-published_at", "-pk")[:SHOWN]:
        if notice.edition and notice.published_at:
            on = notice.published_at.date()
            yield Line(notice.edition.title, "notices:notice", {"number": notice.number}, note=notice.tlp, on=on)
