"""A ladder as a value, read from its file with every finding at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from holdfire.errors import ContentError, Finding
from holdfire.escalate.contradictions import contradictions
from holdfire.escalate.schema import WHAT, LadderModel
from holdfire.escalate.traits_schema import TraitsModel
from holdfire.logic.parse import check
from holdfire.sources import Source

if TYPE_CHECKING:
    from holdfire.escalate.exchange_schema import ExchangeModel
    from holdfire.escalate.schema import RungModel
    from holdfire.escalate.standing_schema import StandingModel
    from holdfire.escalate.traits_schema import GroupModel
    from holdfire.messages.response import What

Side = Literal["own", "other"]
SIDES: Final[tuple[Side, ...]] = ("own", "other")


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of one side; its traits are empty where the ladder does not say them."""

    id: str
    rung: int
    side: Side
    title: str
    precedent: str
    source: tuple[str, ...]
    traits: TraitsModel = field(default_factory=TraitsModel)


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
    """Rungs of both sides, the moves up them, and what follows a night; the latter `None` where it is not said."""

    id: str
    title: str
    rungs: tuple[Rung, ...]
    moves: tuple[Move, ...]
    sources: tuple[Source, ...]
    summary: str = ""
    groups: tuple[GroupModel, ...] = ()
    standing: tuple[StandingModel, ...] = ()
    exchange: ExchangeModel | None = None

    def of(self, side: Side) -> tuple[Rung, ...]:
        """Return the rungs of a side, the lowest first."""
        return tuple(sorted((rung for rung in self.rungs if rung.side == side), key=lambda each: each.rung))


def parse_ladder(data: object) -> Ladder:
    """Return the ladder that a file describes; raises `ContentError` with every finding."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "a ladder is a mapping: begin with `id: my-ladder`")])
    findings = check(LadderModel, data)
    if findings:
        raise ContentError(findings)
    model = LadderModel.model_validate(data)
    findings = list(contradictions(model))
    if findings:
        raise ContentError(findings)
    rungs = {
        each.id: Rung(each.id, each.rung, each.side, each.title, each.precedent, tuple(each.source), _traits(each))
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
    return Ladder(
        model.id, model.title, tuple(rungs.values()), moves, sources, model.summary, tuple(model.groups),
        tuple(model.standing), model.exchange,
    )  # fmt: skip


def _traits(rung: RungModel) -> TraitsModel:
    return TraitsModel(**{name: getattr(rung, name) for name in TraitsModel.model_fields})
