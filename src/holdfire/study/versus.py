"""What a comparison says of two options, one of them the base."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from holdfire.study.paired import mean_difference

Json = dict[str, Any]

WRONGFUL: Final = {"wrongful_civil": "civil aircraft", "wrongful_friendly": "friendly aircraft"}
"""Figures that count who was fired at and should not have been."""
RUNGS: Final = {"peak_rung_own": "our own side", "peak_rung_other": "the other side"}
"""Figures of the ladder, and who climbs there."""


def titles_of(comparison: Json) -> dict[str, str]:
    """Return the title of every option by its id."""
    return {option["id"]: option["title"] for option in comparison["options"]}


def figure(comparison: Json, name: str) -> Json:
    """Return a figure's options by id."""
    found = next(each for group in comparison["groups"] for each in group["figures"] if each["name"] == name)
    options: Json = found["options"]
    return options


def there(comparison: Json, name: str) -> bool:
    """Whether a comparison has a figure: some are only of scenarios that they apply to."""
    return any(each["name"] == name for group in comparison["groups"] for each in group["figures"])


def ranked(comparison: Json, name: str) -> list[str]:
    """Return the options by the mean of a figure, the highest first; of equal ones the base, then by id.

    Options without a mean are left out.
    """
    means = {option: found["estimate"]["value"] for option, found in figure(comparison, name).items()}
    there = [option for option, value in means.items() if value is not None]
    return sorted(there, key=lambda option: (-means[option], option != comparison["base"], option))


def difference(comparison: Json, name: str, one: str, other: str) -> Json:
    """Return the difference of one option less another, either of them the base: `value`, `low`, `high`."""
    base, options = comparison["base"], figure(comparison, name)
    found = options[one if other == base else other]["against_base"]["difference"]
    ends: Json = {end: found[end] for end in ("value", "low", "high")}
    if other == base:
        return ends
    value, low, high = (None if ends[end] is None else -ends[end] for end in ("value", "high", "low"))
    return {"value": value, "low": low, "high": high}


def side_of(ends: Json) -> int:
    """Return on which side of 0 an interval lies, +1 or -1; 0 where it does not exclude 0, or there is none."""
    if ends["low"] is None or ends["high"] is None:
        return 0
    return int(ends["low"] > 0) - int(ends["high"] < 0)


def net(shift: Json) -> Json:
    """Return the share of nights with a higher rung less those with a lower, with its interval, as `stress` does."""
    n, higher, lower = (shift["higher"]["n"], shift["higher"]["k"], shift["lower"]["k"])
    steps = np.repeat((1.0, -1.0, 0.0), (higher, lower, n - higher - lower))
    found = mean_difference(np.zeros(n), steps)
    return {"value": found.value, "low": found.low, "high": found.high}


def endangers(comparison: Json, option: str) -> int:
    """Return +1 or -1 where an option is told to endanger others more or less than the base; else 0."""
    ratios = [figure(comparison, name)[option]["against_base"]["ratio"] for name in WRONGFUL]
    sides = {_side_of_ratio(ratio) for ratio in ratios}
    return sum(sides) if len(sides - {0}) == 1 else 0


def _side_of_ratio(ratio: Json) -> int:
    low, high = (ratio["above"] or ratio["low"] or 0.0), (ratio["below"] or ratio["high"])
    return int(low > 1) - int(high is not None and high < 1)


def told_more(comparison: Json, name: str) -> list[str]:
    """Return the options whose figure is higher than the base's by the interval, the highest mean first."""
    return _told(comparison, name, +1)


def told_fewer(comparison: Json, name: str) -> list[str]:
    """Return the options whose figure is lower than the base's by the interval, the highest mean first."""
    return _told(comparison, name, -1)


def _told(comparison: Json, name: str, sign: int) -> list[str]:
    base = comparison["base"]
    others = [option for option in ranked(comparison, name) if option != base]
    found = {option: difference(comparison, name, option, base) for option in others}
    end = "low" if sign > 0 else "high"
    return [option for option in others if found[option][end] is not None and sign * found[option][end] > 0]


def pair_of(comparison: Json) -> tuple[str | None, str | None]:
    """Return the option that the sentences are about, and the one that it is held against.

    It is the highest of those told to stop more than the base; where there is none, the highest mean. It is held
    against the base, which itself is held against the next.
    """
    base, order = comparison["base"], ranked(comparison, "stopped")
    one = next(iter((*told_more(comparison, "stopped"), *order)), None)
    return one, (base if one != base else next((each for each in order if each != base), None))
