"""The options that are ours to choose, and the same once the other side has reacted: its reaction is no choice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from holdfire.study.reaction import REACTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.study.results import Results


def choices(names: Sequence[str]) -> tuple[str, ...]:
    """Return the options without reaction; all of them where none was run without."""
    return tuple(each for each in names if not each.endswith(REACTION)) or tuple(names)


def reacted(names: Sequence[str]) -> tuple[str, ...]:
    """Return each option with the other side's reaction where that was run, else as it is; none where none was run."""
    if all(each.endswith(REACTION) == names[0].endswith(REACTION) for each in names):
        return ()
    plain = choices(names)
    alone = [each for each in names if each.endswith(REACTION) and each.removesuffix(REACTION) not in plain]
    return (*(each + REACTION if each + REACTION in names else each for each in plain), *alone)


def of(results: Results, options: Sequence[str]) -> Results:
    """Return a study as if only these options had been run."""
    manifest = results.manifest
    titled = {each["id"]: each for each in manifest["options"]}
    return replace(
        results,
        manifest={**manifest, "options": [titled[each] for each in options]},
        figures={each: results.figures[each] for each in options},
    )
