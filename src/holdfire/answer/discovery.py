"""Which unknown turns a conclusion round: for the best option in each thing, the box in which it is not best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from holdfire.answer.objectives import ALL, MADE_OF, of
from holdfire.answer.prim import CHANCE, discover
from holdfire.study.phrases import percent
from holdfire.study.said import Kind, Number, Of, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from holdfire.answer.objectives import Objective
    from holdfire.answer.prim import Box, Limit
    from holdfire.study.said import Said
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
    made = {
        "objective": objective.name,
        "leader": options[leader],
        "alike": alike,
        "not_best": float(cases.mean()),
        "points": len(cases),
        "box": _json(place, box) if box else None,
    }
    return {**made, "text": said(made, place.titles).text}


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


def said(found: Json, titles: Mapping[str, str]) -> Said:
    """Return one thing that was discovered in words, with what each number is of."""
    title, n, box = f"“{titles[found['leader']]}”", str(found["points"]), found["box"]
    objective = next(each for each in ALL if each.name == found["objective"])
    if found["alike"]:
        return say("All options are alike in this ({}) at each of {} points.", objective.label, n)
    cases = round(found["not_best"] * found["points"])
    if not cases:
        return say("{} {}, alone or with others, at each of {} points.", title, objective.best, n)
    of = Of(MADE_OF[objective.name], (found["leader"],), kind=Kind.NOT_BEST)
    if box is None:
        return say(
            "{} {} on average over the space, and does not at {} of {} points; no unknown that was tried tells where, "
            "beyond what chance would find.",
            title, objective.best, Number(str(cases), of), n,
        )  # fmt: skip
    where = " and ".join(each["words"] for each in box["limits"])
    inside, others, coverage, p = (
        Number(text, of)
        for text in (str(box["cases"]), str(cases - box["cases"]), percent(box["coverage"]), percent(box["p"]))
    )
    return say(
        "Where {}, {} no longer {}, at {} of {} points; elsewhere that is so at {} of {} (the box holds {} % of such "
        "points; {} % of shuffles give one as good).",
        where, title, objective.best, inside, str(box["points"]), others, str(found["points"] - box["points"]),
        coverage, p,
    )  # fmt: skip


def _limit(place: Place, limit: Limit) -> str:
    unknown = place.unknowns[limit.side]
    what = f"{unknown.called} ({unknown.place})" if unknown.called else unknown.place
    return f"{what} is {'above' if limit.above else 'below'} {unknown.words(limit.share)}"
