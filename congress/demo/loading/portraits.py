"""How do drawn photographs come into some profiles?"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from congress.core.files import store
from congress.core.files.photographs import draw, square_of
from congress.core.identifiers import public_id
from congress.demo.portraits import PORTRAITS, draw_portrait
from members.actions.photographs import SHELF, SIDES
from members.models import Profile

# Every so many members somebody has a photograph.
ONE_IN = 12


def load_portraits(profiles: Iterable[Profile]) -> None:
    """Give some profiles a photograph; each drawing is drawn and kept once.

    They are drawn anew as squares by what does that with every photograph that is sent, but not in a process apart,
    which would take half a second for each: nobody hostile has made them.
    """
    holders = list(profiles)[5::ONE_IN]
    kept = [_keep(number) for number in range(min(len(PORTRAITS), len(holders)))]
    for number, profile in enumerate(holders):
        profile.photograph = public_id()
        profile.photograph_large, profile.photograph_small = kept[number % len(kept)]
    Profile.objects.bulk_update(holders, ["photograph", "photograph_large", "photograph_small"])


def _keep(number: int) -> tuple[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        plain, drawn = Path(folder, "plain"), Path(folder, "drawn")
        draw_portrait(number, plain)
        draw(plain, drawn, SIDES)
        large, small = (store.put(square_of(drawn, side), shelf=SHELF) for side in SIDES)
        return large, small
