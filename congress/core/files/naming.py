"""What may a file be called when it leaves the portal?"""

from pathlib import PurePosixPath

from congress.core.files.kinds import Kind
from congress.core.prose import one_line

LETTERS = 120
# What file systems, shells and headers read as more than a letter.
SEPARATORS = str.maketrans(dict.fromkeys('\\/:*?"<>|;%\0', "_"))


def clean_name(sent: str, kind: Kind) -> str:
    """Return a name in one line that ends as its kind does: letters of any script, nothing that leads elsewhere."""
    last = sent.replace("\\", "/").rpartition("/")[2]
    stem = PurePosixPath(one_line(last)).stem.translate(SEPARATORS).strip(" ._")
    return f"{stem[:LETTERS].strip() or 'file'}{kind.suffix}"
