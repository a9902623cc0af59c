"""A scenario held against what really happened: each observed fact beside the interval that the nights foretell."""

from __future__ import annotations

from dataclasses import asdict
from math import inf, isfinite
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.errors import InputError
from holdfire.scenario.option import rule_sets
from holdfire.scenario.own import AS_WRITTEN
from holdfire.study.estimate import proportion
from holdfire.study.figures import COLUMN
from holdfire.study.forecast import LEVEL, Span, forecast, held_out, interval_score, share_forecast
from holdfire.study.manifest import option_ids
from holdfire.study.subject import known_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from holdfire.study.estimate import Sample
    from holdfire.study.forecast import Forecast
    from holdfire.study.manifest import Manifest
    from holdfire.study.results import Results

    Json = dict[str, Any]

_TAIL: Final = (1.0 - LEVEL) / 2.0
READING: Final = (
    "An outcome counts as inside where its range and the interval overlap; the penalty is for the gap between them.",
    "The score is the interval's width plus ten for every unit of the gap (Gneiting and Raftery 2007): less is better.",
    "Scores compare two forecasts of one fact. They do not add up, since their units differ.",
    "An input was given to the model and a calibrated value was fitted: neither can speak for it.",
    "One night is one draw. That it lies inside every interval would not show that the model is right.",
)


_SAID_OF_IT: Final = frozenset({"id", "title", "stands_for", "provokes"})


def changes_nothing(option: Mapping[str, Any]) -> bool:
    """Whether an option, as a scenario lists it, is the scenario as it is written."""
    return not any(value for name, value in option.items() if name not in _SAID_OF_IT)


def as_written(manifest: Manifest) -> str | None:
    """Return the option of a study that changes nothing in the scenario; `None` where it was not run."""
    listed = manifest["scenario"]["data"].get("options", [AS_WRITTEN.model_dump()])
    changing_nothing = {each["id"] for each in listed if changes_nothing(each)}
    return next((name for name in option_ids(manifest) if name in changing_nothing), None)


def validation(results: Results, option: str | None = None) -> Json:
    """Return every observed fact of a study's scenario beside what one option foretells, ready for JSON.

    `option` is the one that changes nothing where none is given. Raises `UnknownNameError` for one that was not run,
    `InputError` where the scenario observes nothing, or nothing was run as it is written.
    """
    data = results.manifest["scenario"]["data"]
    scenario = results.manifest["scenario"]["id"]
    if not data.get("observed"):
        message = f"{scenario} says of nothing that it really happened: list it under `observed`"
        raise InputError(message)
    taken = as_written(results.manifest) if option is None else known_option(option_ids(results.manifest), option)
    if taken is None:
        message = f"no option of these results is {scenario} as it is written: run one that changes nothing"
        raise InputError(message)
    facts = facts_of(data, results.figures[taken])
    given = data.get("validation", {})
    return {
        "scenario": scenario,
        "option": taken,
        "rules": rule_sets(data, taken),
        "replications": results.manifest["replications"],
        "seed": results.manifest["seed"],
        "level": LEVEL,
        "facts": facts,
        "fitted": [{"what": what, "to": fact["what"]} for fact in data["observed"] for what in fact.get("fitted", ())],
        "left_out": list(given.get("left_out", ())),
        "not_left_out": list(given.get("not_left_out", ())),
        "inside": sum(fact["inside"] is True for fact in facts),
        "scored": sum(fact["inside"] is not None for fact in facts),
        "reading": list(READING),
    }


def facts_of(data: Json, figures: Sample) -> list[Json]:
    """Return every observed fact of a scenario's data beside what nights foretell, one a row of `figures`."""
    return [_fact(fact, data, figures) for fact in data["observed"]]


def _fact(fact: Json, data: Json, figures: Sample) -> Json:
    figure = fact.get("figure")
    nights = figures[:, COLUMN[figure]] if figure else np.zeros(0)
    foretold, seen = forecast(nights), _seen(fact)
    agrees = seen.gap(foretold.low, foretold.high) == 0.0 if seen and foretold else None
    scored = fact["kind"] == "outcome"
    return {
        "id": fact["id"],
        "what": fact["what"],
        "kind": fact["kind"],
        "figure": figure,
        "grade": fact["grade"],
        "sources": [_cited(data, name) for name in fact["source"]],
        "observed": {name: fact.get(name) for name in ("low", "high")} | {"tolerance": fact.get("tolerance", 0.0)},
        "interval": asdict(foretold) if foretold else None,
        "nights_as_observed": int(((nights >= seen.low) & (nights <= seen.high)).sum()) if seen and foretold else None,
        "agrees": agrees,
        "inside": agrees if scored else None,
        "chance": _chance(fact, seen, foretold, nights) if scored else None,
        "score": interval_score(foretold.low, foretold.high, seen) if scored and seen and foretold else None,
        "naive": _naive(fact.get("naive"), data, seen),
        "note": " ".join(filter(None, (fact.get("note"), _unscored(fact, seen, foretold), _close(fact, seen, nights)))),
    }


def _seen(fact: Mapping[str, Any]) -> Span | None:
    """Return what was observed, widened by its tolerance; `None` where no figure is public."""
    low, high, tolerance = fact.get("low"), fact.get("high"), fact.get("tolerance", 0.0)
    if low is None and high is None:
        return None
    return Span(-inf if low is None else low - tolerance, inf if high is None else high + tolerance)


def _chance(fact: Json, seen: Span | None, foretold: Forecast | None, nights: Sample) -> float | None:
    """Return the share of the nights that would lie inside if they were the truth, as coarsely observed as it was.

    Each is held against the interval of the others. It is above the level where a figure is whole, or what was observed
    is wide. A night that reaches what is only known as so much or more is known no better; any other lies in the middle
    of a range as wide as the one observed.
    """
    if seen is None or foretold is None:
        return None
    if foretold.n == 1:
        return 1.0
    there, least, most = held_out(nights)
    half = (seen.high - seen.low) / 2.0 if isfinite(seen.high - seen.low) else fact.get("tolerance", 0.0)
    low, high = there - half, there + half
    if seen.high == inf:
        low, high = np.where(there >= seen.low, seen.low, low), np.where(there >= seen.low, inf, high)
    elif seen.low == -inf:
        low, high = np.where(there <= seen.high, -inf, low), np.where(there <= seen.high, seen.high, high)
    return float(((high >= least) & (low <= most)).mean())


def _unscored(fact: Json, seen: Span | None, foretold: Forecast | None) -> str:
    """Say why an outcome has no score."""
    if fact["kind"] != "outcome":
        return ""
    if seen is None:
        return "Not scored: no public figure."
    return "" if foretold else "Not scored: there was nothing to count in any night."


def _close(fact: Json, seen: Span | None, nights: Sample) -> str:
    """Say where so few nights cannot tell whether an outcome lies inside: another seed may answer otherwise."""
    there = nights[~np.isnan(nights)]
    if fact["kind"] != "outcome" or seen is None or not there.size:
        return ""
    for reach in (int((there >= seen.low).sum()), int((there <= seen.high).sum())):
        share = proportion(reach, there.size)
        if (share.low or 0.0) < _TAIL < share.high:
            few = f"{reach} of {there.size} nights reach it where {_TAIL:.0%} decide"
            return f"Too close to tell from so few nights: {few}. Ask for more."
    return ""


def _naive(given: Json | None, data: Json, seen: Span | None) -> Json | None:
    if given is None:
        return None
    if given.get("cases"):
        entered = next(each for each in data["observed"] if each["id"] == given["times"])
        least, most = entered["low"], entered["low"] if entered.get("high") is None else entered["high"]
        of, shared = (sum(case[name] for case in given["cases"]) for name in ("of", "share"))
        low, high = map(float, share_forecast(shared, of, int(least), int(most)))
        how = f"{given['how']} It was {shared} of {of}."
    else:
        low, high, how = given["low"], given["high"], given["how"]
    return {
        "low": low,
        "high": high,
        "score": interval_score(low, high, seen) if seen else None,
        "inside": seen.gap(low, high) == 0.0 if seen else None,
        "how": how,
        "grade": given["grade"],
        "sources": [_cited(data, name) for name in given["source"]],
    }


def _cited(data: Json, name: str) -> str:
    source = next(each for each in data["sources"] if each["id"] == name)
    return f"{source['title']} ({source['date']})" if source.get("date") else str(source["title"])
