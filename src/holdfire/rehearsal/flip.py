"""The least changes of the evidence that would have turned a ruling on force round, found by trying.

Single changes are tried first, then pairs, then, where those show nothing that could well have been, threes of
changes that bear on what is missing. Each is ruled upon by the tables of the loop and then by the interpreter, and
only what both turn round is told. What is told is minimal: no part of it turns the ruling round by itself.

Who binds stays as it is, and so does everything that was not changed, though in a night one thing seldom changes
alone. A changed item counts as seen just now, verified, and held for as long as any duration asks.

They are ranked: first those of items that a look, a call, another sensor or a little patience could have settled; then
those of where it flies and how; last those of what nobody on our side can change or what does not change in a night
(`_GIVEN`). Within a rank the fewest changes come first, then the order of the vocabulary. At most three are
told, no two of them of the same items.
"""

from __future__ import annotations

from itertools import combinations
from math import inf
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.logic.conditions import Held, Observed
from holdfire.logic.words import age, title, value_in_words
from holdfire.messages.actions import ALL_ACTIONS, Action
from holdfire.messages.evidence import Evidence
from holdfire.messages.layout import evidence_records
from holdfire.messages.story import Change, Flip
from holdfire.messages.vocabulary import INDEX, ITEM
from holdfire.rehearsal.alternatives import Alternative, Alternatives
from holdfire.rehearsal.explain import interpret
from holdfire.rehearsal.trial import LONG_S, Court

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from holdfire.loop import Night
    from holdfire.messages.truth import Truth
    from holdfire.rehearsal.explain import Bound
    from holdfire.setting import Scene

Changes = tuple[Alternative, ...]

MOST: Final = 3
"""Told of one ruling."""
_THREES_OF: Final = 30
"""Single changes of which threes are tried: 4,060 of them."""
_GIVEN: Final = frozenset(
    {"alert", "origin", "status", "attack", "hijack_suspected", "people_at_risk", "harm_of_not_acting"}
)
_FLOWN: Final = frozenset(
    {"airspace", "direction", "depth_m", "inside_s", "speed_m_s", "altitude_m", "climb_m_s", "cpa_m", "time_to_cpa_s"}
)
_ENGAGE: Final = ALL_ACTIONS.index(Action.ENGAGE)


class Flips:
    """Finds flips; what was found is kept by all that the ruling follows from, since that comes again and again."""

    def __init__(self, scene: Scene) -> None:
        self._court = Court(scene)
        self._kept: dict[bytes, list[list[tuple[str, tuple[Truth, ...]]]]] = {}
        self._laid_out: dict[tuple[int, ...], Alternatives] = {}

    def of(self, night: Night, option: int, row: int, evidence: Evidence, bound: Sequence[Bound]) -> tuple[Flip, ...]:
        """Return the flips of the ruling on a row of evidence, as it stands after a cycle; `bound` is who binds on it.

        Raises `AssertionError` where the interpreter does not turn round as the tables do.
        """
        permitted = bool(int(night.rulings[option, row]["permitted"]) >> _ENGAGE & 1)
        follows = _follows_from(night, option, row)
        found = self._again(follows, evidence, bound)
        if found is None:
            found = _chosen(self.found_anew(night, option, row, evidence, bound))
            self._kept[follows] = [[(change.item, change.comes_out) for change in each] for each in found]
            for each in found:
                _confirm(evidence, bound, each, permitted)
        to = "withheld" if permitted else "permitted"
        return tuple(Flip(to, tuple(_in_words(change, evidence) for change in each)) for each in found)

    def _of(self, bound: Sequence[Bound]) -> Alternatives:
        """Return what is laid out for the sets that bind; they live as long as the scene."""
        sets = [each.ruleset for each in bound]
        key = tuple(map(id, sets))
        if key not in self._laid_out:
            self._laid_out[key] = Alternatives(sets)
        return self._laid_out[key]

    def _again(self, follows: bytes, evidence: Evidence, bound: Sequence[Bound]) -> list[Changes] | None:
        """Return what was found before on the same, with the values that come out the same here; `None`: not all do."""
        kept = self._kept.get(follows)
        if kept is None:
            return None
        items = {item for each in kept for item, _ in each}
        here = {(other.item, other.comes_out): other for other in self._of(bound).of(evidence, bound, items)}
        if not all(change in here for each in kept for change in each):
            return None
        return [tuple(here[change] for change in each) for each in kept]

    def found_anew(
        self, night: Night, option: int, row: int, evidence: Evidence, bound: Sequence[Bound]
    ) -> list[Changes]:
        """Return flips of one change, of two where that shows too few that could have been, and so on."""
        singles = self._of(bound).of(evidence, bound)
        known = [Evidence(evidence.basis, {each.item: each.known} if each.known else {}) for each in singles]
        records, items = evidence_records(known), np.array([INDEX[each.item] for each in singles], np.int64)
        permitted = bool(int(night.rulings[option, row]["permitted"]) >> _ENGAGE & 1)
        among, found, flips = np.arange(len(singles)), list[Changes](), list[tuple[int, ...]]()
        for size in (1, 2, 3):
            if size == 3:
                among = _bearing(singles, bound, evidence)
            every = np.array(list(combinations(among.tolist(), size)), np.int64).reshape(-1, size)
            tried = _without(every, flips, items)
            turned = tried[self._court.permits(night, option, row, records, items, tried) != permitted]
            flips += map(tuple, turned.tolist())
            found += [tuple(singles[place] for place in each) for each in turned]
            ranks = [rank(each) for each in found]
            if ranks.count(0) >= MOST or (size > 1 and min(ranks, default=2) < 2):
                break
        return found


def _follows_from(night: Night, option: int, row: int) -> bytes:
    """Return all that a ruling follows from: who binds, and the bits of every condition."""
    kept, slot = night.bench.kept, night.picture.slots[row]
    parts = kept.combination[option, slot], kept.false[option, :, slot], kept.unknown[option, :, slot]
    return b"".join([bytes([option]), *(np.ascontiguousarray(part).tobytes() for part in parts)])


def _without(tried: NDArray[np.int64], flips: Sequence[tuple[int, ...]], items: NDArray[np.int64]) -> NDArray[np.int64]:
    """Leave out what changes one item twice, and what holds a flip already found."""
    kept = np.ones(len(tried), np.bool_)
    for one, other in combinations(range(tried.shape[1]), 2):
        kept &= items[tried[:, one]] != items[tried[:, other]]
    for flip in flips:
        kept &= ~np.all([(tried == change).any(axis=1) for change in flip], axis=0)
    return tried[kept]


def _bearing(singles: Sequence[Alternative], bound: Sequence[Bound], evidence: Evidence) -> NDArray[np.int64]:
    """Return the changes of items that permissions miss or prohibitions stand on, the likeliest first."""
    _, readings = interpret(evidence, bound)
    wanted = set()
    for ruleset, _, ruling in readings:
        if withheld := ruling.withheld.get(Action.ENGAGE):
            named = {state.rule for state in (*withheld.missing, *withheld.forbidden_by)}
            entries = [*ruleset.criteria, *(each for each in ruleset.rules if each.id in named)]
            asked = [clause.condition for each in entries for clause in each.when]
            wanted |= {condition.item.name for condition in asked if isinstance(condition, Observed)}
    bearing = [place for place, each in enumerate(singles) if each.item in wanted and each.known is not None]
    likeliest = sorted(bearing, key=lambda place: rank((singles[place],)))[:_THREES_OF]
    return np.array(sorted(likeliest), np.int64)


def rank(changes: Changes) -> int:
    """Return how far off changes are: 0 could have been settled, 1 flown otherwise, 2 given."""
    items = {change.item for change in changes}
    return 2 if items & _GIVEN else 1 if items & _FLOWN else 0


def _chosen(found: Iterable[Changes]) -> list[Changes]:
    by_items: dict[frozenset[str], Changes] = {}
    for each in sorted(found, key=lambda each: (rank(each), len(each), [INDEX[change.item] for change in each])):
        by_items.setdefault(frozenset(change.item for change in each), each)
    return list(by_items.values())[:MOST]


def _confirm(evidence: Evidence, bound: Sequence[Bound], changes: Changes, permitted: bool) -> None:  # noqa: FBT001
    """Raise `AssertionError` where the interpreter does not rule otherwise on force under these changes."""
    ruling, _ = interpret(*changed(evidence, bound, changes))
    if (Action.ENGAGE in ruling.permitted) == permitted:
        message = f"the tables turn round under {changes}, the interpreter does not: a defect"
        raise AssertionError(message)


def changed(evidence: Evidence, bound: Sequence[Bound], changes: Changes) -> tuple[Evidence, tuple[Bound, ...]]:
    """Return evidence and timers with some changes made."""
    named = {change.item for change in changes}
    items = dict(evidence.without(named).items)
    items |= {change.item: change.known for change in changes if change.known is not None}
    long = Held(LONG_S, inf)
    return Evidence(evidence.basis, items), tuple(
        each._replace(timers={timer: long if timer.item in named else held for timer, held in each.timers.items()})
        for each in bound
    )


def _in_words(change: Alternative, evidence: Evidence) -> Change:
    item, before = ITEM[change.item], evidence.items.get(change.item)
    was = value_in_words(item, before) if before else "not known"
    becomes = value_in_words(item, change.known) if change.known else "not known"
    if before and was == becomes:
        was, becomes = f"{was}, {age(before.age_s)}", f"{becomes}, seen just now, verified and for as long as asked"
    return Change(title(item), was, becomes)
