"""How `holdfire ladder` shows a ladder as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from holdfire.cli.output import table
from holdfire.escalate.ladder import SIDES
from holdfire.escalate.traits_schema import CONSENTS, TraitsModel
from holdfire.escalate.unknowns import unknowns
from holdfire.sources import bibliography

if TYPE_CHECKING:
    from rich.console import Console

    from holdfire.escalate.ladder import Ladder, Rung

OF = {"own": "Our own side", "other": "The other side"}


def data_of(ladder: Ladder) -> dict[str, Any]:
    """Return a ladder ready for JSON."""
    return {
        "id": ladder.id,
        "title": ladder.title,
        "summary": ladder.summary,
        "rungs": [_rung(rung) for side in SIDES for rung in ladder.of(side)],
        "groups": [group.model_dump(mode="json") for group in ladder.groups],
        "moves": [
            {
                "id": move.id,
                "event": move.what.name.lower(),
                "crewed": move.crewed,
                "intruder": move.intruder,
                "value_at_least": move.value_at_least,
                "aircraft_at_least": move.aircraft_at_least,
                "own": move.own.id if move.own else None,
                "other": move.other.id if move.other else None,
                "because": move.because,
            }
            for move in ladder.moves
        ],
        "standing": [each.model_dump(mode="json") for each in ladder.standing],
        "exchange": ladder.exchange.model_dump(mode="json") if ladder.exchange else None,
        "sources": [asdict(source) for source in ladder.sources],
    }


def _rung(rung: Rung) -> dict[str, Any]:
    names = ("id", "rung", "side", "title", "precedent")
    return {
        **{name: getattr(rung, name) for name in names},
        **rung.traits.model_dump(mode="json"),
        "source": list(rung.source),
    }


def shown(out: Console, ladder: Ladder) -> None:
    """Print a ladder."""
    out.print(f"{ladder.title}  ({ladder.id})", style="bold")
    out.print(ladder.summary.strip())
    for side in SIDES:
        if rungs := ladder.of(side):
            _rungs(out, OF[side], rungs)
    if ladder.groups:
        made = table("rungs", "group", title="Groups")
        for group in ladder.groups:
            made.add_row(f"{group.first}-{group.last}", group.title)
        out.print(made)
    _exchange(out, ladder)
    out.print("Sources", style="bold")
    for line in bibliography(ladder.sources):
        out.print(f"- {line}", markup=False)


def _rungs(out: Console, of: str, rungs: tuple[Rung, ...]) -> None:
    steps = table("rung", "step", "when it was taken", title=f"{of}: steps")
    for rung in rungs:
        steps.add_row(str(rung.rung), rung.title, rung.precedent)
    out.print(steps)
    if all(rung.traits == TraitsModel() for rung in rungs):
        return
    traits = table("rung", "back", "seen", "consent", "cost, M€", "grade", title=f"{of}: what a step is like")
    for rung in rungs:
        said = rung.traits
        grades = [each.value for each in (said.judged, said.cost and said.cost.grade) if each]
        cost = "" if said.cost is None else f"{said.cost.low:g}-{said.cost.high:g}{said.cost.unit.removeprefix('M€')}"
        row = (said.reversible or "", said.visible or "", ", ".join(said.consent or ()), cost)
        traits.add_row(str(rung.rung), *row, ", ".join(dict.fromkeys(grades)))
    out.print(traits)
    asked = dict.fromkeys(consent for rung in rungs for consent in rung.traits.consent or ())
    out.print(f"consent: {'; '.join(f'{each}, {CONSENTS[each]}' for each in asked)}")
    out.print("back: whether it can be taken back. grade: of what stands here; of cost, where two.\n")


def _exchange(out: Console, ladder: Ladder) -> None:
    """Print what is taken for the days after a night, each range with its grade and reason."""
    if ladder.exchange is None:
        return
    days, answers = ladder.exchange.horizon_days, ladder.exchange.answers_at_most
    made = table("what nobody knows", "range", "grade", "why that range", title="After a night")
    for each in unknowns(ladder.exchange, ladder.standing):
        name = each.name.replace(".", ": ").replace("_", " ")
        made.add_row(name, f"{each.low:g}-{each.high:g}", each.given.grade.value, each.given.because)
    out.print(made)
    out.print(f"Looked at for {days} days and at most {answers} answers; up: chance of a step up in an answer,")
    out.print("down: of one down where none up is taken, days: mean until it answers.\n")
