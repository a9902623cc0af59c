"""The ladder of a study: how high both sides come under each option, what is left to them, and what it costs whom.

Every number that rests on the exchange is an interval over the box of what nobody knows (`escalate.unknowns`), never
one number; whatever lies beyond the ladder is not told.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.catalogue import load_ladder
from holdfire.errors import InputError
from holdfire.escalate.ladder import SIDES
from holdfire.escalate.left import cost_meur
from holdfire.study import estimate
from holdfire.study.figures import COLUMN
from holdfire.study.ladder_against import break_even, change
from holdfire.study.ladder_ends import DRAWS, ends_of
from holdfire.study.ladder_nights import nights_after
from holdfire.study.ladder_signals import needed
from holdfire.study.ladder_words import CAUTIONS, sentences
from holdfire.study.manifest import option_ids
from holdfire.study.results import load
from holdfire.study.space import by_point
from holdfire.study.standing import signals_of, standing_of
from holdfire.study.subject import known_option

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.escalate.ladder import Ladder
    from holdfire.escalate.opening import After
    from holdfire.study.ladder_ends import Ends
    from holdfire.study.results import Results

    Json = dict[str, Any]

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
    names = option_ids(manifest)
    against = names[0] if base is None else known_option(names, base)
    left, ends = led_to(folder, results)
    ladder, exchange = ends.ladder, ends.exchange
    ordered = (against, *(name for name in names if name != against))
    made = {
        "scenario": {name: manifest["scenario"][name] for name in ("id", "title", "kind")},
        "seed": manifest["seed"],
        "nights": manifest["replications"],
        "base": against,
        "ladder": {"id": ladder.id, "title": ladder.title, "beyond": exchange.beyond.model_dump()},
        "horizon_days": exchange.horizon_days,
        "answers_at_most": exchange.answers_at_most,
        "points": int(ends.ratio.size),
        "unknowns": [{"name": each.name, **each.given.model_dump(mode="json")} for each in ends.box],
        "options": [_option(results, ends, left, name, against) for name in ordered],
        "cautions": list(CAUTIONS),
    }
    return {**made, "sentences": sentences(made)}


def risks(folder: Path) -> dict[str, NDArray[np.float64]]:
    """Return by option the risk of the other side's next rung after each night, the mean over what nobody knows.

    A mean over that space is no probability: it only puts nights in an order. Raises as `ladder_of` does.
    """
    left, ends = led_to(folder, load(folder))
    inside = ends.ratio.size
    return {
        option: np.array([ends.mean([each], "other", "next_rung")[:inside].mean() for each in nights])
        for option, nights in left.items()
    }


def led_to(folder: Path, results: Results) -> tuple[dict[str, list[After]], Ends]:
    """Return what each night leaves, by option, and what that leads to."""
    manifest = results.manifest
    ladder = load_ladder(str(manifest["scenario"]["data"].get("ladder", "air-incidents")))
    if ladder.exchange is None:
        message = f"ladder {ladder.id} says nothing of what follows a night: give it an exchange, as air-incidents has"
        raise InputError(message)
    left = nights_after(folder, results, ladder)
    return left, ends_of(ladder, ladder.exchange, (each.opening for nights in left.values() for each in nights))


def _option(results: Results, ends: Ends, left: dict[str, list[After]], name: str, base: str) -> Json:
    manifest = results.manifest
    return {
        "id": name,
        "title": next(option["title"] for option in manifest["options"] if option["id"] == name),
        "standing": [rung.id for rung in standing_of(ends.ladder, manifest, name)],
        "signals": [
            {"option": each.option, "low": each.signals.low, "high": each.signals.high}
            for each in ends.ladder.standing
            if each.signals and each.option in signals_of(ends.ladder, manifest, name)
        ],
        **ends.of(left[name]),
        "cost": _costs(results, name, left[name], ends.ladder, ends.exchange.horizon_days),
        "against_base": None if name == base else _against(results, ends, left, base, name),
    }


def _costs(results: Results, option: str, left: list[After], ladder: Ladder, days: int) -> Json:
    """Return what each side paid: figures of the night with their intervals, and the rungs that it used."""
    out: Json = {}
    for side in SIDES:
        low, high = np.mean([cost_meur(ladder.of(side), each.used, days) for each in left], axis=0)
        out[side] = {
            "figures": {
                name: asdict(estimate.mean(by_point(results.manifest, results.figures[option][:, COLUMN[name]])))
                for name in _COSTS[side]
            },
            "rungs_meur": {"low": float(low), "high": float(high)},
        }
    return out


def _against(results: Results, ends: Ends, left: dict[str, list[After]], base: str, option: str) -> Json:
    risks = [ends.mean(left[name], "other", "next_rung") for name in (base, option)]
    at = slice(2 * ends.ratio.size)
    found = change(risks[0][at], risks[1][at], ends.ratio, DRAWS)
    heard = {each for name in (base, option) for each in signals_of(ends.ladder, results.manifest, name)}
    return {
        "next_rung": found,
        "signals": needed(ends, risks[1] - risks[0], heard),
        "break_even": break_even(results, base, option, found["high"]),
    }
