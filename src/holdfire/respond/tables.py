"""Conduct, weapons and authorities as records."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

import numpy as np

from holdfire.messages.authority import ROLES
from holdfire.respond.conduct_schema import RANGES, UNWEIGHED, ConductModel
from holdfire.respond.means import ASKED, CONDUCT, WEAPON, conduct_field
from holdfire.seed import Kind, entity
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.messages.layout import Records
    from holdfire.respond.schema import ChainModel, StateModel
    from holdfire.respond.values import Value
    from holdfire.respond.weapons import WeaponModel


def conduct_table(conduct: ConductModel) -> Records:
    """Return the one `CONDUCT` record, in SI units; of the people that crews accept it holds the logarithm."""
    out = np.zeros(1, CONDUCT)
    out["entity"], out["shots_most"] = entity(Kind.AREA, 0, 0), conduct.shots_most
    out["sees_first"] = conduct.sees_first
    for name in RANGES[:-1]:
        field, factor = conduct_field(name)
        out[0][field] = _ends(getattr(conduct, name), factor)
    accepts = conduct.accepts_people
    ends = (accepts.low, accepts.high) if accepts else (UNWEIGHED, UNWEIGHED)
    out[0]["accepts_people"] = log10(ends[0]), log10(ends[1])
    return out


def weapon_table(weapons: Sequence[WeaponModel], conduct: ConductModel) -> Records:
    """Return one `WEAPON` for each class, with what the scenario's conduct says instead of the library."""
    out = np.zeros(len(weapons), WEAPON)
    for record, weapon in zip(out, weapons, strict=True):
        record["success_share"] = _ends(conduct.success_share.get(weapon.id, weapon.success_share))
        record["stray_share"] = _ends(conduct.stray_share.get(weapon.id, weapon.stray_share))
        record["reach_m"] = _ends(weapon.reach_km, KM_M)
        record["cost_eur"] = _ends(weapon.cost_eur)
    return out


def asked_table(states: Sequence[StateModel], chain: ChainModel) -> Records:
    """Return, for each state whose crews fly and each role, who is asked.

    That is whoever the crew's own state names for the role; else the chain of command; else the first state
    that guards its airspace; else nobody, who never answers.
    """
    out = np.zeros((len(states), len(ROLES)), ASKED)
    guards = next((place for place, state in enumerate(states) if state.guards), 0)
    for row, state in enumerate(states):
        for column, role in enumerate(ROLES):
            record = out[row, column]
            for line, holder in ((row, state), (len(states), chain), (guards, states[guards])):
                answer = next((each for each in holder.roles if each.role is role), None)
                if answer is not None:
                    record["entity"] = entity(Kind.AUTHORITY, line, column)
                    record["available"], record["grants"] = answer.available, answer.grants
                    record["low_s"], record["high_s"] = answer.answers_s.low, answer.answers_s.high
                    record["likely_s"] = answer.answers_s.likely
                    break
    return out


def _ends(value: Value, factor: float = 1.0) -> tuple[float, float]:
    return value.low * factor, value.high * factor
