"""What each night of a study leaves for the days after it, from the tables that the study keeps."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.errors import HoldfireError
from holdfire.escalate.closed import closed_rung
from holdfire.escalate.opening import ASKED, after
from holdfire.messages.aircraft import Part
from holdfire.messages.response import EVENT, What
from holdfire.messages.score import SCORED
from holdfire.scenario.option import with_option
from holdfire.study.figures import COLUMN
from holdfire.study.manifest import option_ids
from holdfire.study.results import events_of, intruders_of
from holdfire.study.standing import signals_of, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from holdfire.escalate.ladder import Ladder
    from holdfire.escalate.opening import After
    from holdfire.messages.layout import Records
    from holdfire.study.manifest import Manifest
    from holdfire.study.results import Results

    Night = list[tuple[Any, ...]]
    Rows = dict[tuple[str, int], Night]


def nights_after(folder: Path, results: Results, ladder: Ladder) -> dict[str, list[After]]:
    """Return by option what each night of a folder leaves, in the order of replications.

    A night in which an airport closed stands on the rung of closed airspace, whatever its option stands on.
    """
    manifest, shut = results.manifest, closed_rung(ladder)
    asked = {*ASKED, *(move.what for move in ladder.moves)}
    events = _by_night(events_of(folder, [what.name.lower() for what in asked]))
    aircraft = _by_night(intruders_of(folder))
    out: dict[str, list[After]] = {}
    for option in option_ids(manifest):
        standing, foreign = standing_of(ladder, manifest, option), _foreign(ladder, manifest, option)
        closed = results.figures[option][:, COLUMN["closed_min"]] > 0.0
        signals = signals_of(ladder, manifest, option)
        keys = [(option, replication) for replication in range(manifest["replications"])]
        out[option] = []
        for key in keys:
            strays = [place for place, line, *_ in aircraft[key] if line in foreign]
            seen = _events(events[key]), _aircraft(events[key], aircraft[key])
            also = [shut] if shut and closed[key[1]] else []
            out[option].append(after(*seen, ladder, [*standing, *also], strays, signals))
    return out


def _foreign(ladder: Ladder, manifest: Manifest, option: str) -> set[int]:
    """Return the lines of intruders that are not the other side's; none where ladder or scenario does not say."""
    states = ladder.exchange.other_states if ladder.exchange else None
    try:
        lines = with_option(manifest["scenario"]["data"], option)["intruders"]
    except (HoldfireError, LookupError, TypeError):
        return set()
    return {place for place, line in enumerate(lines) if states and line["state"] not in states}


def _by_night(rows: Iterable[tuple[Any, ...]]) -> Rows:
    out: Rows = defaultdict(list)
    for option, replication, *rest in rows:
        out[str(option), int(replication)].append(tuple(rest))
    return out


def _events(happened: Night) -> Records:
    events: Records = np.zeros(len(happened), EVENT)
    for event, (time_s, what, place, value) in zip(events, happened, strict=True):
        event["time_s"], event["what"], event["aircraft"], event["value"] = time_s, What[what.upper()], place, value
    return events


def _aircraft(happened: Night, rows: Night) -> Records:
    """Return a row for each place that is named; whoever is no intruder is no part that a ladder asks about."""
    places = [row[0] for row in rows] + [event[2] for event in happened]
    aircraft: Records = np.zeros(1 + max(places, default=0), SCORED)
    aircraft["part"] = -1
    for place, _, crewed, entered_s, left_s in rows:
        row = aircraft[place]
        row["part"], row["crewed"], row["entered_s"], row["left_s"] = Part.INTRUDER, crewed, entered_s, left_s
    return aircraft
