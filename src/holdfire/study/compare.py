"""The comparison of options as data: every figure with its interval, and its paired difference from the base."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.messages.score import CLOSING
from holdfire.scenario.expand import meaning
from holdfire.study import estimate, paired
from holdfire.study.figures import COLUMN, GROUPS, TABLE, Figure, Reading
from holdfire.study.manifest import option_ids
from holdfire.study.space import space_of
from holdfire.study.standing import standing
from holdfire.study.subject import known_option
from holdfire.study.words import sentences
from holdfire.study.words_cost import NOT_COUNTED

if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfire.study.estimate import Sample
    from holdfire.study.results import Results

    Json = dict[str, Any]

CAUTIONS: Final = (
    "Archetypes, not the rules in force of any state.",
    "Every interval covers 95 % by itself: of a hundred of them, about five miss.",
    "Intervals count the nights that were drawn; they do not cover what is assumed.",
    "A figure that was never seen has a bound, not a zero.",
    "Wrongful engagement rests on assumed confusions: read it as a ratio between options, not as a rate.",
    NOT_COUNTED,
)


def compare(results: Results, base: str | None = None, stress: Json | None = None) -> Json:
    """Return the comparison of a study's options with one of them, ready for JSON.

    `base` is the first option where none is given; `stress` is what `stress.read` returned, for the sentences. Raises
    `UnknownNameError` where there is no option of that name.
    """
    manifest = results.manifest
    names = option_ids(manifest)
    against = names[0] if base is None else known_option(names, base)
    ordered = (against, *(name for name in names if name != against))
    titles = {option["id"]: option["title"] for option in manifest["options"]}
    made = {
        "scenario": {name: manifest["scenario"][name] for name in ("id", "title", "kind", "sha256")},
        "seed": manifest["seed"],
        "nights": manifest["replications"],
        "level": estimate.LEVEL,
        "base": against,
        "options": [
            {
                "id": name,
                "title": titles[name],
                **({"stands_for": means} if (means := meaning(manifest["scenario"]["data"], name)) != name else {}),
                "nights_as_base": _alike(results, against, name),
                "standing": standing(manifest, name),
            }
            for name in ordered
        ],
        "assumptions": manifest["assumptions"],
        "groups": [
            {
                "id": group,
                "title": title,
                "figures": [_figure(results, each, against, ordered) for each in shown],
            }
            for group, title in GROUPS.items()
            if (shown := [each for each in TABLE if each.group == group and _said(results, each)])
        ],
        "cautions": [*_of_space(results), *CAUTIONS],
    }
    return {**made, "sentences": sentences(made, stress)}


def _of_space(results: Results) -> tuple[str, ...]:
    """Return what to mind where nights are of a space: those of a point go together, and each is counted by itself."""
    space = space_of(results.manifest)
    if not space:
        return ()
    return (
        f"These nights are of a space, {space.nights} at each point: intervals that count nights are too narrow here, "
        "and holdfire answer counts points.",
    )


def _said(results: Results, figure: Figure) -> bool:
    """Whether a figure is shown: those of closed airports and of strays only of a scenario that has some."""
    column = COLUMN[figure.name]
    if figure.name not in (*CLOSING, "stopped_strays"):
        return True
    return not all(np.isnan(each[:, column]).all() for each in results.figures.values())


def _alike(results: Results, base: str, option: str) -> int:
    """Count the nights in which all that flew did exactly as under the base; closings and costs may differ."""
    return sum(map(str.__eq__, results.digests[base], results.digests[option]))


def _figure(results: Results, figure: Figure, base: str, options: tuple[str, ...]) -> Json:
    samples = {name: results.figures[name][:, COLUMN[figure.name]] for name in options}
    one, two = _ESTIMATES[figure.reading]
    return {
        "name": figure.name,
        "label": figure.label,
        "unit": figure.unit,
        "reading": figure.reading.value,
        "options": {
            name: {
                **one(sample),
                "differing": paired.differing(samples[base], sample),
                "against_base": None if name == base else two(samples[base], sample),
            }
            for name, sample in samples.items()
        },
    }


def _mean(sample: Sample) -> Json:
    return {"estimate": asdict(estimate.mean(sample))}


def _median(sample: Sample) -> Json:
    return {"estimate": asdict(estimate.median(sample))}


def _rare(sample: Sample) -> Json:
    seen = estimate.proportion(int(np.count_nonzero(sample)), sample.size)
    return {"nights_with_any": asdict(seen), "total": float(sample.sum())}


def _mean_difference(base: Sample, option: Sample) -> Json:
    return {"difference": asdict(paired.mean_difference(base, option))}


def _median_difference(base: Sample, option: Sample) -> Json:
    return {"difference": asdict(paired.median_difference(base, option))}


def _ratio(base: Sample, option: Sample) -> Json:
    return {"ratio": asdict(paired.ratio(base, option))}


def _shift(base: Sample, option: Sample) -> Json:
    return {"shift": asdict(paired.shift(base, option))}


_ESTIMATES: Final[dict[Reading, tuple[Callable[[Sample], Json], Callable[[Sample, Sample], Json]]]] = {
    Reading.MEAN: (_mean, _mean_difference),
    Reading.MEDIAN: (_median, _median_difference),
    Reading.RARE: (_rare, _ratio),
    Reading.RANK: (_median, _shift),
}
