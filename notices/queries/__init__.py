"""What do the pages, the mails and the start page need to know of notices?"""

from notices.queries.attachments import attachment_to_take, attachments_of, attachments_without_words
from notices.queries.cosponsors import Answer, answers, bodies_missing, cosponsors, to_cosponsor
from notices.queries.digest import Digest, Item, alerts_for, digests_for, item_of
from notices.queries.editions import (
    compare_editions,
    edition_to_replace,
    editions_open_to,
    files_of,
    notice_drafted_as,
    notice_to_update,
    pending_update,
    text_of,
)
from notices.queries.exceptions import (
    ended_exceptions,
    exceptions_in_force,
    exceptions_of,
    own_exception,
    shift_by,
    touched_by,
)
from notices.queries.explaining import Explanation, Rule, explain, person_to_explain
from notices.queries.facets import Option, label_of
from notices.queries.filters import Filters
from notices.queries.gate import Suspicion, suspicions_of
from notices.queries.history import Moment, history
from notices.queries.keeping import due_for_reminder, reminder_step, to_confirm
from notices.queries.listing import Listing, Takeaway, listing, takeaway
from notices.queries.previewing import View, as_read_by, somebody
from notices.queries.reach import People, Preview, Reach, Shift, named_readers, preview, reach
from notices.queries.reading import (
    notices_to_read,
    notices_to_withdraw,
    open_remarks,
    sections_of,
)
from notices.queries.readings import (
    OwnReading,
    Progress,
    own_reading,
    progress,
    reading_of,
    readings_of_compared,
    unread_by,
)
from notices.queries.related import Related, related
from notices.queries.saved import saved_texts, since
from notices.queries.searches import in_words, query_of, shortcuts
from notices.queries.work import Latest, due_for_publication, latest, waiting_for
from notices.queries.written import notices_written

__all__ = [
    "Answer",
    "Digest",
    "Explanation",
    "Filters",
    "Item",
    "Latest",
    "Listing",
    "Moment",
    "Option",
    "OwnReading",
    "People",
    "Preview",
    "Progress",
    "Reach",
    "Related",
    "Rule",
    "Shift",
    "Suspicion",
    "Takeaway",
    "View",
    "alerts_for",
    "answers",
    "as_read_by",
    "attachment_to_take",
    "attachments_of",
    "attachments_without_words",
    "bodies_missing",
    "compare_editions",
    "cosponsors",
    "digests_for",
    "due_for_publication",
    "due_for_reminder",
    "edition_to_replace",
    "editions_open_to",
    "ended_exceptions",
    "exceptions_in_force",
    "exceptions_of",
    "explain",
    "files_of",
    "history",
    "in_words",
    "item_of",
    "label_of",
    "latest",
    "listing",
    "named_readers",
    "notice_drafted_as",
    "notice_to_update",
    "notices_to_read",
    "notices_to_withdraw",
    "notices_written",
    "open_remarks",
    "own_exception",
    "own_reading",
    "pending_update",
    "person_to_explain",
    "preview",
    "progress",
    "query_of",
    "reach",
    "reading_of",
    "readings_of_compared",
    "related",
    "reminder_step",
    "saved_texts",
    "sections_of",
    "shift_by",
    "shortcuts",
    "since",
    "somebody",
    "suspicions_of",
    "takeaway",
    "text_of",
    "to_confirm",
    "to_cosponsor",
    "touched_by",
    "unread_by",
    "waiting_for",
]
