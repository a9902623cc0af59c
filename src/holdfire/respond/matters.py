"""Which tracks matter, and how much: from what is known, how the state's criteria assess it, and what was done."""

from __future__ import annotations

from math import inf

import numpy as np

from holdfire.compiled import kernel
from holdfire.messages.identity import CONCLUSIONS, Identity
from holdfire.messages.layout import N_NAMED
from holdfire.messages.vocabulary import CLASSES, INDEX, ITEM

_BENIGN = sum(1 << CONCLUSIONS.index(each) for each in (Identity.FRIEND, Identity.ASSUMED_FRIEND, Identity.NEUTRAL))
_THREAT = sum(1 << CONCLUSIONS.index(each) for each in (Identity.HOSTILE, Identity.SUSPECT))
_HOSTILE = 1 << CONCLUSIONS.index(Identity.HOSTILE)
_AIRSPACE, _DIRECTION, _TRANSPONDER = INDEX["airspace"], INDEX["direction"], INDEX["transponder"]
_OCCUPANCY, _PLAN, _RADIO, _IFF = INDEX["occupancy"], INDEX["flight_plan"], INDEX["radio"], INDEX["iff"]
_LOOK = INDEX["visual_class"]
_DEPTH, _TO_CPA = INDEX["depth_m"], INDEX["time_to_cpa_s"]
_OWN = ITEM["airspace"].values.index("own")
_ALLIED = ITEM["airspace"].values.index("allied")
_INBOUND, _OUTBOUND = ITEM["direction"].values.index("inbound"), ITEM["direction"].values.index("outbound")
_TELLS = sum(1 << ITEM["transponder"].values.index(each) for each in ("civil", "military", "7700"))
_CALLS = sum(1 << ITEM["transponder"].values.index(each) for each in ("7500", "7600"))
_MATCHED, _ANSWERING = ITEM["flight_plan"].values.index("matched"), ITEM["radio"].values.index("answering")
_FRIENDLY, _UNCREWED = ITEM["iff"].values.index("friendly"), ITEM["occupancy"].values.index("uncrewed")
_LET_BE = sum(1 << CLASSES.index(each) for each in ("own-or-allied-military", "balloon", "bird"))

NOT, DOUBTFUL, SUSPECT, DANGER = 0, 1, 2, 3
"""How much a track matters."""
APPROACH_M = 40_000.0
"""How far before the border an unanswered track that comes nearer is met (assumed)."""
_NOT_CLOSING_S = 3600.0  # urgency of one that closes on nothing protected


@kernel
def code(row: np.void, item: int) -> int:
    """Return a named item's place among its values, -1: not known."""
    if row["known"] >> np.uint64(item) & np.uint64(1) == 0:
        return -1
    return np.int64(row["code"][item])  # type: ignore[return-value]


@kernel
def number(row: np.void, item: int, otherwise: float) -> float:
    """Return a number of the evidence, or something else where it is not known."""
    if row["known"] >> np.uint64(item) & np.uint64(1) == 0:
        return otherwise
    return row["value"][item - N_NAMED]  # type: ignore[no-any-return]


@kernel
def is_uncrewed(row: np.void) -> bool:
    """Whether it is known that nobody is aboard."""
    return code(row, _OCCUPANCY) == _UNCREWED


@kernel
def how_much(  # noqa: PLR0911
    row: np.void, assessment: np.void, looked_as: int
) -> int:
    """Return how much a track matters.

    A hostile act, hostile intent or a settled hostile: danger. Settled suspect: suspect. Anything else that
    answers nobody, or says that it was seized or lost its radio, and is inside or comes nearer: doubtful. Who
    is a friend or neutral, who is leaving outside, and what a look took for one of ours, a balloon or a bird,
    matters no more.
    """
    if looked_as < 0:  # no crew of ours: perhaps a camera
        looked_as = code(row, _LOOK)
    identity, holds = np.int64(assessment["identity"]), np.int64(assessment["holds"])
    if assessment["error"] != 0:
        return NOT
    if holds & 2 != 0:
        return DANGER
    if identity & ~_BENIGN == 0 or (looked_as >= 0 and _LET_BE >> looked_as & 1):
        return NOT
    airspace, direction = code(row, _AIRSPACE), code(row, _DIRECTION)
    outside = airspace >= 0 and airspace != _OWN
    if outside and airspace != _ALLIED and direction == _OUTBOUND:
        return NOT
    if holds & 1 != 0 or identity == _HOSTILE:
        return DANGER
    if identity & ~_THREAT == 0:
        return SUSPECT
    transponder = code(row, _TRANSPONDER)
    answers = (transponder >= 0 and _TELLS >> transponder & 1 != 0) or code(row, _PLAN) == _MATCHED
    answers = answers or code(row, _RADIO) == _ANSWERING or code(row, _IFF) == _FRIENDLY
    depth_m = number(row, _DEPTH, -inf)
    near = airspace == _OWN or depth_m > 0.0 or (direction == _INBOUND and depth_m > -APPROACH_M)
    calls = transponder >= 0 and _CALLS >> transponder & 1 != 0
    return DOUBTFUL if near and (calls or not answers) else NOT


@kernel
def urgency_s(row: np.void, rank: int) -> float:
    """Return how urgent it is, least first: rank, then time to a protected site, then depth (1 s for 100 m)."""
    to_cpa_s = number(row, _TO_CPA, -1.0)
    if to_cpa_s < 0.0:
        depth_m = number(row, _DEPTH, 0.0)
        to_cpa_s = _NOT_CLOSING_S - min(max(depth_m, -1e5), 1e5) / 100.0
    return to_cpa_s - 1e5 * rank
