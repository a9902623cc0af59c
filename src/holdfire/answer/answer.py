"""The answer as data: trade-off and front of any study, and of a space of unknowns what survives them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from holdfire.answer import groups
from holdfire.answer.beaten import beaten
from holdfire.answer.discovery import Place, discovered
from holdfire.answer.front import regret
from holdfire.answer.measures import measures
from holdfire.answer.objectives import EXPOSED, WRONGED, losses, of, values
from holdfire.answer.sentences import sentences
from holdfire.answer.shares import HOLDS, shares
from holdfire.answer.turned import Answered, turned
from holdfire.study import estimate, paired
from holdfire.study.figures import COLUMN
from holdfire.study.manifest import option_ids
from holdfire.study.space import by_point, space_of
from holdfire.study.standing import standing
from holdfire.study.subject import known_option
from holdfire.study.versus import RUNGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from holdfire.study.results import Results
    from holdfire.study.space import Space

    Json = dict[str, Any]
    Numbers = NDArray[np.float64]

CAUTIONS: Final = (
    "Archetypes, not the rules in force of any state.",
    "No measure of a space of unknowns is a probability: nobody knows how likely one part of a range is.",
    "A share says how much of the ranges that were assumed an option holds in; outside them nothing was tried.",
    "Wrongful engagement rests on assumed confusions: read it as a ratio between options, not as a rate.",
)
COLLISION: Final = (
    "The risk of a collision is not modelled beyond the minutes in which traffic ran while an uncrewed aircraft truly "
    "was near: no chance of one is made of them."
)
"""Said where an option may close an airport or leave it open."""
LEAST_POINTS: Final = 8
"""Points below which a space is told by its means only."""


def answer(results: Results, base: str | None = None) -> Json:
    """Return the trade-off between a study's options and, of a space, regret, shares and what flips each conclusion.

    An option with the other side's reaction is no choice of ours: such are left out, and under `reacted` the same is
    said of every option once the other side has reacted, where that was run. `base` is the first option where none is
    given. Raises `UnknownNameError` where there is no choice of that name.
    """
    options = groups.meant(results.manifest)
    chosen, others = groups.choices(options), groups.reacted(options)
    against = chosen[0] if base is None else known_option(chosen, base)
    ours = groups.of(results, chosen)
    made = _of_group(ours, against)
    if not others:
        return {**made, "reversals": [], "reacted": None}
    mirrored, base_there = groups.of(results, others[: len(chosen)]), others[chosen.index(against)]
    same = _of_group(mirrored, base_there)
    reversals = turned(Answered(made, _lost(ours)), Answered(same, _lost(mirrored)))
    there = same if len(others) == len(chosen) else _of_group(groups.of(results, others), base_there)
    there["sentences"] = [f"Once the other side reacts: {each}" for each in there["sentences"]]
    return {**made, "reversals": reversals, "reacted": there}


def _lost(results: Results) -> dict[str, Numbers]:
    """Return by objective the losses of each option at each point, or in each night of a study (options, points)."""
    found = {name: each.mean(axis=-1) for name, each in _by_point(results).items()}
    return {objective.name: each for objective, each in zip(of(found), losses(found), strict=True)}


def _of_group(results: Results, against: str) -> Json:
    """Return the answer among options that are held against one another."""
    manifest = results.manifest
    names = option_ids(manifest)
    space = space_of(manifest)
    nights = space.nights if space else 1
    n, by_point = manifest["replications"] // nights, _by_point(results)
    found = {name: each.mean(axis=-1) for name, each in by_point.items()}
    made: Json = {
        "scenario": {name: manifest["scenario"][name] for name in ("id", "title", "kind")},
        "seed": manifest["seed"],
        "base": against,
        "options": manifest["options"],
        "points": n if space else 1,
        "nights": nights if space else n,
        "explored": space is not None,
        "objectives": [asdict(each) for each in of(found)],
        "came": _came(results, against),
        "tradeoff": _tradeoff(results, names, names.index(against), found),
        "regret": _regret(names, losses(found) if space else losses(found).mean(axis=-1, keepdims=True), found),
        "space": None,
        "cautions": [
            *(CAUTIONS if space else (CAUTIONS[0], CAUTIONS[-1])),
            *([COLLISION] if EXPOSED.name in found else []),
        ],
    }
    if space and n >= LEAST_POINTS:
        made["space"] = _over(results, space, by_point)
    return {**made, "sentences": sentences(made)}


def _came(results: Results, base: str) -> dict[str, list[str]]:
    """Return the options under which more or fewer intruders are told to come than under the base."""
    came = {name: by_point(results.manifest, each[:, COLUMN["entered"]]) for name, each in results.figures.items()}
    ends = {name: paired.mean_difference(came[base], each) for name, each in came.items()}
    return {
        "more": [name for name, each in ends.items() if each.low is not None and each.low > 0],
        "fewer": [name for name, each in ends.items() if each.high is not None and each.high < 0],
    }


def at_nights(results: Results) -> Numbers:
    """Return the losses of a space (objectives, options, nights), each night bearing the means of its point.

    Options are those of `results`, in order: of one group, as `groups.of` makes it.
    """
    space = space_of(results.manifest)
    means: Numbers = losses(_by_point(results)).mean(axis=-1)
    return means.repeat(space.nights if space else 1, axis=-1)


def _by_point(results: Results) -> dict[str, Numbers]:
    """Return every objective (options, points, nights) of whole points: one stopped half-way is left out.

    Each night of a study is a point.
    """
    space = space_of(results.manifest)
    nights = space.nights if space else 1
    n = results.manifest["replications"] // nights
    whole = values({name: each[: n * nights] for name, each in results.figures.items()})
    return {name: each.reshape(len(each), n, nights) for name, each in whole.items()}


def _tradeoff(results: Results, names: tuple[str, ...], base: int, found: Mapping[str, Numbers]) -> list[Json]:
    """Return a row an option; intervals count points of a space, or nights of a study; of rungs nights."""
    behind = beaten(losses(found), len(next(iter(results.figures.values()))))
    wronged = found[WRONGED.name]
    return [
        {
            "option": name,
            "front": behind[place] is None,
            "beaten": behind[place],
            "ratio": None if place == base else asdict(paired.ratio(wronged[base], wronged[place])),
            "rungs": {
                side: asdict(estimate.median(results.figures[name][:, COLUMN[figure]]))
                for figure, side in zip(RUNGS, ("own", "other"), strict=True)
            },
            "standing": standing(results.manifest, name),
            **{each.name: asdict(estimate.mean(found[each.name][place])) for each in of(found)},
        }
        for place, name in enumerate(names)
    ]


def _regret(names: tuple[str, ...], lost: Numbers, found: Mapping[str, Numbers]) -> Json:
    """Return by objective the largest and the mean regret of each option, over the points of `lost`."""
    return {
        objective.name: {
            name: {"max": float(each[place].max()), "mean": float(each[place].mean())}
            for place, name in enumerate(names)
        }
        for objective, each in zip(of(found), regret(lost), strict=True)
    }


def _over(results: Results, space: Space, by_point: Mapping[str, Numbers]) -> Json:
    """Return what holds over a space of unknowns."""
    manifest = results.manifest
    lost = losses(by_point)
    points = space.points(0, lost.shape[2], manifest["seed"])
    weighed = measures(points)
    titles = {option["id"]: option["title"] for option in manifest["options"]}
    found = shares(lost, weighed, [each.name for each in of(by_point)])
    return {
        "unknowns": [
            {"place": each.place, "called": each.called, "low": each.words(0.0), "high": each.words(1.0)}
            for each in space.unknowns
        ],
        "measures": [
            {"id": each.id, "label": each.label, "effective_points": round(each.effective, 1)} for each in weighed
        ],
        "questions": {name: words for name, (words, _) in HOLDS.items()}
        | {f"best_{each.name}": f"{each.best}, alone or with others" for each in of(by_point)}
        | {f"alone_{each.name}": f"{each.best}, alone" for each in of(by_point)},
        "shares": {
            question: {
                measure: {name: asdict(part) for name, part in zip(titles, parts, strict=True)}
                for measure, parts in by_measure.items()
            }
            for question, by_measure in found.items()
        },
        "discovered": discovered(Place(space.unknowns, points, titles), by_point, lost.mean(axis=-1)),
    }
