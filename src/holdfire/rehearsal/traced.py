"""What each wrongful engagement of a night is traced to: one of `score.TRACED`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.logic.conditions import Observed
from holdfire.messages.response import What
from holdfire.messages.score import CAUSES, TRACED
from holdfire.score.figures import CIVIL, FRIENDLY
from holdfire.score.origins import MIXED, NO_IFF, NO_TRANSPONDER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from holdfire.logic.ruleset import RuleSet
    from holdfire.loop import Night
    from holdfire.messages.layout import Records
    from holdfire.setting import Scene

_RESTS_ON: Final = {
    NO_TRANSPONDER: {"transponder", "occupancy", "status", "class_kinds", "hijack_suspected", "flight_plan"},
    NO_IFF: {"iff", "transponder", "status", "class_kinds"},
}
"""Items of evidence that an answer can move, by the bit that says that it was wrong."""


def traced(scene: Scene, night: Night, scored: Records, option: int) -> dict[int, str]:
    """Return what each wrongly engaged aircraft's engagement is traced to, by its place in the truth."""
    wrongly = scored[np.isin(scored["part"], (*CIVIL, *FRIENDLY)) & np.isfinite(scored["engaged_s"])]
    wrongs = night.score.origins.wrongs
    return {
        int(row["aircraft"]): cause_traced(
            CAUSES[row["cause"]], int(wrongs[row["aircraft"]]), _asked(scene, night, option, int(row["aircraft"]))
        )
        for row in wrongly
    }


def cause_traced(cause: str, wrongs: int, asked: frozenset[str]) -> str:
    """Return one of `score.TRACED`, from the cause in `score.CAUSES`, what was wrong, and the items asked about."""
    if cause == "departure":
        return cause
    if cause == "wrong-aircraft" or wrongs & MIXED:
        return "misassociation"
    if cause == "wrong-look":
        return cause
    wrong = any(wrongs & bit and asked & rests for bit, rests in _RESTS_ON.items())
    return "wrong-reply" if wrong else "rule"


def counted(causes: Iterable[str]) -> dict[str, float]:
    """Return the figures that count causes."""
    listed = list(causes)
    return {f"traced_{name.replace('-', '_')}": float(listed.count(name)) for name in TRACED}


def _asked(scene: Scene, night: Night, option: int, aircraft: int) -> frozenset[str]:
    """Return the items about which the sets ask that bind the crew that engaged an aircraft first."""
    events = night.response.events[: night.response.counts[0]]
    engaged = np.isin(events["what"], (What.FIRED, What.DISRUPTED)) & (events["aircraft"] == aircraft)
    responder = events["responder"][np.flatnonzero(engaged)[0]]
    crew = scene.crews[night.response.responders[responder]["crew"]]
    sets = scene.rules.options[option]
    binding = [sets[crew], *(sets[host] for host in scene.hosts), scene.rules.defence]
    return items_asked([*binding, scene.rules.chain] if scene.rules.chain else binding)


def items_asked(rulesets: Iterable[RuleSet]) -> frozenset[str]:
    """Return the names of all items about which rule sets ask, in criteria and in rules."""
    clauses = (clause for each in rulesets for entry in each.entries() for clause in entry.when)
    return frozenset(clause.condition.item.name for clause in clauses if isinstance(clause.condition, Observed))
