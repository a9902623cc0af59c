"""Changes of evidence in plain words: `one wrong visual report: foreign-military instead of civil`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.logic.words import quantity, value_in_words
from holdfire.messages.vocabulary import Kind
from holdfire.units import in_words

if TYPE_CHECKING:
    from holdfire.examine.costs import Cost
    from holdfire.examine.margin import Altered
    from holdfire.messages.evidence import Known


def change_in_words(altered: Altered, cost: Cost) -> str:
    """Return one item's change as a phrase."""
    before, after = altered.before, altered.after
    if after is None:
        assert before is not None  # noqa: S101  # else nothing changed
        return f"{cost.called} lost (it said {value_in_words(cost.item, before)})"
    if before is None:
        said = " or ".join([value_in_words(cost.item, after), *altered.or_else])
        return f"{cost.called} got: {said}{_better(after, None, cost)}"
    return f"{_differently(altered, before, after, cost)}{_better(after, before, cost)}"


def _differently(altered: Altered, before: Known, after: Known, cost: Cost) -> str:
    if after.value == before.value:
        return f"{cost.called} as before"
    was, now = value_in_words(cost.item, before), value_in_words(cost.item, after)
    if cost.item.kind is Kind.NUMBER:
        moved = float(after.value) - float(before.value)  # type: ignore[arg-type]  # by its kind
        off = f"{quantity(cost.item, abs(moved))} {'more' if moved > 0 else 'less'}"
        return f"{cost.called} {off}: {now} instead of {was}"
    if isinstance(before.value, frozenset) and isinstance(after.value, frozenset):
        return f"{cost.called} otherwise: {_members(before.value, after.value)}"
    return f"one wrong {cost.called}: {' or '.join([now, *altered.or_else])} instead of {was}"


def _members(before: frozenset[str], after: frozenset[str]) -> str:
    """Return which members came and went."""
    parts = (("with", after - before), ("without", before - after))
    return ", ".join(f"{word} {' and '.join(sorted(members))}" for word, members in parts if members)


def _better(after: Known, before: Known | None, cost: Cost) -> str:
    verified, age_s, held_s = (before.verified, before.age_s, before.held_s) if before else (False, 0.0, 0.0)
    sd = before.sd if before else cost.sd
    parts = []
    if after.age_s != age_s:
        parts.append("as of now")
    if after.verified != verified:
        parts.append("verified" if after.verified else "no longer verified")
    if after.held_s != held_s:
        parts.append(f"so for {in_words(after.held_s, 's')}")
    if after.sd != sd:
        parts.append("without deviation")
    return "".join(f", {part}" for part in parts)
