"""Write a brief: read the study and the space, compute what is said of them, and put it on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.answer.answer import answer
from holdfire.errors import InputError
from holdfire.report.brief.ledger import Ledger, Study, command_of
from holdfire.report.brief.page import page
from holdfire.report.brief.parts import Made
from holdfire.report.kept import keep
from holdfire.study.compare import compare
from holdfire.study.files import write_whole
from holdfire.study.ladder import ladder_of, risks
from holdfire.study.manifest import option_ids
from holdfire.study.record import known
from holdfire.study.results import load
from holdfire.study.space import space_of
from holdfire.study.validate import as_written, validation

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.study.results import Results

    Json = dict[str, Any]


def made_of(folder: Path, space: Path | None) -> Made:
    """Return what a brief of a study, and of a space of the same scenario if there is one, is made of.

    Raises `InputError` for a folder that holds no whole study, and for two that do not belong together.
    """
    results = load(folder)
    if space_of(results.manifest):
        message = f"{folder} holds a space: give it as --space, and as --results what holdfire run wrote"
        raise InputError(message)
    explored = _points(space) if space else None
    if space and explored:
        _require_same(results, explored, folder, space)
    stressed = known(folder, results.manifest)
    observed = results.manifest["scenario"]["data"].get("observed")
    return Made(
        study=Study("results", str(folder), command_of(results, str(folder)), results),
        space=Study("space", str(space), command_of(explored, str(space)), explored) if explored else None,
        comparison=compare(results, stress=stressed),
        answer=answer(results),
        survives=answer(explored) if explored else None,
        stressed=stressed,
        validation=validation(results) if observed and as_written(results.manifest) else None,
        ladder=(ladder := _ladder(folder)),
        risks=risks(folder) if ladder else {},
        ledger=Ledger(),
    )


def _points(space: Path) -> Results:
    """Return the points of a space, finished or not."""
    kept = keep(space)
    if kept.results is None:
        message = " ".join(kept.problems)
        raise InputError(message)
    return kept.results


def _ladder(folder: Path) -> Json | None:
    """Return the ladder of a study; `None` where its scenario's ladder does not say what follows a night."""
    try:
        return ladder_of(folder)
    except InputError:
        return None


def _require_same(results: Results, explored: Results, folder: Path, space: Path) -> None:
    one, other = results.manifest, explored.manifest
    if space_of(other) is None:
        message = f"{space} holds results of holdfire run, not a space: give what holdfire explore wrote"
        raise InputError(message)
    same = {**other["scenario"]["data"]}
    same.pop("explored")
    if one["scenario"]["data"] != same:
        message = f"{folder} and {space} are of different scenarios: explore the one that was run"
        raise InputError(message)
    if option_ids(one) != option_ids(other):
        message = (
            f"{folder} has the options {', '.join(option_ids(one))} and {space} {', '.join(option_ids(other))}: "
            "make both with the same --options"
        )
        raise InputError(message)


def write(made: Made, out: Path, size_pt: float = 8.2) -> None:
    """Write a brief, whole or not at all."""
    made.ledger.entries.clear()
    write_whole(out, page(made, size_pt=size_pt))
