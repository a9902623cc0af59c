"""Whether people are aboard: the odds by hand, and what they make of aircraft like those of the record."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from holdfire.identify.schema import PriorsModel
from holdfire.messages.vocabulary import CLASSES
from support.identified import CLOSED, SSR, Sky, flown, ground, plans_of, track, value, view

GROUND = ground()
ELSEWHERE = plans_of((0x1, 0o1111, [(-90.0, -90.0, 9000.0, 0.0), (90.0, -90.0, 9000.0, 1e4)]))
SILENT = {"unanswered": 5}
ANSWERS = {"mode_a": 0o1234, "address": 0x48ABCD, "mode_a_age_s": 1.0, "kinds_age_s": {0: 0.0, SSR: 1.0}}
SLOW_LOW, FAST_HIGH = (-44.0, 300.0), (-230.0, 10_000.0)


def occupancy(
    from_km: float, motion: tuple[float, float], look: str | None = None, radio: int = 0, **fields: Any
) -> Any:
    """Fly westward from `from_km` east of the border until well inside it, and ask who is aboard."""
    sky = Sky(GROUND, view(priors=CLOSED), ELSEWHERE)
    speed, height_m = motion
    last_s = (from_km + 20) * 1000 / -speed
    if look is not None:
        sky.contact(0, 1, visual_class=CLASSES.index(look), looked_s=last_s - 10)
    if radio:
        sky.contact(0, 1, radio=radio, radio_s=last_s - 60)
    found = flown(sky, track(from_km, 30, speed, 0, h_m=height_m, **fields), np.linspace(0, last_s, 60).tolist())
    return value(found[-1], "occupancy")


@pytest.mark.parametrize(
    ("what", "expected", "asked"),
    [
        ("a Gerbera that was seen to cross", "uncrewed", {"from_km": 10, "motion": SLOW_LOW} | SILENT),
        ("one on a fighter's radar alone", None, {"from_km": 10, "motion": SLOW_LOW}),
        ("one first seen deep inside", None, {"from_km": -10, "motion": SLOW_LOW} | SILENT),
        (
            "that one, after a look",
            "uncrewed",
            {"from_km": -10, "motion": SLOW_LOW, "look": "one-way-attack-type"} | SILENT,
        ),
        (
            "the first one, taken for a light aircraft",
            None,
            {"from_km": 10, "motion": SLOW_LOW, "look": "civil"} | SILENT,
        ),
        ("a light aircraft without transponder", None, {"from_km": -10, "motion": (-50.0, 500.0)} | SILENT),
        (
            "that one, called in vain",
            None,
            {"from_km": -10, "motion": (-50.0, 500.0), "radio": 2} | SILENT,
        ),
        ("that one, answering", "crewed", {"from_km": -10, "motion": (-50.0, 500.0), "radio": 1, "unanswered": 0}),
        ("a helicopter with transponder", "crewed", {"from_km": -10, "motion": (-60.0, 200.0)} | ANSWERS),
        ("a helicopter without", None, {"from_km": -10, "motion": (-60.0, 200.0)} | SILENT),
        ("a silent airliner", None, {"from_km": -10, "motion": FAST_HIGH} | SILENT),
        ("an airliner fallen silent", "crewed", {"from_km": -10, "motion": FAST_HIGH} | ANSWERS | SILENT),
        ("a silent fighter that was seen to cross", None, {"from_km": 30, "motion": FAST_HIGH} | SILENT),
        ("nothing but speed and height", None, {"from_km": -10, "motion": (-70.0, 2000.0)}),
    ],
)
def test_aircraft_like_those_of_the_record(what: str, expected: str | None, asked: dict[str, Any]) -> None:
    assert occupancy(**asked) == expected, what


def test_nothing_known_settles_nothing_at_any_prior() -> None:
    for prior in (0.051, 0.5, 0.949):
        sky = Sky(GROUND, view(priors={"uncrewed": prior}))
        lost = track(-30, 0, -44, 0, age_s=31.0, height_age_s=np.inf, kinds_age_s={})
        assert value(sky.at(1000, lost)[0], "occupancy") is None


def test_the_odds_by_hand() -> None:
    # a Gerbera: prior 0.1, silent 0.97 to 0.05 (the strongest of its behaviour), origin 0.6 to 0.04
    priors = PriorsModel.model_validate(CLOSED)
    odds = 0.1 / 0.9 * (0.97 / 0.05) * (0.6 / 0.04)
    assert odds / (1 + odds) == pytest.approx(0.970, abs=0.0005)
    between = {"confidence": 0.969}, {"confidence": 0.971}
    for bound, expected in zip(between, ("uncrewed", None), strict=True):
        sky = Sky(GROUND, view(priors=CLOSED | bound), ELSEWHERE)
        found = flown(sky, track(10, 30, -44, 0, h_m=300.0, **SILENT), range(0, 700, 10))[-1]
        assert value(found, "occupancy") == expected
    assert priors.silent.factor == pytest.approx(19.4)


def test_clues_of_one_behaviour_do_not_add_up() -> None:
    # slow, low, silent and without a plan: all true of a light aircraft at once
    strong = {"uncrewed": 0.45}
    sky = Sky(GROUND, view(priors=strong), ELSEWHERE)
    alone = value(sky.at(0, track(-30, 30, -230, 0, h_m=np.nan, **SILENT))[0], "occupancy")
    assert alone is None, "its speed speaks against it"
    odds = 0.45 / 0.55 * 0.97 / 0.05
    assert odds / (1 + odds) < 0.95
    assert value(sky.at(5, track(-30, 30, -44, 0, h_m=300.0, **SILENT))[0], "occupancy") is None


def test_an_uncertain_speed_counts_as_the_band_that_says_least() -> None:
    even = {"uncrewed": 0.8}
    for sd, expected in ((1.0, "uncrewed"), (8.0, None)):
        doubt = track(-30, 30, -44, 0, h_m=np.nan, p=(1e4, 0, 0, 0, 1e4, 0, 0, sd**2, 0, sd**2))
        sky = Sky(GROUND, view(priors=even))
        assert value(sky.at(0, doubt)[0], "occupancy") == expected


def test_the_age_is_that_of_the_oldest_clue_that_counts() -> None:
    sky = Sky(GROUND, view(priors=CLOSED))
    sky.contact(0, 1, visual_class=CLASSES.index("one-way-attack-type"), looked_s=800.0)
    quiet = track(-30, 30, -44, 0, h_m=300.0, **SILENT)
    found = sky.at(1000, quiet)[0]
    assert value(found, "occupancy") == "uncrewed"
    assert found.items["occupancy"].age_s == 200
    assert value(sky.at(1101, quiet)[0], "occupancy") is None, "the look is older than five minutes"
