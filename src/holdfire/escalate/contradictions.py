"""What each field of a ladder allows by itself and the file as a whole does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from holdfire.errors import Finding
from holdfire.findings import not_allowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.errors import Location
    from holdfire.escalate.schema import LadderModel, MoveModel, RungModel


class _Citing(Protocol):
    """Whatever names its sources."""

    @property
    def source(self) -> list[str]: ...


def contradictions(model: LadderModel) -> Iterator[Finding]:
    """Yield every contradiction within a ladder."""
    for section, entries in (("rungs", model.rungs), ("moves", model.moves)):
        yield from _twice(section, entries)
    yield from _signals(model)
    yield from _uncited(model)
    yield from _heights(model)
    for loc, name, side in _named(model):
        known = [rung.id for rung in model.rungs if rung.side == side]
        if name is not None and name not in known:
            yield Finding(loc, not_allowed(f"rung of the {side} side", name, known))
    yield from _half_said(model)
    for place, group in enumerate(model.groups):
        if group.first > group.last:
            text = f"first is {group.first} and last is {group.last}: first must be at most last"
            yield Finding(("groups", place), text)


def _half_said(model: LadderModel) -> Iterator[Finding]:
    for place, move in enumerate(model.moves):
        if move.own is None and move.other is None:
            yield Finding(("moves", place), f"move {move.id!r} leads to no rung: name one under own or other")
    for place, stands in enumerate(model.standing):
        if (stands.option is None) == (stands.ruleset is None):
            text = "what stands on a rung is an option or a rule set: give one of option and ruleset"
            yield Finding(("standing", place), text)
        if stands.ruleset and stands.signals:
            text = f"rules are not seen from outside: let an option signal, and not the rule set {stands.ruleset}"
            yield Finding(("standing", place, "signals"), text)


def _twice(section: str, entries: Sequence[RungModel | MoveModel]) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, entry in enumerate(entries):
        if entry.id in seen:
            yield Finding((section, place, "id"), f"id {entry.id!r} stands twice: give each its own")
        seen.add(entry.id)


def _named(model: LadderModel) -> Iterator[tuple[Location, str | None, str]]:
    """Yield where a rung is named, by which id, and of which side it must be."""
    for place, move in enumerate(model.moves):
        yield ("moves", place, "own"), move.own, "own"
        yield ("moves", place, "other"), move.other, "other"
    for place, standing in enumerate(model.standing):
        yield ("standing", place, "own"), standing.own, "own"
    if model.exchange:
        yield ("exchange", "beyond", "own"), model.exchange.beyond.own, "own"
        yield ("exchange", "beyond", "other"), model.exchange.beyond.other, "other"


def _signals(model: LadderModel) -> Iterator[Finding]:
    """Yield every signal that nothing weighs, or that would be weighed twice."""
    seen: set[str] = set()
    for place, each in enumerate(model.standing):
        if each.signals is None:
            continue
        if model.exchange is None:
            text = f"nothing weighs what {each.named} signals: give the ladder an exchange, or leave it out"
            yield Finding(("standing", place, "signals"), text)
        if each.named in seen:
            text = f"what {each.named} signals stands twice: say it once"
            yield Finding(("standing", place, "signals"), text)
        seen.add(each.named)


def _uncited(model: LadderModel) -> Iterator[Finding]:
    """Yield every source that something cites and the file does not list."""
    known = [source.id for source in model.sources]
    for loc, entry in _cite(model):
        for index, cited in enumerate(entry.source):
            if cited not in known:
                yield Finding((*loc, "source", index), not_allowed("source", cited, known))


def _cite(model: LadderModel) -> Iterator[tuple[Location, _Citing]]:
    """Yield whatever cites sources, with its place."""
    for section in ("rungs", "moves", "groups", "standing"):
        for place, entry in enumerate(getattr(model, section)):
            yield (section, place), entry
    yield from ((("rungs", place, "cost"), each.cost) for place, each in enumerate(model.rungs) if each.cost)
    signals = ((place, each.signals) for place, each in enumerate(model.standing))
    yield from ((("standing", place, "signals"), given) for place, given in signals if given)
    for part in ("other", "own", "ratios") if model.exchange else ():
        asked = getattr(model.exchange, part)
        for name in type(asked).model_fields:
            yield ("exchange", part, name), getattr(asked, name)


def _heights(model: LadderModel) -> Iterator[Finding]:
    taken: dict[tuple[str, int], str] = {}
    for place, rung in enumerate(model.rungs):
        first = taken.setdefault((rung.side, rung.rung), rung.id)
        if first != rung.id:
            text = f"rung {rung.rung} of the {rung.side} side is {first} already: give each a height of its own"
            yield Finding(("rungs", place, "rung"), text)
