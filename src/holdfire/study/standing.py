"""On which rung of a scenario's ladder an option stands by itself, whatever a night brings, and what it signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.catalogue import load_ladder
from holdfire.errors import HoldfireError
from holdfire.escalate.opening import signalling, standing_on
from holdfire.scenario.expand import meaning
from holdfire.scenario.option import rule_sets

if TYPE_CHECKING:
    from holdfire.escalate.ladder import Ladder, Rung
    from holdfire.study.manifest import Manifest


def standing_of(ladder: Ladder, manifest: Manifest, option: str) -> list[Rung]:
    """Return the rungs on which an option stands: by its id, what it uses, or the rule sets that it leaves in force.

    Rule sets are those of the states that guard, whether the option or the scenario brought them in: who changes
    nothing stands where the scenario stands.
    """
    data = manifest["scenario"]["data"]
    guarding = {str(state["id"]) for state in data.get("states", []) if state.get("guards")}
    sets = {name for state, name in rule_sets(data, option).items() if state in guarding}
    return standing_on(ladder, _names(manifest, option), sets)


def signals_of(ladder: Ladder, manifest: Manifest, option: str) -> tuple[str, ...]:
    """Return what an option signals to the other side, by the ids of the ladder; found by its id or what it uses."""
    return signalling(ladder, _names(manifest, option))


def _names(manifest: Manifest, option: str) -> list[str]:
    return [option, meaning(manifest["scenario"]["data"], option)]


def standing(manifest: Manifest, option: str) -> int:
    """Return the highest of them; 0 where it stands on none, or the ladder is no longer where it was."""
    try:
        ladder = load_ladder(str(manifest["scenario"]["data"].get("ladder", "air-incidents")))
    except HoldfireError:
        return 0
    return max((rung.rung for rung in standing_of(ladder, manifest, option)), default=0)
