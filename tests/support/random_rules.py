"""Random rule sets and random evidence, made so that a fair share of them permits something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.logic.parse import parse
from holdfire.messages.actions import Action
from holdfire.messages.authority import ROLES, Role
from holdfire.messages.evidence import Basis
from holdfire.messages.identity import CONCLUSIONS, DECIDED
from holdfire.messages.layout import EVIDENCE, N_ITEMS, N_NAMED
from holdfire.messages.vocabulary import ITEM, ITEMS, Item, Kind
from support.draws import Draws, uniforms

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.layout import Records

BOUNDS = (-20.0, 0.0, 10.0, 10.5, 40.0)
ACTIONS = [action.value for action in Action if action is not Action.OBSERVE]
ALL_ROLES = [role.value for role in ROLES]
FEW_ITEMS = [item.name for item in ITEMS]


def random_ruleset(name: int, *, release: bool = True, rules: int = 9) -> RuleSet:
    """A rule set drawn by name; without `release`, every prohibition holds where it does not know."""
    return parse(random_text(Draws(name), release=release, rules=rules))


def random_text(draws: Draws, *, release: bool, rules: int, asked: list[str] | None = None) -> dict[str, Any]:
    """The text of a random rule set. Each asks about few items, so that its rules meet."""
    items = asked or draws.some(FEW_ITEMS, 14)
    text: dict[str, Any] = {
        "id": "random",
        "title": "Random",
        "kind": "hypothetical",
        "summary": "Drawn by name.",
        "sources": [{"id": "none", "title": "Drawn by name", "grade": "assumed"}],
        "intent": [_criterion(draws, f"I{i}", items) for i in range(draws.below(3))],
        "act": [_criterion(draws, f"A{i}", items) for i in range(draws.below(2))],
        "identity": [
            {**_criterion(draws, f"N{i}", items), "declares": draws.pick(DECIDED).value} for i in range(draws.below(4))
        ],
        "rules": [_rule(draws, f"R{i}", items, release=release) for i in range(1 + draws.below(rules))],
    }
    if draws.chance(0.5):
        text["roles"] = {
            "mission-commander": {"over": ["crew"]},
            "police": {"over": draws.some(["crew", "mission-commander"], 2)},
        }
    return text


def _criterion(draws: Draws, name: str, items: list[str]) -> dict[str, Any]:
    when = {item: _test(draws, ITEM[item]) for item in draws.some(items, 3)}
    return {"id": name, "when": when, "because": "Drawn.", "source": ["none"]}


def _rule(draws: Draws, name: str, items: list[str], *, release: bool) -> dict[str, Any]:
    forbids = draws.chance(0.35)
    when = {item: _test(draws, ITEM[item]) for item in draws.some(items, 2)} if draws.chance(0.95) else {}
    if draws.chance(0.25):
        when["intent"] = {"is": draws.chance(0.7)}
    if draws.chance(0.1):
        when["act"] = {"is": draws.chance(0.5)}
    if draws.chance(0.2):
        when["identity"] = {"in": [identity.value for identity in draws.some(CONCLUSIONS, 4)]}
    rule: dict[str, Any] = {"id": name, "when": when, "because": "Drawn.", "source": ["none"]}
    if forbids:
        for test in when.values():
            if release and draws.chance(0.3):
                test.update(on_unknown="release", source=["none"])
        return rule | {"forbid": draws.some(ACTIONS, 4)}
    after = draws.some(ACTIONS, 2) if draws.chance(0.2) else []
    return rule | {
        "permit": draws.some(ACTIONS, 4),
        "by": draws.pick(ALL_ROLES),
        "executed_by": draws.pick(ALL_ROLES) if draws.chance(0.4) else Role.CREW.value,
        "after": after,
    }


def _test(draws: Draws, item: Item) -> dict[str, Any]:  # noqa: C901
    test: dict[str, Any] = {}
    match item.kind:
        case Kind.CHOICE:
            test["in" if draws.chance(0.7) else "not_in"] = draws.some(item.values, max(1, len(item.values) // 2))
        case Kind.FLAG:
            test["is"] = draws.chance(0.5)
        case Kind.SET:
            form = draws.below(4)
            test |= {"includes": draws.some(item.values, 2)} if form in {0, 3} else {}
            test |= {"includes_any": draws.some(item.values, 4)} if form == 1 else {}
            test |= {"at_least": draws.below(3), "at_most": 3 + draws.below(len(item.values) - 2)} if form > 1 else {}
        case Kind.NUMBER:
            low, high = sorted((draws.pick(BOUNDS), draws.pick(BOUNDS)))
            test |= [{"at_least": low}, {"at_most": high}, {"at_least": low, "at_most": high}][draws.below(3)]
            if draws.chance(0.3):
                test["confidence"] = draws.pick((0.6, 0.8, 0.99))
    if draws.chance(0.15):
        test["max_age_s"] = draws.pick((5.0, 20.0))
    if draws.chance(0.15):
        test["for_s"] = draws.pick((5.0, 10.0))
    if item.kinematic and draws.chance(0.15):
        test["verified"] = True
    return test


def random_rows(name: int, count: int, *, malformed: float = 0.0) -> Records:
    """Evidence drawn by name; a share of the items is malformed, about a fifth unknown, others old or borderline."""
    u = uniforms(name, (count, N_ITEMS, 6))
    rows = np.zeros(count, EVIDENCE)
    rows["basis"] = Basis.HYPOTHETICAL
    one = np.uint64(1) << np.arange(N_ITEMS, dtype=np.uint64)
    rows["known"] = ((u[:, :, 0] < 0.82) * one).sum(axis=1).astype(np.uint64)
    rows["verified"] = ((u[:, :, 1] < 0.7) * one).sum(axis=1).astype(np.uint64)
    rows["age_s"] = np.choose((u[:, :, 2] * 6).astype(int), [0.0, 1.0, 4.0, 5.0, 20.0, 400.0])
    for index, item in enumerate(ITEMS[:N_NAMED]):
        codes = 1 << len(item.values) if item.kind is Kind.SET else len(item.values)
        rows["code"][:, index] = (u[:, index, 3] * codes).astype(np.uint16)
    values = np.choose((u[:, N_NAMED:, 3] * 5).astype(int), BOUNDS)
    rows["value"] = values + np.choose((u[:, N_NAMED:, 4] * 3).astype(int), [-1.5, 0.0, 1.5])
    rows["sd"] = np.choose((u[:, N_NAMED:, 5] * 3).astype(int), [0.0, 1.0, np.inf])
    bad = u[:, :, 1] > 1 - malformed
    rows["age_s"] = np.where(bad & (u[:, :, 4] < 0.5), [-1.0], rows["age_s"])
    rows["code"] = np.where(bad[:, :N_NAMED] & (u[:, :N_NAMED, 4] >= 0.5), 60000, rows["code"])
    rows["sd"] = np.where(bad[:, N_NAMED:] & (u[:, N_NAMED:, 4] >= 0.75), -1.0, rows["sd"])
    rows["value"] = np.where(bad[:, N_NAMED:] & (u[:, N_NAMED:, 4] >= 0.9), np.nan, rows["value"])
    return rows


def random_held(name: int, count: int, timers: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Timers for each row: known true for some seconds, and since it was last known false."""
    u = uniforms(name, (count, timers, 2))
    held = np.choose((u * 4).astype(int), [0.0, 5.0, 9.0, 30.0])
    held[:, :, 1] = np.where(u[:, :, 1] > 0.7, np.inf, np.maximum(held[:, :, 0], held[:, :, 1]))
    return held
