"""Which bytes does the store keep for notices, and which of them has no scanner seen yet?"""

from notices.models import Attachment, Scan


def stored_files() -> set[str]:
    """Return the keys of all files that some edition carries; asked by tasks, which see every row; one query."""
    return set(Attachment.objects.values_list("stored_as", flat=True))


def waiting_for_scan() -> list[str]:
    """Return the keys of the files in quarantine, the longest waiting first; one query."""
    waiting = Attachment.objects.filter(scan=Scan.WAITING).order_by("pk").values_list("stored_as", flat=True)
    return list(dict.fromkeys(waiting))
