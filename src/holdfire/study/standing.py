"""On which rung of a scenario's ladder an option stands by itself, whatever a night brings, and what it signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.catalogue import load_ladder
from holdfire.errors import HoldfireError
from holdfire.escalate.opening import signalling, standing_on

if TYPE_CHECKING:
    from holdfire.escalate.ladder import Ladder, Rung
    from holdfire.study.manifest import Manifest


def standing_of(ladder: Ladder, manifest: Manifest, option: str) -> list[Rung]:
    """Return the rungs on which an option stands by itself, by its id or by what the scenario says that it uses."""
    return standing_on(ladder, _names(manifest, option))


def signals_of(ladder: Ladder, manifest: Manifest, option: str) -> tuple[str, ...]:
    """Return what an option signals to the other side, by the ids of the ladder; found as `standing_of` does."""
    return signalling(ladder, _names(manifest, option))


def _names(manifest: Manifest, option: str) -> list[str]:
    entries = manifest["scenario"]["data"].get("options") or []
    return [option, *(str(each["uses"]) for each in entries if each.get("id") == option and each.get("uses"))]


def standing(manifest: Manifest, option: str) -> int:
    """Return the highest of them; 0 where it stands on none, or the ladder is no longer where it was."""
    try:
        ladder = load_ladder(str(manifest["scenario"]["data"].get("ladder", "air-incidents")))
    except HoldfireError:
        return 0
    return max((rung.rung for rung in standing_of(ladder, manifest, option)), default=0)
