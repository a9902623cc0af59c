"""What a track's transponder says, and what came of asking it for an IFF reply."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.vocabulary import ITEM, KINDS_OF_SENSOR

if TYPE_CHECKING:
    import numpy as np

_CIVIL, _MILITARY, _7500, _7600, _7700, _SILENT, _INCONSISTENT = map(
    ITEM["transponder"].values.index, ("civil", "military", "7500", "7600", "7700", "silent", "inconsistent")
)
_FRIENDLY, _NO_REPLY, _UNRESOLVED = map(ITEM["iff"].values.index, ("friendly", "no-reply", "unresolved"))
_SSR = KINDS_OF_SENSOR.index("iff-ssr")
_IFF_AGE_S = ITEM["iff"].max_age_s
_FRIEND = 1  # as plots and contacts say it


@kernel
def transponder(  # noqa: PLR0911
    track: np.void, kept: np.void, silent_looks: int, time_s: float
) -> tuple[int, float]:
    """Return the place in the item's values, -1 where nothing is known, and the age (s).

    Silent is who was asked so often in a row and never answered; who answered before and then fell silent is
    inconsistent, and so is who carries the address of one plan and the squawk of another. An emergency code
    comes before that. Who answers as a friend too is military; nothing tells other military replies from civil.
    """
    if track["unanswered"] > kept["unanswered"]:
        kept["silent_s"] = track["fed_s"]
    kept["unanswered"] = track["unanswered"]
    heard_s = max(track["mode_a_s"], track["kind_s"][_SSR] if track["address"] != 0 else -inf)
    heard = heard_s > -inf
    friend = track["iff"] == _FRIEND and track["iff_s"] > -inf
    if track["unanswered"] >= silent_looks:
        return (_INCONSISTENT if heard else _SILENT), max(time_s - kept["silent_s"], 0.0)
    if not heard:
        return (_MILITARY if friend else -1), (max(time_s - track["iff_s"], 0.0) if friend else 0.0)
    squawk, squawk_age_s = track["mode_a"], max(time_s - track["mode_a_s"], 0.0)
    if squawk == 0o7500:
        return _7500, squawk_age_s
    if squawk == 0o7600:
        return _7600, squawk_age_s
    if squawk == 0o7700:
        return _7700, squawk_age_s
    if kept["conflict"] == 1:
        return _INCONSISTENT, squawk_age_s
    return (_MILITARY if friend else _CIVIL), max(time_s - heard_s, 0.0)


@kernel
def iff(track: np.void, contact: np.void, time_s: float) -> tuple[int, float]:
    """Return the place in the item's values, -1 where nobody asked, and the age (s).

    The ground's interrogation and a fighter's own count alike; where both are fresh and do not agree it is
    unresolved, else the later one counts.
    """
    ground, ground_age_s = track["iff"], max(time_s - track["iff_s"], 0.0)
    crew, crew_age_s = contact["iff"], max(time_s - contact["iff_s"], 0.0)
    if ground != 0 and crew != 0 and ground != crew and max(ground_age_s, crew_age_s) <= _IFF_AGE_S:
        return _UNRESOLVED, max(ground_age_s, crew_age_s)
    asked, age_s = ground, ground_age_s
    if crew != 0 and (ground == 0 or crew_age_s < ground_age_s):
        asked, age_s = crew, crew_age_s
    if asked == 0 or age_s == inf:
        return -1, 0.0
    return (_FRIENDLY if asked == _FRIEND else _NO_REPLY), age_s
