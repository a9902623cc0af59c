"""Whose airspace a track is in, which way it goes, when it entered and from where."""

from __future__ import annotations

from math import nan, sqrt
from typing import TYPE_CHECKING

import numpy as np

from holdfire.compiled import kernel
from holdfire.identify.motion import deviation2
from holdfire.identify.raster import column_of, depth_at, on_map, row_of
from holdfire.messages.vocabulary import ITEM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

_OWN = ITEM["airspace"].values.index("own")
_INBOUND, _PARALLEL, _OUTBOUND = map(ITEM["direction"].values.index, ("inbound", "parallel", "outbound"))
_ONE_SIDED, _TWO_SIDED = 1.6448536269514722, 1.959963984540054  # 95 % of a normal distribution
_DIAGONAL = sqrt(0.5)
_LEAST_RATE_M_S = 2.0  # slower than this across the border, the moment of crossing is not known (assumed)
_OUT, _PAST, _SETTLED = 0, 1, 2  # of a KEPT's `inside`


@kernel
def locate(  # noqa: C901, PLR0912, PLR0915
    state: NDArray[np.uint8], alone: NDArray[np.uint8], depth_m: NDArray[np.float32], places: Records,
    motion: np.void, where: np.void,
) -> None:  # fmt: skip
    """Write where on the map a track is.

    It is about the guarded state whose airspace it is in, or else the nearest. The airspace is known only if no
    border to another answer lies within the border's own uncertainty and two deviations of the position. Against
    the guarded states' borders that is their signed distance; between states that nobody guards, twelve points
    about the track are asked, so that a strip narrower than a quarter of the margin may be missed there.
    The gradient of the depth is taken across the border's uncertainty, so that its crooks do not turn a course.
    """
    x, y, ux, uy = motion["x_m"], motion["y_m"], motion["ux"], motion["uy"]
    margin = where["uncertainty_m"] + 2.0 * motion["sigma_m"]
    step = max(where["cell_m"], where["uncertainty_m"])
    where["airspace"], where["place"], where["host"] = -1, -1, 0
    where["depth_m"], where["margin_m"], where["nx"], where["ny"] = nan, margin, 0.0, 0.0
    if not on_map(where, x, y, step):
        return
    row, column = row_of(where, y), column_of(where, x)
    here = np.int64(state[row, column])
    host = places[here]["guard"]
    depth = depth_at(where, depth_m, max(host, 0), x, y)
    if host < 0:
        host = 0
        for other in range(1, depth_m.shape[0]):
            deeper = depth_at(where, depth_m, other, x, y)
            if deeper > depth:
                host, depth = other, deeper
        answer = places[here]["answer"]
    else:
        answer = _OWN
    gx = (depth_at(where, depth_m, host, x + step, y) - depth_at(where, depth_m, host, x - step, y)) / (2.0 * step)
    gy = (depth_at(where, depth_m, host, x, y + step) - depth_at(where, depth_m, host, x, y - step)) / (2.0 * step)
    steep = sqrt(gx * gx + gy * gy)
    if steep > 0.0:
        where["nx"], where["ny"] = gx / steep, gy / steep
    if steep > 1.0:
        gx, gy = gx / steep, gy / steep
    p = motion["p"]
    border_sd = where["uncertainty_m"] / 2.0  # the uncertainty is a bound: taken as two deviations
    where["host"], where["depth_m"] = host, depth
    where["depth_sd_m"] = sqrt(max(deviation2(p, gx, gy, 0.0, 0.0), 0.0) + border_sd * border_sd)
    where["rate_m_s"] = motion["speed_m_s"] * (ux * gx + uy * gy)
    where["rate_sd_m_s"] = sqrt(max(deviation2(p, 0.0, 0.0, gx, gy), 0.0))
    if not abs(depth) >= margin:
        return
    if answer == _OWN:
        if depth > 0.0:
            where["airspace"], where["place"] = _OWN, here
        return
    if depth > 0.0 or not on_map(where, x, y, margin + where["cell_m"]):
        return
    same_answer, same_place = True, True
    ring = margin + where["cell_m"] * _DIAGONAL  # a cell says whose its middle is
    # Here all that may be asked is one state's, or guarded.
    if alone.size > 0 and alone[row, column] >= ring * where["per_m"] + 1.0:
        where["airspace"], where["place"] = answer, here
        return
    for each in range(12):  # eight at the margin, four at half of it, laid along the course
        far = ring if each < 8 else ring / 2.0
        along = 1.0 if each % 4 == 0 else -1.0 if each % 4 == 2 else 0.0
        across = 1.0 if each % 4 == 1 else -1.0 if each % 4 == 3 else 0.0
        if 4 <= each < 8:
            along, across = (along - across) * _DIAGONAL, (along + across) * _DIAGONAL
        beside = column_of(where, x + far * (along * ux - across * uy))
        near = np.int64(state[row_of(where, y + far * (along * uy + across * ux)), beside])
        if places[near]["guard"] < 0:  # else the distance has told already
            same_place &= near == here
            same_answer &= places[near]["answer"] == answer
    if same_answer:
        where["airspace"] = answer
        where["place"] = here if same_place else -1


@kernel
def direction(where: np.void, speed_m_s: float, parallel_sin: float) -> int:
    """Return the place in the item's values of the course against the border, -1 where 95 % do not settle it.

    Deep inside it says whether the depth grows, stays or shrinks.
    """
    rate, sd, bound = where["rate_m_s"], where["rate_sd_m_s"], speed_m_s * parallel_sin
    if rate - _ONE_SIDED * sd > bound:
        return _INBOUND
    if rate + _ONE_SIDED * sd < -bound:
        return _OUTBOUND
    return _PARALLEL if abs(rate) + _TWO_SIDED * sd < bound else -1


@kernel
def follow(  # noqa: C901
    state: NDArray[np.uint8], places: Records, motion: np.void, where: np.void, kept: np.void, time_s: float
) -> None:
    """Remember when a track entered the host's airspace, and from where.

    The moment is the depth divided by its rate back from the first call that found it past the border, not
    before the call that did not. The origin is the state that it was last known to be over, if the ground across
    the border there is that state's or international. Of a track that began within the border's uncertainty and
    goes inwards, it is the state across the border. It counts once the track is known to be inside.
    """
    depth, margin = where["depth_m"], where["margin_m"]
    if depth != depth:  # off the map
        return
    first = kept["host"] < 0
    if first:
        kept["began"] = abs(depth) < margin
    if kept["host"] != where["host"]:
        kept["host"], kept["inside"], kept["entered_s"], kept["origin"] = where["host"], _OUT, nan, -1
    if where["airspace"] > _OWN or (depth <= 0.0 and kept["inside"] == _PAST):
        kept["inside"], kept["entered_s"] = _OUT, nan
    if depth > 0.0 and kept["inside"] == _OUT:
        kept["inside"], kept["entered_s"], kept["beyond"] = _PAST, nan, -1
        if not first or kept["began"] == 1:
            _enter(state, places, motion, where, kept, time_s)
    if where["airspace"] == _OWN and kept["inside"] == _PAST:
        kept["inside"] = _SETTLED
        _find_origin(places, where, kept, time_s)
    if where["place"] >= 0 and places[where["place"]]["code"] >= 0:
        kept["place"] = where["place"]


@kernel
def _enter(
    state: NDArray[np.uint8], places: Records, motion: np.void, where: np.void, kept: np.void, time_s: float
) -> None:
    depth, rate = where["depth_m"], where["rate_m_s"]
    back = depth + where["margin_m"]
    x, y = motion["x_m"] - back * where["nx"], motion["y_m"] - back * where["ny"]
    if on_map(where, x, y, 0.0):
        beyond = np.int64(state[row_of(where, y), column_of(where, x)])
        kept["beyond"] = beyond if places[beyond]["guard"] != where["host"] else -1
    if rate > _LEAST_RATE_M_S:
        kept["entered_s"] = max(time_s - depth / rate, kept["seen_s"])
        kept["entered_sd_s"] = where["depth_sd_m"] / rate


@kernel
def _find_origin(places: Records, where: np.void, kept: np.void, time_s: float) -> None:
    last, beyond = kept["place"], kept["beyond"]
    found = -1
    if last >= 0 and places[last]["guard"] == where["host"]:
        return  # it was never known to have left
    if last >= 0 and beyond >= 0 and (beyond == last or places[beyond]["code"] < 0):
        found = places[last]["code"]
    elif last < 0 and beyond >= 0 and kept["began"] == 1:
        inwards = where["rate_m_s"] - _ONE_SIDED * where["rate_sd_m_s"] > 0.0
        found = places[beyond]["code"] if inwards else -1
    kept["origin"], kept["crossed_s"] = found, time_s
