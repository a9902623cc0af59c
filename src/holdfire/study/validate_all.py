"""Every incident held against what really happened, as it is written and as foretold without it, and the bars."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.study.calibration import bounds, gain, skill
from holdfire.study.estimate import proportion
from holdfire.study.figures import TABLE
from holdfire.study.forecast import LEVEL
from holdfire.study.validate import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from holdfire.study.blinded import Blinded
    from holdfire.study.results import Results

    Json = dict[str, Any]

_LEAST: Final = {each.name: 1.0 for each in TABLE if not each.unit}
"""What a figure that counts can resolve."""
READING: Final = (
    "Only outcomes that have a figure and a published value count: n. Facts of one incident hang together.",
    "Left out: the incident, the rule sets made since it, and every number fitted to it. Inputs are given to the model "
    "and to the naive forecaster alike.",
    "Where several rule sets stand instead of one, the forecast is of their nights together, with equal weights.",
    "Inside: as many of n outcomes as 95 % of samples from a true 80 % have. Too many fail as too few do.",
    "A figure that is whole, or observed as a range, lies inside more often than in 80 % even of a true model's "
    "nights; how often, by the nights themselves, stands beside and is no bar.",
    "Width: of the interval over the naive forecaster's, of facts for which that is above 0. Median.",
    "Gain: of the interval score (Gneiting and Raftery 2007), the naive one's less the model's, over their sum and "
    "what the fact can resolve (the width of what was observed; of a count 1 at least). Above 0 the model is better. "
    "Its interval lets facts of one incident hang together. Scores nearer than that are neither better nor worse.",
)


def incident(results: Results, made: Blinded) -> Json:
    """Return a scenario's facts as it is written and without its incident, from a study under `made.options`."""
    manifest = results.manifest
    data = manifest["scenario"]["data"]
    pooled = np.concatenate([results.figures[name] for name in made.members])
    given = data.get("validation", {})
    return {
        "scenario": manifest["scenario"]["id"],
        "replaced": dict(made.replaced),
        "because": dict(made.because),
        "kept": list(made.kept),
        "instead": list(made.instead),
        "later": list(made.later),
        "restated": [dict(each) for each in made.restated],
        "missing": list(made.missing),
        "not_left_out": list(given.get("not_left_out", ())),
        "stays": list(made.stays),
        "as_written": facts_of(data, results.figures[str(made.options[0]["id"])]),
        "left_out": facts_of(data, pooled),
    }


def whole(incidents: Sequence[Json], replications: int, seed: int) -> Json:
    """Return all incidents with what they come to, ready for JSON; `met` is the bar, on what was left out."""
    apart = {each["scenario"]: _scored(each["left_out"]) for each in incidents if not each["missing"]}
    found = tally(apart)
    missing = [each["scenario"] for each in incidents if each["missing"] and _scored(each["left_out"])]
    return {
        "replications": replications,
        "seed": seed,
        "level": LEVEL,
        "left_out": found,
        "as_written": tally({each["scenario"]: _scored(each["as_written"]) for each in incidents}),
        "not_counted": missing,
        "met": not missing and found["within"] and found["better"],
        "incidents": list(incidents),
        "reading": list(READING),
    }


def tally(facts: Mapping[str, Sequence[Json]]) -> Json:
    """Return what the scored outcomes of all incidents come to: how many lie inside, how wide, how well foretold."""
    every = [fact for each in facts.values() for fact in each]
    n, inside = len(every), sum(fact["inside"] for fact in every)
    low, high = bounds([LEVEL] * n) if n else (0, 0)
    chances = [fact["chance"] for fact in every]
    least, most = bounds(chances) if n else (0, 0)
    gains = {name: list(_gains(each)) for name, each in facts.items()}
    flat = [value for each in gains.values() for value in each]
    led = [_lead(fact) for fact in every if fact["naive"]]
    won, lost = sum(each > 0 for each in led), sum(each < 0 for each in led)
    skilled = skill(gains)
    widths = [_width(fact) / width for fact in every if (width := _naive_width(fact)) > 0]
    return {
        "n": n,
        "inside": inside,
        "share": inside / n if n else None,
        "allowed": {"low": low, "high": high},
        "within": n > 0 and low <= inside <= high,
        "by_chance": {"mean": float(sum(chances)), "low": least, "high": most},
        "width": {"n": len(widths), "median": float(np.median(widths)) if widths else None},
        "naive": len(flat),
        "won": won,
        "lost": lost,
        "won_share": asdict(proportion(won, won + lost)) if won + lost else None,
        "gain": asdict(skilled) if skilled else None,
        "better": skilled is not None and skilled.value > 0.0,
    }


def _scored(facts: Iterable[Json]) -> list[Json]:
    return [fact for fact in facts if fact["inside"] is not None]


def _gains(facts: Iterable[Json]) -> Iterable[float]:
    for fact in facts:
        if fact["naive"]:
            yield gain(fact["score"], fact["naive"]["score"], _resolution(fact))


def _lead(fact: Json) -> float:
    """Return by how much the model's score is better than the naive one's; 0 where the fact cannot tell."""
    ahead = float(fact["naive"]["score"] - fact["score"])
    return ahead if abs(ahead) >= _resolution(fact) else 0.0


def _resolution(fact: Json) -> float:
    """Return what a fact can resolve: the width of what was observed, and of a count one at least."""
    seen = fact["observed"]
    between = 0.0 if None in (seen["low"], seen["high"]) else seen["high"] - seen["low"]
    return float(max(between + 2.0 * seen["tolerance"], _LEAST.get(fact["figure"], 0.0)))


def _width(fact: Json) -> float:
    return float(fact["interval"]["high"] - fact["interval"]["low"])


def _naive_width(fact: Json) -> float:
    return float(fact["naive"]["high"] - fact["naive"]["low"]) if fact["naive"] else 0.0
