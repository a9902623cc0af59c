"""The arrays that the stage reads (`View`) and keeps from one call to the next (`Memory`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

BOUNDS: Final = np.dtype(
    [
        ("manoeuvre_m_s2", np.float64),  # acceleration allowed for since the track was last updated
        ("parallel_sin", np.float64),  # sine of the angle to the border below which a course is parallel to it
        ("near_m", np.float64),  # an approach this near is as pressing as one `soon_s` away
        ("soon_s", np.float64),
        ("corridor_m", np.float64),  # how far from its filed route a flight may be
        ("window_s", np.float64),  # how early or late against its filed times
        ("plan_height_m", np.float64),  # how far from its filed height
        ("search_s", np.float64),  # between two searches of the plans for one track
        ("conflict_s", np.float64),  # how long a squawk other than the filed one must last to count
        ("silent_looks", np.int64),  # looks in a row without an answer before it counts as silent
        ("confidence", np.float64),  # for occupancy
        ("prior_odds", np.float64),  # of nobody aboard against somebody, before anything is known
        ("silent", np.float64),  # what each clue does to those odds, from here on
        ("answered", np.float64),
        ("friend", np.float64),
        ("matched", np.float64),
        ("unmatched", np.float64),
        ("answering", np.float64),
        ("unheard", np.float64),
        ("debris_small_m2", np.float64),  # as in schema.RiskModel, from here on
        ("debris_slow_m2", np.float64),
        ("slow_m_s", np.float64),
        ("debris_other_m2", np.float64),
        ("debris_spread_m", np.float64),
        ("drag", np.float64),
        ("stray_share", np.float64),
        ("stray_m2", np.float64),
        ("stray_reach_m", np.float64),
        ("density_sd_share", np.float64),
    ],
    align=True,
)

SITE: Final = np.dtype(
    [("x_m", np.float64), ("y_m", np.float64), ("radius_m", np.float64), ("zone", np.int64)], align=True
)
"""A protected site; `zone` is the place in the item's values, 0 where none is published."""

PLACE: Final = np.dtype(
    [
        ("code", np.int64),  # place in vocabulary.STATES, -1: international
        ("guard", np.int64),  # its place among the guarded states, -1: not guarded
        ("answer", np.int64),  # its airspace, seen from a guarded state that is not it: place in the item's values
    ],
    align=True,
)
"""One state of the ground, in the ground's order; the last is international airspace."""


class View(NamedTuple):
    """What is fixed for a night."""

    bounds: Records  # one BOUNDS
    sites: Records
    zones: Records  # those sites whose airspace is published as restricted or prohibited
    places: Records
    nothing: Records  # one EVIDENCE in which nothing is known, flagged as simulated
    nobody: Records  # one CONTACT in which nothing was done, for tracks that nobody has dealt with
    alert: NDArray[np.int64]  # of each guarded state, place in the item's values
    origins: NDArray[np.float64]  # what an origin in each of vocabulary.STATES does to the odds of nobody aboard
    speeds: NDArray[np.float64]  # ends of the bands of speed, the last infinite (m/s)
    speed_factors: NDArray[np.float64]
    heights: NDArray[np.float64]  # (m)
    height_factors: NDArray[np.float64]
    looks: NDArray[np.float64]  # what each of vocabulary.CLASSES does to the odds
    alone: NDArray[np.uint8]  # cells about each in which no other unguarded state is, as `prepare.alone_of`; or empty
    coverage: Records  # plot.COVERAGE of radars without whose plots a broadcast is suspected; none: it never is


KEPT: Final = np.dtype(
    [
        ("number", np.int64),  # the track's number that this is about, 0: none
        ("host", np.int64),  # the guarded state that it was last about, -1: none yet
        ("began", np.int64),  # 1: the track began within the border's uncertainty
        ("inside", np.int64),  # 0: outside, 1: past the border, 2: and known to be
        ("place", np.int64),  # the ground's state it was last known to be over, -1: none
        ("beyond", np.int64),  # the ground's state across the border where it entered, -1: not known
        ("origin", np.int64),  # place in vocabulary.STATES, -1: not known
        ("plan", np.int64),  # the plan that fits or fitted, -1: none
        ("by_identity", np.int64),  # 1: by its address or squawk
        ("fits", np.int64),  # flight_plan: -1 not known, 0 matched, 1 unmatched
        ("conflict", np.int64),  # 1: address and squawk belong to different plans
        ("domestic", np.int64),  # the guarded state over which the whole plan lies, -1: none
        ("unanswered", np.int64),  # what the track said last time
        ("silent_s", np.float64),  # when that last rose
        ("seen_s", np.float64),  # when this was last written
        ("entered_s", np.float64),  # NaN: not known
        ("entered_sd_s", np.float64),
        ("crossed_s", np.float64),  # when the origin was found
        ("fits_s", np.float64),  # when `fits` was found
        ("due_s", np.float64),  # when the plans are to be searched next
    ],
    align=True,
)

MOTION: Final = np.dtype(
    [
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("speed_m_s", np.float64),
        ("ux", np.float64),  # the course as a unit vector; north where it stands still
        ("uy", np.float64),
        ("p", np.float64, (10,)),  # covariance, as in a track
        ("sigma_m", np.float64),  # standard deviation of position in its worst direction
        ("speed_sd_m_s", np.float64),
        ("h_m", np.float64),  # NaN: never measured
        ("h_sd_m", np.float64),
    ],
    align=True,
)
"""Where a track is thought to be at the time of the call."""


WHERE: Final = np.dtype(
    [
        ("west_m", np.float64),  # the map's edges and cells, the same for every track
        ("east_m", np.float64),
        ("south_m", np.float64),
        ("north_m", np.float64),
        ("cell_m", np.float64),
        ("per_m", np.float64),  # cells in a metre
        ("uncertainty_m", np.float64),  # of the borders
        ("host", np.int64),  # the guarded state that the rest is about
        ("place", np.int64),  # the ground's state all about it, -1: not known
        ("airspace", np.int64),  # place in the item's values, -1: not known
        ("depth_m", np.float64),  # NaN: off the map
        ("depth_sd_m", np.float64),
        ("margin_m", np.float64),  # nearer than this to a border, it may be on either side
        ("rate_m_s", np.float64),  # how fast the depth grows
        ("rate_sd_m_s", np.float64),
        ("nx", np.float64),  # unit vector towards the inside; 0, 0 where there is none
        ("ny", np.float64),
    ],
    align=True,
)
"""Where that is on the map."""


KEYS: Final = 1024
"""Lists of plans by the end of their address, and as many by that of their squawk."""

BOX: Final = np.dtype(
    [
        ("plan", np.int64),
        ("address", np.int64),  # filed, 0: none
        ("leg", np.int64),  # the first POINT of those legs, and one behind their last
        ("leg_end", np.int64),
        ("west_m", np.float64),
        ("east_m", np.float64),
        ("south_m", np.float64),
        ("north_m", np.float64),
    ],
    align=True,
)
"""Which legs of a plan may fit now, and where they lie."""


class Memory(NamedTuple):
    """What outlasts a call, by the track's place, and one record each to work in."""

    kept: Records
    motion: Records
    where: Records
    head: NDArray[np.int64]  # first plan under each of KEYS ends of addresses, and of squawks; -1: none
    after: NDArray[np.int64]  # (plans, 2): the next plan under the same end of its address, and of its squawk
    domestic: NDArray[np.int64]  # the guarded state over which all of each plan lies, -1: none
    boxes: Records  # plans that may fit until `current_s[1]`, the first `current_s[0]` of them
    current_s: NDArray[np.float64]
