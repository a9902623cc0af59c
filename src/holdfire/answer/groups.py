"""The options that are ours to choose, and the same once the other side has reacted: its reaction is no choice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.scenario.expand import meaning
from holdfire.study.manifest import option_ids
from holdfire.study.reaction import REACTION, paired

if TYPE_CHECKING:
    from collections.abc import Mapping

    from holdfire.study.manifest import Manifest
    from holdfire.study.results import Results


def meant(manifest: Manifest) -> dict[str, str]:
    """Return by id what each option of a study stands for: what a scenario's own one uses, else its id."""
    return {name: meaning(manifest["scenario"]["data"], name) for name in option_ids(manifest)}


def choices(options: Mapping[str, str]) -> tuple[str, ...]:
    """Return the options without reaction; all of them where none was run without. `options` are as `meant` says."""
    return tuple(name for name, means in options.items() if not means.endswith(REACTION)) or tuple(options)


def reacted(options: Mapping[str, str]) -> tuple[str, ...]:
    """Return each choice with the other side's reaction where that was run, else as it is; none where none was run.

    After them come those that were run with the reaction only.
    """
    ours = choices(options)
    if len(ours) == len(options):
        return ()
    reacting = paired(options)
    with_it = tuple(reacting.get(name, name) for name in ours)
    return (*with_it, *(name for name in options if name not in ours and name not in with_it))


def of(results: Results, options: tuple[str, ...]) -> Results:
    """Return a study as if only these options had been run."""
    manifest = results.manifest
    titled = {each["id"]: each for each in manifest["options"]}
    return replace(
        results,
        manifest={**manifest, "options": [titled[each] for each in options]},
        figures={each: results.figures[each] for each in options},
    )
