"""What a comparison of two options on a ladder needs of what one of them signals to the other side.

A signal deters where it is below 1 and provokes where it is above; its range always has 1 in it. So whatever is said of
the risk of the next rung is held against the same points of the box with the signal at 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from holdfire.escalate.unknowns import RATIO, signal
from holdfire.study.ladder_against import most, told_apart
from holdfire.study.ladder_ends import DRAWS
from holdfire.study.said import Said, say

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy as np
    from numpy.typing import NDArray

    from holdfire.study.ladder_ends import Ends

    Json = dict[str, Any]
    Carried = NDArray[np.float64]

_DOES: Final = {"above": "provoke", "below": "deter"}
"""What a signal does on either side of 1."""


def needed(ends: Ends, moved: Carried, heard: Collection[str]) -> list[Json]:
    """Return for each option that signals which side of 1 its signal must lie on.

    `moved` is by how much the risk of the next rung differs, as `Ends.mean` lays points out; `heard` are the options
    whose signal either of the two carries. Shares are of the points that were drawn, on either side of 1 and with the
    signal at 1.
    """
    blocks = told_apart(moved).reshape(-1, ends.ratio.size)[:, -DRAWS:]
    places = {name: place for place, name in enumerate(ends.weighed, start=1)}
    asked = [name for name in places if name != RATIO and name in {signal(option) for option in heard}]
    return [
        {"option": name.partition(".")[2], **_one(blocks[0], blocks[places[name]], ends.weighed[name][-DRAWS:])}
        for name in asked
    ]


def _one(free: Carried, at_one: Carried, signals: Carried) -> Json:
    halves = {"above": signals > 1.0, "below": signals < 1.0}
    sides = {name: (most(free[half]), most(at_one[half])) for name, half in halves.items()}
    return {
        **{f"{name}_1": _shares(free[half]) for name, half in halves.items()},
        "at_1": _shares(at_one),
        "either": sides["above"][0] == sides["below"][0],
        **{
            f"{way}_needs": next((name for name, (there, at) in sides.items() if there == sign != at), None)
            for way, sign in (("higher", 1), ("lower", -1))
        },
    }


def _shares(moved: Carried) -> Json:
    size = max(moved.size, 1)  # a range may end at 1
    return {"higher_share": float((moved > 0.0).sum() / size), "lower_share": float((moved < 0.0).sum() / size)}


def words(found: Json, direction: str) -> Said:
    """Return what one signal has to do for what is said of the next rung; `direction` as `change` gives it."""
    up, down, option = found["higher_needs"], found["lower_needs"], found["option"]
    if not up and not down:
        holds = " That holds whether what {} signals deters or provokes."
        return say(holds, option) if found["either"] else Said()
    if direction != "open":
        does = _DOES[up or down]
        return say(" This needs what {} signals to {} the other side, which nobody knows.", option, does)
    ways = [f"{way} needs it to {_DOES[need]}" for way, need in (("up", up), ("down", down)) if need]
    return say(" Which is more hangs on what {} signals: {}, and nobody knows which it does.", option, ", ".join(ways))
