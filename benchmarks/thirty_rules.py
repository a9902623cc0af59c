"""A rule set of thirty rules and a sky of aircraft for it, frozen, for the benchmark of rulings.

The set is the one that ships as `visual-confirmation` (10 rules, 6 criteria) with 20 rules more, of the kinds
that reconstructions of national texts need: zones, alert levels, warnings in order, durations, ages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire import seed
from holdfire.catalogue import LIBRARY, load_situation
from holdfire.logic.parse import parse
from holdfire.messages.layout import N_NAMED, evidence_records
from holdfire.messages.vocabulary import ITEMS, Kind
from holdfire.reader.document import read

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.layout import Records

SITUATIONS = (
    "gerbera-radar-only", "gerbera-after-look", "mig31-before-look", "mig31-after-look", "airliner-no-radio",
    "airliner-no-radio-no-transponder", "medical-helicopter",
)  # fmt: skip

FURTHER: list[dict[str, Any]] = [
    {"permit": ["escort"], "by": "mission-commander", "when": {"airspace": ["allied"], "origin": ["RU", "BY"]}},
    {"permit": ["warn"], "by": "police", "when": {"zone": ["prohibited"], "occupancy": "uncrewed"}},
    {"permit": ["warn"], "by": "crew", "when": {"zone": ["restricted"], "alert": ["heightened", "crisis"]}},
    {"permit": ["disrupt"], "by": "police", "when": {"zone": ["prohibited"], "altitude_m": {"at_most": 300}}},
    {"permit": ["disrupt"], "by": "interior", "when": {"zone": ["restricted"], "speed_m_s": {"at_most": 40}}},
    {"permit": ["divert"], "by": "mission-commander", "when": {"airway": "off", "depth_m": {"at_least": 5000}}},
    {"permit": ["warn-by-fire"], "by": "air-operations-commander", "after": ["warn"], "when": {
        "warned_s": {"at_least": 120}, "complying": False, "status": "state"}},
    {"permit": ["engage"], "by": "national-authority", "when": {
        "airspace": {"in": ["own"], "for_s": 30}, "origin": ["RU", "BY"], "status": "state", "complying": False,
        "people_at_risk": {"at_most": 0.1}}},
    {"permit": ["engage"], "by": "mission-commander", "when": {
        "visual_load": ["air-to-surface", "by-type"], "intent": True, "cpa_m": {"at_most": 2000}}},
    {"permit": ["engage"], "by": "air-operations-commander", "when": {
        "independent_kinds": {"at_least": 2}, "occupancy": "uncrewed", "zone": ["prohibited"],
        "position_sigma_m": {"at_most": 300}}},
    {"permit": ["identify"], "by": "crew", "when": {"inside_s": {"at_least": 60}}},
    {"forbid": ["engage"], "when": {"people_at_risk": {"at_least": 1}}},
    {"forbid": ["engage"], "when": {"hijack_suspected": True, "status": "civil"}},
    {"forbid": ["engage", "disrupt"], "when": {"visual_class": {"in": ["balloon", "bird"], "max_age_s": 120},
                                              "climb_m_s": {"at_least": 0}}},
    {"forbid": ["engage"], "when": {"complying": True}},
    {"forbid": ["warn-by-fire"], "when": {"radio": "answering"}},
    {"forbid": ["engage"], "when": {"alert": "peace", "independent_kinds": {"at_most": 1}}},
    {"forbid": ["engage", "warn-by-fire"], "when": {
        "transponder": ["civil", "7500", "7600", "7700"],
        "visual_class": {"not_in": ["one-way-attack-type", "foreign-military"]}}},
    {"forbid": ["engage", "warn-by-fire"], "when": {
        "flight_plan": "matched", "visual_class": {"not_in": ["one-way-attack-type", "foreign-military"]}}},
    {"forbid": ["engage"], "when": {"direction": {"in": ["outbound"], "for_s": 10}}},
]  # fmt: skip


def thirty_rules() -> RuleSet:
    """Return the set of thirty rules."""
    text: Any = read(LIBRARY / "rulesets" / "visual-confirmation.yaml").data
    rest = {"because": "For the benchmark.", "source": ["own-reading"]}
    rules = [{"id": f"B-{place}", **rule, **rest} for place, rule in enumerate(FURTHER)]
    made = parse(text | {"id": "thirty-rules", "rules": [*text["rules"], *rules]})
    assert len(made.rules) == 30  # noqa: S101
    return made


def sky(count: int) -> Records:
    """Return evidence on many aircraft: the seven situations that ship, each item redrawn with a chance of 0.3."""
    base = evidence_records([load_situation(name).evidence for name in SITUATIONS])
    rows = base[np.arange(count) % len(base)]
    for row in range(count):
        for index, item in enumerate(ITEMS):
            u, v = (seed.uniform(1, 0, row, index, 0, draw, 0) for draw in (0, 1))
            if u >= 0.3:
                continue
            if item.kind is Kind.NUMBER:
                rows["value"][row, index - N_NAMED] *= 0.5 + v
            else:
                codes = 1 << len(item.values) if item.kind is Kind.SET else len(item.values)
                rows["code"][row, index] = int(v * codes)
            rows["known"][row] ^= np.uint64((u < 0.1) << index)
    return rows
