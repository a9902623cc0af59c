"""Tracks of other systems (CAT062) fused with our own, state by state.

Both may rest on the same radars, and how far their errors go together is not known; covariance intersection is
consistent whatever it is: S. J. Julier and J. K. Uhlmann, "A non-divergent estimation algorithm in the presence of
unknown correlations", American Control Conference 1997, doi 10.1109/ACC.1997.609105. Of eleven weights it takes the
one that makes the trace of the covariance of position least. A system's track that is none of ours stays, with a
number of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.geo.slant import to_frame
from holdfire.measure.assign import assign_within
from holdfire.messages.track import SNAPSHOT, Stand

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.geo.frame import Frame
    from holdfire.messages.layout import Records

    Numbers = NDArray[np.float64]

POSITION_SD_M: Final = 100.0
SPEED_SD_M_S: Final = 10.0
"""Of a system's track that does not say how good it is (assumed)."""
OLDEST_S: Final = 12.0
"""A system's state is carried on so long (assumed: the longest period of an en-route radar)."""
REACH_M: Final = 3000.0
"""Tracks further apart are of two aircraft (assumed)."""
ACCELERATION_M2_S3: Final = 10.0
"""White noise of acceleration by which a carried state grows less certain (assumed: 10 m/s in 10 s)."""
_WEIGHTS: Final = np.linspace(0.0, 1.0, 11)


class Fused(NamedTuple):
    """Tracks after fusion: `SNAPSHOT` records, and of each whether ours (1), a system's (2) or both (3) are in it."""

    history: Records
    by: NDArray[np.int64]


def fuse(history: Records, system: Records, frame: Frame, times_s: Numbers) -> Fused:
    """Fuse tracks of systems into our own, in the frames `times_s`.

    Parameters
    ----------
    history
        Our own `SNAPSHOT` records, by time.
    system
        `SYSTEM_TRACK` records.
    """
    if not len(system):
        return Fused(history, np.ones(len(history), np.int64))
    theirs = snapshots(system, frame, times_s, 1 + int(history["number"].max(initial=0)))
    kept, shown = dict[int, int](), dict[int, int]()
    parts, by = [], []
    ours_at, theirs_at = (np.searchsorted(part["time_s"], times_s) for part in (history, theirs))
    ours_to, theirs_to = (np.searchsorted(part["time_s"], times_s, side="right") for part in (history, theirs))
    for a, b, c, d in zip(ours_at, ours_to, theirs_at, theirs_to, strict=True):
        ours, other = history[a:b].copy(), theirs[c:d]
        first, second = _same(ours, other, kept)
        ours[first] = intersected(ours[first], other[second])
        alone = np.setdiff1d(np.arange(len(other)), second)
        both = np.ones(len(ours), np.int64)
        both[first] = 3
        rest = other[alone].copy()
        _number(
            ours,
            rest,
            {int(ours["number"][a]): int(other["number"][b]) for a, b in zip(first, second, strict=True)},
            shown,
        )
        parts += [ours, rest]
        by += [both, np.full(len(alone), 2)]
    return Fused(np.concatenate([np.zeros(0, SNAPSHOT), *parts]), np.concatenate([np.zeros(0, np.int64), *by]))


def _number(ours: Records, rest: Records, both: dict[int, int], shown: dict[int, int]) -> None:
    """Let each track keep the number under which it was first shown, alone or fused; none twice in a frame."""
    used = set[int]()
    for record in (*ours, *rest):
        own = int(record["number"])
        known = [shown[number] for number in (own, both.get(own, own)) if number in shown]
        number = next((each for each in known if each not in used), own)
        used.add(number)
        shown[own] = shown[both.get(own, own)] = number
        record["number"] = number


def snapshots(system: Records, frame: Frame, times_s: Numbers, first_number: int) -> Records:
    """Return each system's tracks at the frames, carried on from their last state, numbered from `first_number`."""
    ended = system["ended"] == 1
    _, number = np.unique(system["sensor"] * (1 << 32) + system["number"], return_inverse=True)
    x_m, y_m = to_frame(frame, system["lat_deg"], system["lon_deg"])
    parts = [np.zeros(0, SNAPSHOT)]
    for track in range(int(number.max()) + 1):
        rows = np.flatnonzero(number == track)
        last = np.searchsorted(system["time_s"][rows], times_s, side="right") - 1
        at = rows[np.maximum(last, 0)]
        age_s = times_s - system["time_s"][at]
        live = (last >= 0) & (age_s <= OLDEST_S) & ~ended[at]
        at, age_s, out = at[live], age_s[live], np.zeros(int(live.sum()), SNAPSHOT)
        out["time_s"], out["number"], out["fed_s"] = times_s[live], first_number + track, system["time_s"][at]
        out["stand"] = np.where(system["coasted"][at] == 1, Stand.COASTED, Stand.CONFIRMED)
        speeds = [np.nan_to_num(system[name][at]) for name in ("vx_m_s", "vy_m_s")]
        out["x_m"], out["y_m"] = x_m[at] + age_s * speeds[0], y_m[at] + age_s * speeds[1]
        _spread(out, system[at], age_s)
        for name in ("vx_m_s", "vy_m_s", "h_m", "vh_m_s", "mode_a", "address"):  # a speed not stated stays unknown
            out[name] = system[name][at]
        parts.append(out)
    joined = np.concatenate(parts)
    return joined[np.argsort(joined["time_s"], kind="stable")]


def _spread(out: Records, states: Records, age_s: Numbers) -> None:
    """Write covariances: as stated, or as assumed; without a velocity that of an airliner's in any direction."""
    position = np.where(np.isfinite(states["sigma_m"]), states["sigma_m"], POSITION_SD_M) ** 2
    speed = np.where(np.isfinite(states["vx_m_s"] + states["vy_m_s"]), SPEED_SD_M_S, 250.0) ** 2
    noise = ACCELERATION_M2_S3 * age_s
    p = out["p"]
    p[:, 0] = p[:, 4] = position + age_s**2 * speed + noise * age_s**2 / 3
    p[:, 2] = p[:, 6] = age_s * speed + noise * age_s / 2
    p[:, 7] = p[:, 9] = speed + noise


def _same(ours: Records, theirs: Records, kept: dict[int, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of tracks that are of one aircraft; a pair stays one while both are within reach.

    Tracks with two addresses are never one.
    """
    here, there = (np.stack([part["x_m"], part["y_m"]], axis=1) for part in (ours, theirs))
    slot = {int(number): place for place, number in enumerate(ours["number"])}
    first, second = list[int](), list[int]()
    for place, number in enumerate(theirs["number"].tolist()):
        own = slot.get(kept.get(number, -1), -1)
        if own >= 0 and np.hypot(*(here[own] - there[place])) < REACH_M and not _differ(ours[own], theirs[place]):
            first.append(own)
            second.append(place)
    free = np.setdiff1d(np.arange(len(ours)), first)
    idle = np.setdiff1d(np.arange(len(theirs)), second)
    for own, other, _ in zip(*assign_within(here[free], there[idle], REACH_M), strict=True):
        if not _differ(ours[free[own]], theirs[idle[other]]):
            first.append(int(free[own]))
            second.append(int(idle[other]))
    kept.update({int(theirs["number"][b]): int(ours["number"][a]) for a, b in zip(first, second, strict=True)})
    return np.array(first, np.int64), np.array(second, np.int64)


def _differ(ours: np.void, theirs: np.void) -> bool:
    return bool(ours["address"] != 0 and theirs["address"] != 0 and ours["address"] != theirs["address"])


def intersected(ours: Records, theirs: Records) -> Records:
    """Return our records with the states of both in them."""
    out = ours.copy()
    if not len(ours):
        return out
    certainties = [inverses(_full(part["p"])) for part in (ours, theirs)]
    names = ("x_m", "y_m", "vx_m_s", "vy_m_s")  # a speed not known is any airliner's about none, as `_spread` has it
    states = [np.nan_to_num(np.stack([part[name] for name in names], axis=1)) for part in (ours, theirs)]
    best = np.full(len(ours), np.inf)
    for weight in _WEIGHTS:
        covariance = inverses(weight * certainties[0] + (1 - weight) * certainties[1])
        size = covariance[:, 0, 0] + covariance[:, 1, 1]
        ahead = weight * _times(certainties[0], states[0]) + (1 - weight) * _times(certainties[1], states[1])
        state, better = _times(covariance, ahead), size < best
        best = np.where(better, size, best)
        for column, name in enumerate(("x_m", "y_m", "vx_m_s", "vy_m_s")):
            out[name][better] = state[better, column]
        rows, columns = np.triu_indices(4)
        out["p"][better] = covariance[better][:, rows, columns]
    return out


def _full(upper: Numbers) -> Numbers:
    rows, columns = np.triu_indices(4)
    out = np.zeros((len(upper), 4, 4))
    out[:, rows, columns] = out[:, columns, rows] = upper
    return out


def _times(matrices: Numbers, vectors: Numbers) -> Numbers:
    out: Numbers = (matrices * vectors[:, None, :]).sum(axis=2)
    return out


def inverses(matrices: Numbers) -> Numbers:
    """Return the inverses of symmetric positive definite matrices (n, d, d), by Gauss and Jordan."""
    n, size, _ = matrices.shape
    work = np.concatenate([matrices, np.broadcast_to(np.eye(size), (n, size, size))], axis=2)
    for row in range(size):
        work[:, row] /= work[:, row, row, None]
        factor = work[:, :, row].copy()
        factor[:, row] = 0.0
        work -= factor[:, :, None] * work[:, row, None, :]
    return work[:, :, size:]
