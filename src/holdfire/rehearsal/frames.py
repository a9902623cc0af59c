"""Frames of a night: who flies where and who is thought to be where, at one moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.errors import CapacityError
from holdfire.messages.film import IDENTITIES, UNIT_M, UNKNOWN_H
from holdfire.messages.identity import CONCLUSIONS
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.loop import Night
    from holdfire.messages.layout import Records

_MOST: Final = np.iinfo(np.int16).max
_OF_BITS: Final = np.array(
    [
        IDENTITIES.index(CONCLUSIONS[bits.bit_length() - 1]) if bits.bit_count() == 1 else 0
        for bits in range(1 << len(CONCLUSIONS))
    ],
    np.int8,
)
"""By the bits of an `ASSESSMENT`: the identity that is settled, else `pending`."""


class Frame(NamedTuple):
    """One moment: who flies where, and which tracks are thought to be where; by option, how they are identified."""

    places: NDArray[np.int64]
    at: NDArray[np.int16]  # (flying, 3)
    numbers: NDArray[np.int64]
    believed: NDArray[np.int16]  # (tracks, 3)
    owners: NDArray[np.int64]
    identities: dict[int, NDArray[np.int8]]


def frame(night: Night, options: Sequence[int]) -> Frame:
    """Return what stands after the tick of a cycle, whose rows are then those of all confirmed tracks."""
    world, picture, score = night.world, night.picture, night.score
    n, places = int(picture.counts[0]), world.active[: world.counts[0]].copy()
    slots, numbers = picture.slots[:n], picture.numbers[:n].copy()
    return Frame(
        places,
        _units(world.aircraft[places]),
        numbers,
        _units(picture.tracks.track[slots]),
        np.where(score.owner_of[slots] == numbers, score.owner[slots], -1),
        {option: _OF_BITS[night.assessments["identity"][option, :n]] for option in options},
    )


def _units(records: Records) -> NDArray[np.int16]:
    """Return positions in whole units; raises `CapacityError` beyond what 16 bits hold."""
    metres = np.stack([records["x_m"], records["y_m"], records["h_m"]], axis=1)
    units = np.rint(metres / UNIT_M)
    units[:, 2] = np.where(np.isnan(units[:, 2]), UNKNOWN_H, np.maximum(units[:, 2], UNKNOWN_H + 1))
    if units.size and np.abs(units).max() > _MOST:
        message = (
            f"something is {np.abs(metres).max() / KM_M:.0f} km from the centre: a film holds "
            f"{_MOST * UNIT_M / KM_M:.0f} km, so shrink the area"
        )
        raise CapacityError(message)
    return units.astype(np.int16)
