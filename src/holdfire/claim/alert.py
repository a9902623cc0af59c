"""Who was reached by a crew that stood on alert when its target was first tracked.

An order once given brings a crew nearer to take-off, also where it was given for other traffic and let go again. Such a
crew was cued by something else: a claim on alert does not rest on it.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, NamedTuple

from holdfire.study.collect import connect
from holdfire.study.manifest import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_QUERY = """
WITH entered AS (
    SELECT replication, aircraft, left_s, CASE WHEN isfinite(tracked_s) THEN tracked_s ELSE entered_s END AS seen_s
    FROM read_parquet($aircraft)
    WHERE option = $option AND part = 'intruder' AND list_contains($lines, line) AND isfinite(entered_s)
), ordered AS (
    SELECT replication, responder, min(time_s) AS first_s FROM read_parquet($events)
    WHERE option = $option AND what IN ('scramble', 'airborne') GROUP BY ALL
), found AS (
    SELECT replication, responder, aircraft, min(time_s) AS found_s FROM read_parquet($events)
    WHERE option = $option AND what = 'found' GROUP BY ALL
), each AS (
    SELECT e.replication, e.aircraft,
        coalesce(bool_or(found_s <= left_s AND first_s >= seen_s), FALSE) AS reached,
        coalesce(bool_or(found_s <= left_s AND first_s < seen_s), FALSE) AS cued,
        count(DISTINCT o.responder) FILTER (WHERE first_s < seen_s) AS away
    FROM entered e LEFT JOIN ordered o USING (replication)
        LEFT JOIN found f ON f.replication = e.replication AND f.responder = o.responder AND f.aircraft = e.aircraft
    GROUP BY e.replication, e.aircraft
)
SELECT count(*), count(*) FILTER (WHERE reached), count(*) FILTER (WHERE cued AND NOT reached),
    count(*) FILTER (WHERE away < $crews)
FROM each GROUP BY replication ORDER BY replication
"""


class Night(NamedTuple):
    """One night's intruders: how many came, were reached from alert, or only by a crew cued by something else.

    `on_alert` counts those for whom a crew still stood on alert when they were first tracked.
    """

    there: int
    reached: int
    cued: int
    on_alert: int


def crews(data: Mapping[str, Any]) -> int:
    """Return how many aircraft of a scenario stand on alert."""
    return sum(int(each.get("number", 1)) for base in data.get("bases", ()) for each in base.get("aircraft", ()))


def nights(folder: Path, option: str, lines: Sequence[int]) -> list[Night]:
    """Return the nights of a study in which one of the groups came, in order."""
    given = {
        "aircraft": str(folder / "aircraft.parquet"),
        "events": str(folder / "events.parquet"),
        "option": option,
        "lines": list(lines),
        "crews": crews(read(folder)["scenario"]["data"]),
    }
    connection = connect()
    with contextlib.closing(connection):
        return [Night(*row) for row in connection.execute(_QUERY, given).fetchall()]
