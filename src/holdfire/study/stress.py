"""One assumed number at a time at both ends of its range: what it does to each option's difference from the base.

The first nights of the study are rehearsed again with the same draws, so that nothing else differs.
"""

from __future__ import annotations

import json
import shlex
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.errors import InputError, StoppedError
from holdfire.study import manifest as manifests
from holdfire.study.figures import COLUMN
from holdfire.study.files import write_whole
from holdfire.study.flips import turns
from holdfire.study.library import library_digests
from holdfire.study.paired import mean_difference
from holdfire.study.results import load
from holdfire.study.run import Request, run_study
from holdfire.study.subject import Subject
from holdfire.study.versus import RUNGS, WRONGFUL, side_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from holdfire.study.estimate import Sample
    from holdfire.study.manifest import Manifest
    from holdfire.study.run import Tell
    from holdfire.study.vary import Trial

    Json = dict[str, Any]
    Nights = Mapping[str, NDArray[np.float64]]

NAME: Final = "stress.json"
NIGHTS: Final = 20
FIGURES: Final = {
    "stopped": "stopped, mean a night",
    "wrongful": "share of nights in which somebody is wrongly fired at",
    "cost_own_meur": "own cost, M€ a night",
    "peak_rung_own": "share of nights with a higher rung of our own, less those with a lower",
    "peak_rung_other": "share of nights with a higher rung of the other side, less those with a lower",
}
"""What an option is held against the base by; the first is the one that a reader is shown first."""
FIRST: Final = 2
"""Nights whose figures are kept as they are, so that whoever has the trial can rehearse them again and compare."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is tried on the study in a folder: how many of its nights, and in how many processes."""

    folder: Path
    nights: int | None = None
    """As many as were tried before where none are asked, or `NIGHTS`."""
    workers: int = 1


def read(folder: Path) -> Json | None:
    """Return what was tried on the results in a folder; `None` where nothing was, or on results other than these."""
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    same = isinstance(kept, dict) and kept.get("manifest") == _digest(manifests.read(folder))
    return kept if same else None


def is_stale(folder: Path) -> bool:
    """Whether something was tried there, but on other results."""
    return (folder / NAME).exists() and read(folder) is None


def stress(asked: Asked, trials: Sequence[Trial], tell: Tell) -> Json:
    """Try each place at both ends, keep what came of it after each, and return all that was tried on these results.

    What was tried before on as many nights is not tried again; on others it is dropped.

    Raises
    ------
    InputError
        Where the results are not finished, were made by other code, or have one option only.
    StoppedError
        Where it was interrupted: places that are finished are kept.
    """
    results = load(asked.folder)
    _require_same_code(results.manifest)
    names = manifests.option_ids(results.manifest)
    if len(names) < 2:
        message = f"{asked.folder} has one option only: there is no difference between options to try anything on"
        raise InputError(message)
    made = _begun(asked, results.manifest)
    nights = made["nights"]
    done = {each["place"] for each in made["tried"]}
    todo = [trial for trial in trials if trial.place not in done]
    as_run = {name: results.figures[name][:nights] for name in names}
    first = made.setdefault("first", {"as_run": first_nights(as_run), "tried": {}})
    for place, trial in enumerate(todo):
        at_low, at_high = (
            _rehearsed(asked, nights, data, _onward(tell, (2 * place + end) * nights, 2 * len(todo) * nights))
            for end, data in enumerate((trial.at_low, trial.at_high))
        )
        made["tried"].append(_tried(trial, made["base"], (as_run, at_low, at_high)))
        first["tried"][trial.place] = {"low": first_nights(at_low), "high": first_nights(at_high)}
        write_whole(asked.folder / NAME, json.dumps(made, indent=1, ensure_ascii=False) + "\n")
        shutil.rmtree(asked.folder / "stress", ignore_errors=True)
    return made


def first_nights(nights: Nights) -> Json:
    """Return what the first nights of each option came to, in the figures that differences are made of."""
    columns = {name: column for name, column in COLUMN.items() if name in FIGURES or name in WRONGFUL}
    return {
        option: [{name: float(night[column]) for name, column in columns.items()} for night in figures[:FIRST]]
        for option, figures in nights.items()
    }


def _digest(manifest: Manifest) -> str:
    """Return the digest of what makes the first nights of a study what they are; more may be added."""
    kept = {name: value for name, value in manifest.items() if name != "replications"}
    return manifests.digest(json.dumps(kept, sort_keys=True))


def _require_same_code(manifest: Manifest) -> None:
    """Raise `InputError` where a difference could come from anything but the number that is tried."""
    shipped = library_digests()
    other = [name for name, value in manifest["library"].items() if shipped.get(name, value) != value]
    if manifest["versions"]["source"] != manifests.source_digest():
        other.insert(0, "holdfire's own code")
    if other:
        message = f"these results were made by another version ({other[0]} differs): run the study again, then try"
        raise InputError(message)


def _begun(asked: Asked, manifest: Manifest) -> Json:
    """Return what was tried before, or that nothing was."""
    kept = read(asked.folder)
    nights = min(asked.nights or (kept["nights"] if kept else NIGHTS), manifest["replications"])
    if kept and kept["nights"] == nights:
        return kept
    first, *_ = FIGURES
    return {
        "manifest": _digest(manifest),
        "base": manifests.option_ids(manifest)[0],
        "nights": nights,
        "figure": first,
        "label": FIGURES[first],
        "figures": [{"name": name, "label": label} for name, label in FIGURES.items()],
        "tried": [],
    }


def _onward(tell: Tell, before: int, total: int) -> Tell:
    """Return how one end tells of its progress within that of all."""

    def onward(what: str, done: int, _of: int) -> None:
        if what == "rehearsing":
            tell(what, before + done, total)

    return onward


def _rehearsed(asked: Asked, nights: int, data: Mapping[str, Any], tell: Tell) -> Nights:
    """Rehearse a study's first nights on other data, resuming what an interrupted one left."""
    manifest = manifests.read(asked.folder)
    subject = _subject(manifest, data)
    out = asked.folder / "stress" / f"{manifests.digest(json.dumps(data, sort_keys=True))[:16]}-{nights}"
    request = Request(out, nights, manifest["seed"], asked.workers, chunk_size=min(5, manifest["chunk_size"]))
    out.mkdir(parents=True, exist_ok=True)
    try:
        run_study(subject, replace(request, resume=(out / manifests.NAME).exists()), tell)
    except StoppedError as error:
        again = shlex.join(["holdfire", "stress", str(asked.folder)])
        message = f"{str(error).partition('; continue with: ')[0]}; continue with: {again}"
        raise StoppedError(message) from None
    return load(out).figures


def _subject(manifest: Manifest, data: Mapping[str, Any]) -> Subject:
    """Return the subject of a study as its manifest has it, on other data."""
    return Subject(
        id=manifest["scenario"]["id"],
        title=manifest["scenario"]["title"],
        kind=manifest["scenario"]["kind"],
        text="",
        data=data,
        options={option["id"]: option["title"] for option in manifest["options"]},
        library=manifest["library"],
        bibliography=(),
        assumptions=(),
        names={name: tuple(values) for name, values in manifest["names"].items()},
        builder=manifest["engine"],
    )


def _tried(trial: Trial, base: str, nights: tuple[Nights, Nights, Nights]) -> Json:
    figures = {figure: _moved(figure, base, nights) for figure in FIGURES}
    first, *_ = FIGURES
    said = {name: getattr(trial, name) for name in ("place", "called", "why", "as_run", "low", "high")}
    return {**said, "options": figures[first], "figures": figures}


def _moved(figure: str, base: str, nights: tuple[Nights, Nights, Nights]) -> Json:
    """Return each option's difference from the base as run and at both ends, and at which ends it turns round."""
    out = {}
    for option in nights[0]:
        if option != base:
            as_run, low, high = (_ends(figure, each[base], each[option]) for each in nights)
            turns_at = [name for name, end in (("low", low), ("high", high)) if turns(side_of(as_run), side_of(end))]
            out[option] = {"as_run": as_run, "low": low, "high": high, "turns_at": turns_at, "flips": bool(turns_at)}
    return out


def _ends(figure: str, base: NDArray[np.float64], option: NDArray[np.float64]) -> Json:
    before, after = _measure(figure, base), _measure(figure, option)
    if figure in RUNGS:  # steps of a ladder have no size
        before, after = np.zeros(before.size), np.sign(after - before)
    found = mean_difference(before, after)
    return {"value": found.value, "low": found.low, "high": found.high}


def _measure(figure: str, nights: NDArray[np.float64]) -> Sample:
    if figure == "wrongful":
        return (nights[:, COLUMN["wrongful_civil"]] + nights[:, COLUMN["wrongful_friendly"]] > 0).astype(np.float64)
    return nights[:, COLUMN[figure]]
