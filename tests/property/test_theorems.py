"""What holds for every rule set and all evidence (the design's theorems), on random sets and on those that ship."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numba
import numpy as np
import pytest

from holdfire.catalogue import SELF_DEFENCE, ids, load_ruleset
from holdfire.logic.conditions import ActIs, IdentityIn, IntentIs, Observed
from holdfire.logic.ruleset import Forbid, RuleSet
from holdfire.messages.actions import ALL_ACTIONS, BIT, Action
from holdfire.messages.identity import Identity
from holdfire.messages.layout import RULING
from holdfire.messages.vocabulary import INDEX, ITEM, ITEMS
from holdfire.rules.compose_table import compose_rows, composition
from holdfire.rules.table import role_bits, roles_of
from support.draws import Draws, uniforms
from support.random_rules import random_held, random_rows, random_ruleset
from support.readings import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from holdfire.logic.conditions import Condition
    from holdfire.messages.layout import Records

COMPILED = not vars(numba.config)["DISABLE_JIT"]
SETS, ROWS = (60, 400) if COMPILED else (4, 10)
SHIPPED = [name for name in ids("rulesets") if name != SELF_DEFENCE]
FIRES_ON_CIVIL = {"any-violator", "romania-2025", "romania-2025-cleared"}
"""The negative control, and a law by which a minister may decide on a civil aircraft."""
ENGAGES = {
    "lithuania-2025": "gerbera-restricted-area",
    "turkiye-2012": "su24-from-syria",
    "romania-2025": "fighter-past-every-warning",
    "romania-2025-cleared": "fighter-past-every-warning",
}
"""A situation on which a set lets someone engage; gerbera-after-look for every other set but `icao-interception`."""


def drawn(name: int, *, release: bool = True) -> tuple[RuleSet, Records, np.ndarray[Any, Any]]:
    ruleset = random_ruleset(name, release=release)
    return ruleset, random_rows(name + 1_000_000, ROWS), random_held(name + 2_000_000, ROWS, len(ruleset.timers()))


def lose(
    name: int, rows: Records, held: np.ndarray[Any, Any]
) -> tuple[Records, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Make items unknown, unverified or too old, and timers forget; return also which item was touched in each row."""
    u = uniforms(name, (rows.size, len(ITEMS), 2))
    touched = u[:, :, 0] < 0.25
    one = np.uint64(1) << np.arange(len(ITEMS), dtype=np.uint64)
    lost, forgot = rows.copy(), held.copy()
    how = (u[:, :, 1] * 3).astype(int)
    lost["known"] &= ~((touched & (how == 0)) * one).sum(axis=1).astype(np.uint64)
    lost["verified"] &= ~((touched & (how == 1)) * one).sum(axis=1).astype(np.uint64)
    lost["age_s"] = np.where(touched & (how == 2), 1e9, lost["age_s"])
    return lost, forgot, touched


def forget(ruleset: RuleSet, held: np.ndarray[Any, Any], touched: np.ndarray[Any, Any]) -> None:
    """A gap in the past stops "known true for" and leaves "since known false" growing."""
    for place, timer in enumerate(ruleset.timers()):
        gone = touched[:, INDEX[timer.item]]
        held[gone, place, 0] = 0.0
        held[gone, place, 1] = np.inf


def looser(ruleset: RuleSet, before: Records, after: Records) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which rows permit an action, or a lower authority for one, only afterwards."""
    worse = (after["permitted"] & ~before["permitted"]) != 0
    over = np.array([role_bits(ruleset.roles.at_or_over(roles_of(mask))) for mask in range(64)], np.uint8)
    both = (after["permitted"] & before["permitted"])[:, None] >> np.arange(len(ALL_ACTIONS)) & 1
    lower = (after["authority"] & ~over[before["authority"]]) != 0
    loose: np.ndarray[Any, np.dtype[np.bool_]] = worse | (lower & (both == 1)).any(axis=1)
    return loose


@pytest.mark.parametrize("name", range(SETS))
def test_losing_evidence_never_permits_more_without_release(name: int) -> None:
    ruleset, rows, held = drawn(name, release=False)
    lost, forgot, touched = lose(name, rows, held)
    forget(ruleset, forgot, touched)
    before, after = compiled(ruleset, rows, held)[1], compiled(ruleset, lost, forgot)[1]
    assert not looser(ruleset, before, after).any()


def asked(ruleset: RuleSet, condition: Condition) -> Iterator[str]:
    """Items that a condition rests on, through the criteria where it asks for a conclusion."""
    match condition:
        case Observed():
            yield condition.item.name
        case IntentIs() | ActIs() | IdentityIn():
            for criterion in ruleset.criteria:
                concludes = {IntentIs: "intent", ActIs: "act"}.get(type(condition))
                fits = (
                    isinstance(criterion.concludes, Identity) if concludes is None else criterion.concludes == concludes
                )
                for clause in criterion.when if fits else ():
                    yield from asked(ruleset, clause.condition)


def test_the_list_of_blind_spots_is_complete() -> None:
    """Losing anything may loosen a set that releases; losing anything but what is listed never does."""
    found = 0
    for name in range(SETS):
        ruleset, rows, held = drawn(name)
        before = compiled(ruleset, rows, held)[1]
        listed = {INDEX[item] for _, clause in ruleset.blind_spots() for item in asked(ruleset, clause.condition)}
        lost, forgot, touched = lose(name, rows, held)
        forget(ruleset, forgot, touched)
        found += int(looser(ruleset, before, compiled(ruleset, lost, forgot)[1]).sum())
        for index in listed:
            bit = np.uint64(1 << index)
            for field in ("known", "verified"):
                lost[field] = lost[field] & ~bit | rows[field] & bit
            lost["age_s"][:, index] = rows["age_s"][:, index]
            touched[:, index] = False
        kept = held.copy()
        forget(ruleset, kept, touched)
        assert not looser(ruleset, before, compiled(ruleset, lost, kept)[1]).any(), name
    assert found > 0 or not COMPILED, "no release ever let go: the test is too tame"


@pytest.mark.parametrize("name", range(SETS))
def test_adding_a_prohibition_never_permits_more(name: int) -> None:
    ruleset, rows, held = drawn(name)
    added = next(
        entry
        for other in range(500_000 + name * 50, 500_050 + name * 50)
        for entry in random_ruleset(other).rules
        if isinstance(entry, Forbid) and all(getattr(clause.condition, "for_s", 0) == 0 for clause in entry.when)
    )
    stricter = replace(ruleset, rules=(*ruleset.rules, replace(added, id="ADDED")))
    before, after = compiled(ruleset, rows, held)[1], compiled(stricter, rows, held)[1]
    assert not (after["permitted"] & ~before["permitted"]).any()


@pytest.mark.parametrize("name", range(SETS))
def test_the_order_of_rules_is_irrelevant(name: int) -> None:
    ruleset, rows, held = drawn(name)
    draws, left, order = Draws(name + 3_000_000), list(range(len(ruleset.rules))), []
    while left:
        order.append(left.pop(draws.below(len(left))))
    turned = replace(ruleset, rules=tuple(ruleset.rules[place] for place in order))
    again = [turned.timers().index(timer) for timer in ruleset.timers()]
    moved = np.empty_like(held)
    moved[:, again] = held
    before, after = compiled(ruleset, rows, held)[1], compiled(turned, rows, moved)[1]
    assert (before["permitted"] == after["permitted"]).all()
    assert (before["authority"] == after["authority"]).all()


@pytest.mark.parametrize("name", range(SETS))
def test_no_action_implies_another(name: int) -> None:
    ruleset, rows, held = drawn(name)
    whole = compiled(ruleset, rows, held)[1]
    action = Draws(name + 4_000_000).pick(ALL_ACTIONS[1:])
    narrowed = [replace(rule, actions=(action,)) for rule in ruleset.rules if action in rule.actions]
    if not narrowed:
        assert not (whole["permitted"] & BIT[action]).any()
        return
    alone = replace(ruleset, rules=tuple(narrowed))
    kept = [ruleset.timers().index(timer) for timer in alone.timers()]
    single = compiled(alone, rows, held[:, kept])[1]
    assert (single["permitted"] & BIT[action] == whole["permitted"] & BIT[action]).all()
    assert (single["permitted"] | BIT[action] | 1 == BIT[action] | 1).all()


@pytest.mark.parametrize("name", range(SETS))
def test_malformed_evidence_permits_only_observing(name: int) -> None:
    ruleset, rows, held = drawn(name)
    item = next(
        clause.condition.item for rule in (*ruleset.rules, *ruleset.criteria) for clause in rule.when
        if isinstance(clause.condition, Observed)
    )  # fmt: skip
    rows["known"] |= np.uint64(1 << INDEX[item.name])
    rows["age_s"][:, INDEX[item.name]] = np.nan
    rulings = compiled(ruleset, rows, held)[1]
    assert (rulings["permitted"] == BIT[Action.OBSERVE]).all()
    assert rulings["error"].all()


@pytest.mark.parametrize("name", range(SETS // 4))
def test_composition_never_permits_what_one_set_withholds_but_for_self_defence(name: int) -> None:
    first, rows, held = drawn(name)
    second, defence = random_ruleset(name + 700_000), random_ruleset(name + 800_000, rules=2)
    every = (first, second, defence)
    rulings = np.stack(
        [
            compiled(each, rows, held if each is first else random_held(name + 9, ROWS, len(each.timers())))[1]
            for each in every
        ]
    )
    out = np.zeros(ROWS, RULING)
    compose_rows(composition([first, second], None), rulings[:2], out)
    assert not (out["permitted"] & ~(rulings[0]["permitted"] & rulings[1]["permitted"])).any()
    compose_rows(composition([first, second], defence), rulings, out)
    both = rulings[0]["permitted"] & rulings[1]["permitted"]
    assert not (out["permitted"] & ~(both | rulings[2]["permitted"])).any()
    assert not (rulings[2]["permitted"] & ~out["permitted"]).any(), "no set removes self-defence"


@pytest.mark.parametrize("name", sorted({*SHIPPED} - FIRES_ON_CIVIL))
def test_losing_sight_of_a_civil_aircraft_never_turns_hold_into_engage(name: str) -> None:
    """Seen to be civil once; then the look is gone, old, or repeated without a result."""
    ruleset = load_ruleset(name)
    rows = _engaging(name)
    count = rows.size
    seen, look = INDEX["seen_as"], INDEX["visual_class"]
    rows["known"] |= np.uint64(1 << seen | 1 << look)
    rows["code"][:, seen] |= 1 << ITEM["seen_as"].values.index("civil")
    rows["age_s"][:, [seen, look]] = 1.0
    held = np.full((count, len(ruleset.timers()), 2), 100.0)
    for lost in ("nothing", "gone", "old", "not-established"):
        after = rows.copy()
        if lost == "gone":
            after["known"] &= ~np.uint64(1 << look)
        elif lost == "old":
            after["age_s"][:, look] = 4000.0
        elif lost == "not-established":
            after["code"][:, look] = ITEM["visual_class"].values.index("not-established")
        assert not (compiled(ruleset, after, held)[1]["permitted"] & BIT[Action.ENGAGE]).any(), lost
        after["known"] &= ~np.uint64(1 << seen)
        if name != "perceived-danger":  # which lets go of much else, never of this
            assert not (compiled(ruleset, after, held)[1]["permitted"] & BIT[Action.ENGAGE]).any(), lost


def test_without_that_memory_the_same_sets_do_engage() -> None:
    """The theorem above is not empty: with other looks, each set engages somewhere in the same rows."""
    for name in {*SHIPPED} - {"icao-interception", "observe-only"}:  # which let nobody engage at all
        ruleset, rows = load_ruleset(name), _engaging(name)
        held = np.full((rows.size, len(ruleset.timers()), 2), 100.0)
        engaged = compiled(ruleset, rows, held)[1]["permitted"] & BIT[Action.ENGAGE]
        assert engaged.any(), name


def _engaging(name: str) -> Records:
    """Rows of which a set engages some, for as long as no look ever took them for civil."""
    return _bait(ENGAGES.get(name, "gerbera-after-look"), 6000 if COMPILED else 30, 900_000 + len(name))


@pytest.mark.parametrize("name", sorted(FIRES_ON_CIVIL))
def test_what_may_fire_on_civil_aircraft_does(name: str) -> None:
    ruleset = load_ruleset(name)
    rows = _bait("business-jet-past-every-warning", 30, 900_000)
    held = np.full((rows.size, len(ruleset.timers()), 2), 100.0)
    assert (compiled(ruleset, rows, held)[1]["permitted"] & BIT[Action.ENGAGE]).any()


def _bait(situation: str, count: int, name: int) -> Records:
    """Rows near one that a set engages on."""
    from holdfire.catalogue import load_situation
    from holdfire.messages.layout import evidence_records

    base = evidence_records([load_situation(situation).evidence] * count)
    other = random_rows(name, count)
    keep = uniforms(name, (count, 1))[:, 0] < 0.9
    base[~keep] = other[~keep]
    return base
