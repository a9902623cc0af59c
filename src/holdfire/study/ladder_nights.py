"""What each night of a study leaves for the days after it, from the tables that the study keeps."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.escalate.opening import ASKED, after, standing_on
from holdfire.messages.aircraft import Part
from holdfire.messages.response import EVENT, What
from holdfire.messages.score import SCORED
from holdfire.study.manifest import option_ids
from holdfire.study.results import events_of, intruders_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from holdfire.escalate.ladder import Ladder, Rung
    from holdfire.escalate.opening import After
    from holdfire.messages.layout import Records
    from holdfire.study.manifest import Manifest

    Night = list[tuple[Any, ...]]
    Rows = dict[tuple[str, int], Night]


def nights_after(folder: Path, manifest: Manifest, ladder: Ladder) -> dict[str, list[After]]:
    """Return by option what each night leaves, in the order of replications."""
    asked = {*ASKED, *(move.what for move in ladder.moves)}
    events = _by_night(events_of(folder, [what.name.lower() for what in asked]))
    aircraft = _by_night(intruders_of(folder))
    out = {}
    for option in option_ids(manifest):
        standing = standing_of(ladder, manifest, option)
        keys = [(option, replication) for replication in range(manifest["replications"])]
        out[option] = [_after(events[key], aircraft[key], ladder, standing) for key in keys]
    return out


def standing_of(ladder: Ladder, manifest: Manifest, option: str) -> list[Rung]:
    """Return the rungs on which an option stands by itself, by its id or by what the scenario says that it uses."""
    entries = manifest["scenario"]["data"].get("options") or []
    uses = [str(each["uses"]) for each in entries if each.get("id") == option and each.get("uses")]
    return standing_on(ladder, [option, *uses])


def _by_night(rows: Iterable[tuple[Any, ...]]) -> Rows:
    out: Rows = defaultdict(list)
    for option, replication, *rest in rows:
        out[str(option), int(replication)].append(tuple(rest))
    return out


def _after(happened: Night, rows: Night, ladder: Ladder, standing: list[Rung]) -> After:
    events: Records = np.zeros(len(happened), EVENT)
    for event, (time_s, what, place, value) in zip(events, happened, strict=True):
        event["time_s"], event["what"], event["aircraft"], event["value"] = time_s, What[what.upper()], place, value
    places = [row[0] for row in rows]
    aircraft: Records = np.zeros(1 + max([*places, *events["aircraft"].tolist()], default=0), SCORED)
    aircraft["part"] = -1  # none that the night is asked about
    for place, crewed, entered_s, left_s in rows:
        row = aircraft[place]
        row["part"], row["crewed"], row["entered_s"], row["left_s"] = Part.INTRUDER, crewed, entered_s, left_s
    return after(events, aircraft, ladder, standing)
