"""How is one file opened, in a process that may not take more than its share? `python -m congress.core.files.cleaner`.

Reads the file named first, writes the clean one to the path named second, and says on its standard output what it
found; where sides of squares follow, it draws those in place of a clean file. It knows no secret, no database and no
network address.
"""

import json
import resource
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from congress.core.files import limits
from congress.core.files.clean import clean, draw
from congress.core.files.refusal import Reason, RefusalError
from congress.core.files.text import words_of

SHARES = {
    resource.RLIMIT_AS: limits.CLEANER_MEMORY_BYTES,
    resource.RLIMIT_CPU: limits.CLEANER_CPU_SECONDS,
    resource.RLIMIT_FSIZE: limits.CLEANER_FILE_BYTES,
    resource.RLIMIT_CORE: 0,
}


def main(source: Path, target: Path, sides: Sequence[int] = ()) -> dict[str, Any]:
    """Return what became of a file: its kind and words, the reason of a refusal, or the machine's error number."""
    for share, most in SHARES.items():
        resource.setrlimit(share, (most, most))
    try:
        if sides:
            draw(source, target, sides)
            return {}
        kind = clean(source, target)
        return {"kind": kind, **asdict(words_of(target, kind))}
    except RefusalError as refusal:
        return {"refused": refusal.reason}
    except MemoryError:
        return {"refused": Reason.TOO_DEMANDING}
    except OSError as error:
        return {"errno": error.errno}


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1]), Path(sys.argv[2]), [int(side) for side in sys.argv[3:]]), sys.stdout)
