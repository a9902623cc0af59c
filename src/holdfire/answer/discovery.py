"""Which unknown turns a conclusion round: for the best option in each thing, the box in which it is not best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from holdfire.answer.objectives import of
from holdfire.answer.prim import CHANCE, discover
from holdfire.study.phrases import percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from holdfire.answer.objectives import Objective
    from holdfire.answer.prim import Box, Limit
    from holdfire.study.unknowns import Unknown

    Json = dict[str, Any]
    Numbers = NDArray[np.float64]


class Place(NamedTuple):
    """Where options were tried: the unknowns, the points as shares of their ranges, and the options by title."""

    unknowns: Sequence[Unknown]
    points: Numbers
    titles: Mapping[str, str]


def discovered(place: Place, values: Mapping[str, Numbers], losses: Numbers) -> list[Json]:
    """Return for each objective its leader over the whole space, and in words where it is not best.

    `losses` is (objectives, options, points), the means of each point.
    """
    asked = of(values)
    return [_of(place, objective, loss, CHANCE / len(asked)) for objective, loss in zip(asked, losses, strict=True)]


def _of(place: Place, objective: Objective, loss: Numbers, chance: float) -> Json:
    options = list(place.titles)
    leader = int(loss.mean(axis=1).argmin())
    behind = loss[leader] - np.delete(loss, leader, axis=0).min(axis=0)  # by how much, where it is not best
    cases = behind > 0
    alike = bool((loss == loss[leader]).all())
    box = None if alike else discover(place.points, cases, behind, chance)
    return {
        "objective": objective.name,
        "leader": options[leader],
        "not_best": float(cases.mean()),
        "points": len(cases),
        "box": _json(place, box) if box else None,
        "text": _text(place, objective, leader, cases, box, alike=alike),
    }


def _json(place: Place, box: Box) -> Json:
    limits = [
        {
            "place": place.unknowns[each.side].place,
            "above": each.above,
            "share": each.share,
            "value": place.unknowns[each.side].words(each.share),
            "quasi_p": each.quasi_p,
            "words": _limit(place, each),
        }
        for each in box.limits
    ]
    return {
        "limits": limits,
        **{name: getattr(box, name) for name in ("points", "cases", "density", "coverage", "base", "p")},
    }


def _text(
    place: Place, objective: Objective, leader: int, cases: NDArray[np.bool_], box: Box | None, *, alike: bool
) -> str:
    title, n = f"“{list(place.titles.values())[leader]}”", len(cases)
    if alike:
        return f"All options are alike in this ({objective.label}) at each of {n} points."
    if not cases.any():
        return f"{title} {objective.best}, alone or with others, at each of {n} points."
    said = f"{title} {objective.best} on average over the space, and does not at {cases.sum()} of {n} points"
    if box is None:
        return f"{said}; no unknown that was tried tells where, beyond what chance would find."
    where = " and ".join(_limit(place, each) for each in box.limits)
    outside, others = n - box.points, int(cases.sum()) - box.cases
    return (
        f"Where {where}, {title} no longer {objective.best}, at {box.cases} of {box.points} points; elsewhere that is "
        f"so at {others} of {outside} (the box holds {percent(box.coverage)} % of such points; "
        f"{percent(box.p)} % of shuffles give one as good)."
    )


def _limit(place: Place, limit: Limit) -> str:
    unknown = place.unknowns[limit.side]
    what = f"{unknown.called} ({unknown.place})" if unknown.called else unknown.place
    return f"{what} is {'above' if limit.above else 'below'} {unknown.words(limit.share)}"
