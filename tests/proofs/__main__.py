"""`python -m tests.proofs sweep` and `python -m tests.proofs mutants`: the proofs at full size, with their figures."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain

from tests.proofs.stage import PROCESSES, side_by_side, stage


def main(what: str) -> int:
    """Set the stage, prove, clear it away; the answer is the exit code."""
    with stage():
        return {"mutants": mutate, "sweep": sweep}[what]()


def sweep() -> int:
    """Sweep the large world with both walls and with each alone; print what was found, and how much was asked."""
    from tests.proofs.asking import actors, views_of_notices
    from tests.proofs.large import sweep_share
    from tests.proofs.planting import plant
    from tests.proofs.sweep import Verdict
    from tests.proofs.world import FULL, generate

    began, world, found = time.monotonic(), generate(FULL), Verdict()
    plant(world)
    for part in side_by_side(partial(sweep_share, world), actors(world)):
        found.add(part)
    unreached = [view for view, _keys in views_of_notices() if view not in found.reached]
    for line in [*found.leaks, *found.refusals, *found.faults, *(f"never reached: {view}" for view in unreached)]:
        print(line)
    print(f"{len(actors(world))} actors, {len(world.cases)} notices, {len(world.planted)} words.")
    print(f"{found.requests} requests, {found.letters} letters, {found.changes} changes of a hidden notice.")
    print(f"{found.checks} checks: {len(found.leaks)} leaks, {len(found.refusals)} wrong refusals.")
    print(f"{len(found.faults)} faults, {len(unreached)} addresses that nobody was let into.")
    print(f"{time.monotonic() - began:.0f} seconds.")
    return 1 if found.leaks or found.refusals or found.faults or unreached else 0


def mutate() -> int:
    """Take out and turn round each condition of both walls; print what nothing noticed, and how many there were."""
    from tests.proofs.mutants import mutants, reason, survives_tests, survivors_of_rows
    from tests.proofs.planting import plant
    from tests.proofs.world import SMALL, generate

    began, world, everything = time.monotonic(), generate(SMALL), list(mutants())
    plant(world)
    left = list(chain.from_iterable(side_by_side(partial(survivors_of_rows, world), everything)))
    print(f"{len(everything) - len(left)} of {len(everything)} mutants differ from the oracle", flush=True)
    print(*left, sep="\n", flush=True)
    unexplained = [mutant for mutant in left if not reason(mutant)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        survivals = list(pool.map(survives_tests, unexplained))
    alive = [mutant for mutant, survives in zip(unexplained, survivals, strict=True) if survives]
    for mutant in left:
        print(f"{'SURVIVED' if mutant in alive else reason(mutant) or 'killed by a test'}: {mutant}")
    same = len(left) - len(unexplained)
    killed = len(everything) - same - len(alive)
    print(f"{len(everything)} mutants: {killed} killed, {len(alive)} survived, {same} change nothing.")
    print(f"{time.monotonic() - began:.0f} seconds.")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
