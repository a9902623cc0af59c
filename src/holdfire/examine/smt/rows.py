"""Records of evidence as columns of the variables of a state, and as what a solver is told to assume."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import z3

from holdfire.examine.smt.condition import exact
from holdfire.examine.smt.state import NEVER
from holdfire.messages.layout import N_NAMED
from holdfire.messages.vocabulary import INDEX, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from holdfire.examine.smt.state import Formula, State
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.layout import Records
    from holdfire.messages.vocabulary import Item

    Column = np.ndarray[Any, Any]


def columns(state: State, ruleset: RuleSet, rows: Records, held: Column) -> dict[str, Column]:
    """Return the columns of a state's variables; `held` are a set's timers, (rows, timers, 2) in s."""
    out: dict[str, Column] = {}
    for name, each in state.items.items():
        place = INDEX[name]
        one = np.uint64(1) << np.uint64(place)
        number = each.item.kind is Kind.NUMBER
        parts = {
            each.known: rows["known"] & one != 0,
            each.verified: rows["verified"] & one != 0,
            each.age_s: rows["age_s"][:, place],
            each.malformed: (rows["known"] & one != 0) & _malformed(each.item, rows),
        }
        if number:
            parts |= {each.value: rows["value"][:, place - N_NAMED], each.sd: rows["sd"][:, place - N_NAMED]}
        else:
            parts[each.code] = rows["code"][:, place].astype(np.int64)
        out |= {variable.decl().name(): column for variable, column in parts.items()}
    for place, lasting in enumerate(ruleset.timers()):
        timer = state.timer(lasting)
        out |= {timer.true_s.decl().name(): held[:, place, 0], timer.clear_s.decl().name(): held[:, place, 1]}
    return out


def assumed(state: State, values: Mapping[str, Column], row: int) -> list[Formula]:
    """Return that every variable of a state has its value in one row."""
    variables = [variable for each in state.items.values() for variable in each.named()]
    variables += [variable for timer in state.timers.values() for variable in (timer.true_s, timer.clear_s)]
    return [variable == _constant(variable, values[variable.decl().name()][row]) for variable in variables]


def _constant(variable: Formula, value: Any) -> Formula:  # noqa: ANN401  # a number of any type
    if z3.is_bool(variable):
        return z3.BoolVal(bool(value))
    if z3.is_bv(variable):
        return z3.BitVecVal(int(value), variable.size())
    return exact(float(np.clip(np.nan_to_num(value, nan=0.0), -NEVER, NEVER)))


def _malformed(item: Item, rows: Records) -> Column:
    """Return where no sensor could have said so (`messages.evidence.malformed`)."""
    place = INDEX[item.name]
    late: Column = ~(rows["age_s"][:, place] >= 0)
    if item.kind is Kind.NUMBER:
        value: Column = rows["value"][:, place - N_NAMED]
        sd: Column = rows["sd"][:, place - N_NAMED]
        return late | np.isnan(value) | ~(sd >= 0)
    codes = 1 << len(item.values) if item.kind is Kind.SET else len(item.values)
    code: Column = rows["code"][:, place]
    return late | (code >= codes)
