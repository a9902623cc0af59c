"""The ladder of escalation and the prices of a scenario, with what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.catalogue import load_ladder, load_platform, load_weapon
from holdfire.sources import Grade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.escalate.ladder import Rung
    from holdfire.logic.schema import SourceModel
    from holdfire.respond.weapons import WeaponModel
    from holdfire.scenario.schema import Scenario
    from holdfire.sources import Source
    from holdfire.world.platform import Quantity

    Json = dict[str, Any]


def ladder(scenario: Scenario) -> Json:
    """Return the rungs of both sides, the lowest first."""
    made = load_ladder(scenario.ladder)
    rungs = sorted(made.rungs, key=lambda each: (each.rung, each.side != "own"))
    return {
        "title": made.title,
        "rungs": [{"rung": each.rung, "title": _title(each), "precedents": [each.precedent]} for each in rungs],
        "sources": [source.cite() for source in made.sources],
    }


def _title(rung: Rung) -> str:
    return rung.title if rung.side == "own" else f"The other side: {rung.title[0].lower()}{rung.title[1:]}"


def prices(scenario: Scenario) -> list[Json]:
    """Return what an hour, a shot and a new aircraft are taken to cost, of all that the scenario names."""
    flown = {each.platform for base in scenario.bases for each in base.aircraft}
    flown |= {each.platform for each in scenario.patrols}
    armed = {each.weapon for base in scenario.bases for each in base.aircraft}
    armed |= {each.weapon for each in scenario.patrols}
    return [
        *(price for name in sorted(flown) for price in _hour(name)),
        *(_shot(load_weapon(name)) for name in sorted({*armed, "gun"})),
        *(_new(name) for name in sorted({each.platform for each in scenario.intruders})),
    ]


def _hour(name: str) -> Iterator[Json]:
    platform = load_platform(name)
    if platform.hour_cost_eur is not None:
        yield _price(f"An hour's flying of {platform.title}", platform.hour_cost_eur, "EUR an hour")


def _new(name: str) -> Json:
    platform = load_platform(name)
    return _price(f"A new {platform.title}", platform.cost_eur, "EUR each")


def _price(what: str, cost: Quantity, unit: str) -> Json:
    return _row(what, cost.low, cost.high, unit) | {"grade": cost.source.grade.value, "source": _line(cost.source)}


def _shot(weapon: WeaponModel) -> Json:
    cost = weapon.cost_eur
    cited = [_line(each) for each in weapon.sources if each.id in cost.source]
    source = {"grade": Grade(cost.grade).value, "source": "; ".join(cited)}
    return _row(weapon.title, cost.low, cost.high, "EUR a shot") | source


def _row(what: str, low: float, high: float, unit: str) -> Json:
    return {"what": what, "low": low, "high": high, "unit": unit}


def _line(source: Source | SourceModel) -> str:
    return f"{source.title} ({source.date})" if source.date else source.title
