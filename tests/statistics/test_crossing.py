"""Aircraft that cross in dense clutter: plots shared out by chance keep their tracks apart, one track a plot does not.

The skies are of other seeds than the benchmark's, and the same on every run.
"""

from __future__ import annotations

from crowded_sky import crossing
from holdfire.track.tuning import Tuning
from track import switches, tracked

CLUTTER = 300.0  # false plots of a radar's turn
SKIES = range(9000, 9080, 10)


def test_the_soft_association_switches_fewer_tracks_than_the_hard_one() -> None:
    counts = list[tuple[int, int]]()
    for name in SKIES:
        made = crossing(name, CLUTTER)
        hard, soft = (tracked(made, Tuning(soft=kind)) for kind in (0, 1))
        counts.append((switches(made, hard[0], hard[2]), switches(made, soft[0], soft[2])))
    assert sum(soft < hard for hard, soft in counts) > len(SKIES) // 2
    assert all(soft <= hard for hard, soft in counts)
    assert 2 * sum(soft for _, soft in counts) < sum(hard for hard, _ in counts)
