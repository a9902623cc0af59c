"""Write the report of a study: read what there is, film the nights that tell most, and put all of it on one page."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from holdfire.errors import InputError
from holdfire.report import page as pages
from holdfire.report.document import document
from holdfire.report.filming import films
from holdfire.report.kept import keep
from holdfire.report.nights import Choice, chosen, named
from holdfire.study.files import replacing
from holdfire.study.manifest import option_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from holdfire.report.filming import Film
    from holdfire.report.kept import Kept

    Tell = Callable[[str, int, int], None]


_CHOICE: Final = Choice()


class Written(NamedTuple):
    """What was written: the page's size (MB), the nights that can be played, and what is wrong with the study."""

    mb: float
    nights: tuple[int, ...]
    problems: tuple[str, ...]


def write(
    folder: Path,
    out: Path,
    nights: str | None = None,
    workers: int = 1,
    tell: Tell = lambda _what, _done, _of: None,
    choice: Choice = _CHOICE,
) -> Written:
    """Write the report of a study's folder.

    Parameters
    ----------
    folder
        What `holdfire run` wrote, finished or not.
    out
        The file to write, whole or not at all.
    nights
        The nights to be played, as `0,3`; by default those that tell most, as many as fit.
    workers
        Processes that film.
    tell
        Told what is being done, how much of it is done, and of how much.
    choice
        Which nights are played where none are named.

    Raises
    ------
    InputError
        A folder that holds no study, a night that it does not have, or a file that cannot be written.
    CapacityError
        A page above the budget.
    """
    refuse_unwritable(out)
    if workers < 1:
        message = f"{workers} workers are asked: ask for 1 or more"
        raise InputError(message)
    text = pages.shell()
    kept = keep(folder)
    wanted = _wanted(kept, nights, choice)
    tell("describing", 0, 1)
    report = document(kept)
    room_mb = pages.BUDGET_MB - len(pages.page(text, report, {})) / 1e6 - 0.01  # a little for the list of films
    filmed = films(kept.manifest, {night: _told_of(kept, night) for night in wanted}, workers, tell)
    held = _held(kept, report, filmed, wanted, room_mb if nights is None else math.inf)
    made = pages.page(text, report, held)
    pages.refuse_too_big(made)
    with replacing(out) as part:
        part.write_bytes(made)
    shown = tuple(entry["replication"] for entry in report["films"])
    return Written(len(made) / 1e6, shown, tuple(report["problems"]))


def _held(
    kept: Kept, report: dict[str, Any], filmed: Iterable[Film], wanted: Mapping[int, str], room_mb: float
) -> dict[str, bytes]:
    """Return the films that are shown, by element; say in the report which they are, and which are not and why."""
    held: dict[str, bytes] = {}
    for film in filmed:
        problem = film.problem or _other(kept, film) or _does_not_fit(film, room_mb)
        if problem:
            report["problems"].append(problem)
            continue
        element = f"film-{film.replication}"
        held[element] = film.data
        room_mb -= pages.film_mb(film.data)
        report["films"].append({"replication": film.replication, "why": wanted[film.replication], "element": element})
    return held


def _does_not_fit(film: Film, room_mb: float) -> str:
    if pages.film_mb(film.data) <= room_mb:
        return ""
    return (
        f"Night {film.replication} does not fit: its film takes {pages.film_mb(film.data):.1f} MB and there is "
        f"room for {max(room_mb, 0.0):.1f}; --nights {film.replication} shows it alone."
    )


def refuse_unwritable(out: Path) -> None:
    """Raise `InputError` for a file that cannot be written, before time is spent on it."""
    folder = out.absolute().parent
    if not folder.is_dir():
        reason = f"{folder} is no folder"
    elif out.is_dir():
        reason = "it is a folder"
    elif not os.access(folder, os.W_OK):
        reason = f"nothing may be written to {folder}"
    else:
        return
    message = f"{out} cannot be written ({reason}): name another file with --out"
    raise InputError(message)


def _wanted(kept: Kept, nights: str | None, choice: Choice) -> dict[int, str]:
    if kept.results is None:
        return {}
    why = chosen(kept.results, kept.fates, choice.first)
    if nights is None:
        return dict(list(why.items())[: choice.most])
    n = len(next(iter(kept.results.digests.values())))
    return {night: why.get(night, "named with --nights") for night in named(nights, n)}


def _told_of(kept: Kept, night: int) -> dict[str, list[int]]:
    """Return, by option, the aircraft of a night that matter."""
    out: dict[str, list[int]] = {option: [] for option in option_ids(kept.manifest)}
    for fate in kept.fates:
        if fate.replication == night:
            out[fate.option].append(fate.place)
    return out


def _other(kept: Kept, film: Film) -> str:
    """Say where a replay is not the night of the results."""
    digests = kept.results.digests if kept.results else {}
    others = [option for option, digest in film.digests.items() if digests[option][film.replication] != digest]
    if not others:
        return ""
    return (
        f"Night {film.replication} cannot be played: replayed by this version under {', '.join(others)} it is not the "
        "night of the results. The comparison stands; play it with the version that wrote it, or run the study anew."
    )
