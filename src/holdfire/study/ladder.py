"""The ladder of a study: how high both sides come under each option, what is left to them, and what it costs whom.

Every number that rests on the exchange is an interval over the box of what nobody knows (`escalate.unknowns`), never
one number; whatever lies beyond the ladder is not told.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.catalogue import load_ladder
from holdfire.errors import InputError
from holdfire.escalate.ladder import SIDES
from holdfire.escalate.left import after_answers, after_night, cost_meur, kinds
from holdfire.escalate.outlook import outlook, told_apart
from holdfire.escalate.unknowns import RATIO, points, unknowns
from holdfire.study import estimate
from holdfire.study.figures import COLUMN
from holdfire.study.ladder_against import break_even, change
from holdfire.study.ladder_nights import nights_after, standing_of
from holdfire.study.ladder_words import CAUTIONS, sentences
from holdfire.study.manifest import option_ids
from holdfire.study.results import load
from holdfire.study.subject import known_option

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.escalate.exchange_schema import ExchangeModel
    from holdfire.escalate.ladder import Ladder, Side
    from holdfire.escalate.opening import After, Opening
    from holdfire.escalate.outlook import Outlook
    from holdfire.escalate.unknowns import Points
    from holdfire.study.results import Results

    Json = dict[str, Any]
    Carried = NDArray[np.float64]

DRAWS: Final = 200
_DIGITS: Final = 12
"""Decimals kept: sums of chances miss 0 and 1 by less."""
_COSTS: Final = {
    "own": ("flight_h", "shots", "cost_own_meur"),
    "other": ("stopped", "fell", "arrived", "cost_other_meur"),
}


def ladder_of(folder: Path, base: str | None = None) -> Json:
    """Return the ladder of a folder of results, ready for JSON.

    `base` is the first option where none is given. Raises as `load` does, `UnknownNameError` for another base, and
    `InputError` where the scenario's ladder does not say what follows a night.
    """
    results = load(folder)
    manifest = results.manifest
    ladder = load_ladder(str(manifest["scenario"]["data"].get("ladder", "air-incidents")))
    if ladder.exchange is None:
        message = (
            f"ladder {ladder.id} says nothing of what follows a night: give it an `exchange`, as air-incidents has"
        )
        raise InputError(message)
    names = option_ids(manifest)
    against = names[0] if base is None else known_option(names, base)
    ends = _Ends(ladder, ladder.exchange, _points(ladder.exchange))
    left = nights_after(folder, manifest, ladder)
    titles = {option["id"]: option["title"] for option in manifest["options"]}
    ordered = (against, *(name for name in names if name != against))
    made = {
        "scenario": {name: manifest["scenario"][name] for name in ("id", "title", "kind")},
        "seed": manifest["seed"],
        "nights": manifest["replications"],
        "base": against,
        "ladder": {"id": ladder.id, "title": ladder.title, "beyond": ladder.exchange.beyond.model_dump()},
        "horizon_days": ladder.exchange.horizon_days,
        "answers_at_most": ladder.exchange.answers_at_most,
        "points": ends.count,
        "unknowns": list(_box(ladder)),
        "options": [
            {
                "id": name,
                "title": titles[name],
                "standing": [rung.id for rung in standing_of(ladder, manifest, name)],
                **ends.of(left[name]),
                "cost": _costs(results, name, left[name], ladder),
                "against_base": None if name == against else _against(results, ends, left, against, name),
            }
            for name in ordered
        ],
        "cautions": list(CAUTIONS),
    }
    return {**made, "sentences": sentences(made)}


def _points(exchange: ExchangeModel) -> Points:
    """Return the points of the box, and after them the same with the ratio of crewed to uncrewed losses at 1."""
    at = points(unknowns(exchange), DRAWS)
    return {
        name: np.concatenate([value, np.ones_like(value) if name == RATIO else value]) for name, value in at.items()
    }


def _box(ladder: Ladder) -> list[Json]:
    found = unknowns(ladder.exchange) if ladder.exchange else ()
    out = []
    for each in found:
        part, name = each.name.split(".")
        model = getattr(getattr(ladder.exchange, part), name)
        out.append({"name": each.name, **model.model_dump(mode="json")})
    return out


@dataclass(frozen=True)
class _Ends:
    """What openings lead to, each worked out once."""

    ladder: Ladder
    exchange: ExchangeModel
    at: Points

    @cached_property
    def known(self) -> dict[Opening, dict[Side, Outlook]]:
        return {}

    @property
    def count(self) -> int:
        """Points of the box, without those at the ratio of 1."""
        return int(self.at[RATIO].size) // 2

    def leads_to(self, opening: Opening) -> dict[Side, Outlook]:
        if opening not in self.known:
            self.known[opening] = outlook(self.ladder, self.exchange, opening, self.at)
        return self.known[opening]

    def mean(self, left: list[After], side: Side, field: str) -> Carried:
        """Return the mean of a field of outlooks over nights, at each point."""
        counted = Counter(each.opening for each in left)
        total = sum(getattr(self.leads_to(opening)[side], field) * n for opening, n in counted.items())
        return np.asarray(total) / len(left)

    def of(self, left: list[After]) -> Json:
        """Return openings, sides, and the risk of the other side's next rung, of an option's nights."""
        counted = Counter(each.opening for each in left).most_common()
        return {
            "openings": [{**asdict(opening), "nights": n} for opening, n in counted],
            "next_rung": {side: self.ends(self.mean(left, side, "next_rung")) for side in SIDES},
            "sides": {side: self.rungs(left, side) for side in SIDES},
            "left": {side: self.left(left, side) for side in SIDES},
        }

    def rungs(self, left: list[After], side: Side) -> list[Json]:
        """Return of each rung told apart its share of peaks, of peaks there or higher, and the days there or higher."""
        reached, days = self.mean(left, side, "reached"), self.mean(left, side, "days")
        above = np.concatenate([reached[:, 1:], np.zeros_like(reached[:, :1])], axis=1)
        top = told_apart(self.ladder, self.exchange, side)
        return [
            {
                "rung": rung.rung,
                "id": rung.id,
                "title": f"{rung.title}, or beyond this ladder" if place == top - 1 else rung.title,
                "peak": self.ends(reached[:, place] - above[:, place]),
                "at_least": self.ends(reached[:, place]),
                "days_at_least": self.ends(days[:, place]),
            }
            for place, rung in enumerate(self.ladder.of(side)[:top])
        ]

    def left(self, left: list[After], side: Side) -> list[Json]:
        """Return rungs left, by whether they can be taken back and by whose consent they need."""
        rungs, counted, out = self.ladder.of(side), Counter(left), []
        for kind in kinds(self.ladder, side):
            counts = [after_night(rungs, kind, each.used) for each in left]
            later = sum(
                n
                * after_answers(
                    rungs, kind, each, getattr(each.opening, side), self.leads_to(each.opening)[side].reached
                )
                for each, n in counted.items()
            )
            night = {"least": min(counts), "mean": sum(counts) / len(counts), "most": max(counts)}
            answers = self.ends(np.asarray(later) / len(left))
            of = after_night(rungs, kind, ())
            out.append(
                {
                    "reversible": kind.reversible,
                    "consent": kind.consent,
                    "of": of,
                    "after_night": night,
                    "after_answers": answers,
                }
            )
        return out

    def ends(self, values: Carried) -> Json:
        """Return the least and most over the box."""
        inside = values[: self.count]
        return {"low": abs(round(float(inside.min()), _DIGITS)), "high": abs(round(float(inside.max()), _DIGITS))}


def _costs(results: Results, option: str, left: list[After], ladder: Ladder) -> Json:
    """Return what each side paid: figures of the night with their intervals, and the rungs that it used."""
    days = ladder.exchange.horizon_days if ladder.exchange else 0
    out: Json = {}
    for side in SIDES:
        used = np.array([cost_meur(ladder.of(side), each.used, days) for each in left])
        figures = {name: asdict(estimate.mean(results.figures[option][:, COLUMN[name]])) for name in _COSTS[side]}
        low, high = used.mean(axis=0)
        out[side] = {"figures": figures, "rungs_meur": {"low": float(low), "high": float(high)}}
    return out


def _against(results: Results, ends: _Ends, left: dict[str, list[After]], base: str, option: str) -> Json:
    risks = [ends.mean(left[name], "other", "next_rung") for name in (base, option)]
    found = change(risks[0], risks[1], ends.at[RATIO][: ends.count])
    return {"next_rung": found, "break_even": break_even(results, base, option, found["high"])}
