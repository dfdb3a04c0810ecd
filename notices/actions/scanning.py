"""What becomes of a file once the scanner has spoken?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from congress.core import journal
from congress.core.files import store
from congress.core.files.scan import Verdict, scan
from notices.models import Attachment, Scan

SCANNED = journal.event(
    "notices.attachment.scanned", _("A file was scanned."), silent="its authors see the result beside the file"
)
# A scanner that is away decides nothing: the file stays in quarantine and is asked about again.
MEANS = {Verdict.CLEAN: Scan.CLEAN, Verdict.INFECTED: Scan.INFECTED, Verdict.NOT_SCANNED: Scan.NOT_SCANNED}


def scan_file(stored_as: str, *, at: datetime) -> Verdict:
    """Have the scanner look at a file, and keep what it says for every edition that carries the file.

    No person does this: a task does. Raises: FileLostError.
    """
    verdict = scan(store.open_range(stored_as))
    if verdict in MEANS:
        _keep(stored_as, MEANS[verdict], at)
    return verdict


@transaction.atomic
def _keep(stored_as: str, result: Scan, at: datetime) -> None:
    waiting = Attachment.objects.select_for_update().filter(stored_as=stored_as, scan=Scan.WAITING)
    for row in waiting.select_related("edition__notice").order_by("pk"):
        row.scan = result
        row.save(update_fields=["scan"])
        journal.record(SCANNED, target=row.edition.notice, by=None, at=at, attachment=row.public_id, scan=result)


def forget_file(stored_as: str) -> None:
    """Delete the bytes of a file that no edition carries any more. No person does this: a task does."""
    if not Attachment.objects.filter(stored_as=stored_as).exists():
        store.delete(stored_as)
