"""What do the pages, the mails and the start page need to know of notices?"""

from notices.queries.digest import Digest, Item, alerts_for, digests_for
from notices.queries.facets import Option, label_of
from notices.queries.filters import Filters
from notices.queries.history import Moment, history
from notices.queries.listing import Listing, Takeaway, listing, takeaway
from notices.queries.naming import Match, organisations_by_id, organisations_named, people_by_id, people_named
from notices.queries.reading import (
    Reach,
    latest_remark,
    notices_to_read,
    notices_to_withdraw,
    reach,
    sections_of,
)
from notices.queries.readings import OwnReading, Progress, own_reading, progress, unread_by
from notices.queries.work import Latest, due_for_publication, latest, waiting_for

__all__ = [
    "Digest",
    "Filters",
    "Item",
    "Latest",
    "Listing",
    "Match",
    "Moment",
    "Option",
    "OwnReading",
    "Progress",
    "Reach",
    "Takeaway",
    "alerts_for",
    "digests_for",
    "due_for_publication",
    "history",
    "label_of",
    "latest",
    "latest_remark",
    "listing",
    "notices_to_read",
    "notices_to_withdraw",
    "organisations_by_id",
    "organisations_named",
    "own_reading",
    "people_by_id",
    "people_named",
    "progress",
    "reach",
    "sections_of",
    "takeaway",
    "unread_by",
    "waiting_for",
]
