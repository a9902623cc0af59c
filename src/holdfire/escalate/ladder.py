"""A ladder as a value, read from its file with every finding at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from holdfire.errors import ContentError, Finding
from holdfire.escalate.schema import WHAT, LadderModel, MoveModel, RungModel
from holdfire.findings import not_allowed
from holdfire.logic.parse import check
from holdfire.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.messages.response import What

Side = Literal["own", "other"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of one side."""

    id: str
    rung: int
    side: Side
    title: str
    precedent: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Which event stands on which rungs; `None`: not asked, or no rung."""

    id: str
    what: What
    crewed: bool | None
    intruder: bool | None
    value_at_least: float | None
    aircraft_at_least: int
    own: Rung | None
    other: Rung | None
    because: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs of both sides and the moves up them."""

    id: str
    title: str
    rungs: tuple[Rung, ...]
    moves: tuple[Move, ...]
    sources: tuple[Source, ...]


def parse_ladder(data: object) -> Ladder:
    """Return the ladder that a file describes; raises `ContentError` with every finding."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "a ladder is a mapping: begin with `id: my-ladder`")])
    findings = check(LadderModel, data)
    if findings:
        raise ContentError(findings)
    model = LadderModel.model_validate(data)
    findings = list(_contradictions(model))
    if findings:
        raise ContentError(findings)
    rungs = {
        each.id: Rung(each.id, each.rung, each.side, each.title, each.precedent, tuple(each.source))
        for each in model.rungs
    }
    moves = tuple(
        Move(
            each.id, WHAT[each.when.event], each.when.crewed, each.when.intruder, each.when.value_at_least,
            each.when.aircraft_at_least, rungs[each.own] if each.own else None,
            rungs[each.other] if each.other else None, each.because,
        )
        for each in model.moves
    )  # fmt: skip
    sources = tuple(Source(**source.model_dump()) for source in model.sources)
    return Ladder(model.id, model.title, tuple(rungs.values()), moves, sources)


def _contradictions(model: LadderModel) -> Iterator[Finding]:
    """Yield what each field allows by itself and the file as a whole does not."""
    sources = [source.id for source in model.sources]
    sections: dict[str, Sequence[RungModel | MoveModel]] = {"rungs": model.rungs, "moves": model.moves}
    for section, entries in sections.items():
        seen: set[str] = set()
        for place, entry in enumerate(entries):
            if entry.id in seen:
                yield Finding((section, place, "id"), f"id {entry.id!r} stands twice: give each its own")
            seen.add(entry.id)
            for index, cited in enumerate(entry.source):
                if cited not in sources:
                    yield Finding((section, place, "source", index), not_allowed("source", cited, sources))
    yield from _heights(model)
    for place, move in enumerate(model.moves):
        yield from _rungs_of(model, place, move.own, "own")
        yield from _rungs_of(model, place, move.other, "other")
        if move.own is None and move.other is None:
            yield Finding(("moves", place), f"move {move.id!r} leads to no rung: name one under own or other")


def _heights(model: LadderModel) -> Iterator[Finding]:
    taken: dict[tuple[str, int], str] = {}
    for place, rung in enumerate(model.rungs):
        first = taken.setdefault((rung.side, rung.rung), rung.id)
        if first != rung.id:
            text = f"rung {rung.rung} of the {rung.side} side is {first} already: give each a height of its own"
            yield Finding(("rungs", place, "rung"), text)


def _rungs_of(model: LadderModel, place: int, name: str | None, side: Side) -> Iterator[Finding]:
    known = [rung.id for rung in model.rungs if rung.side == side]
    if name is not None and name not in known:
        yield Finding(("moves", place, side), not_allowed(f"rung of the {side} side", name, known))
