"""Whose night tells a number: of one night the aircraft that a figure is about, by the name that a trace takes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from holdfire.errors import InputError
from holdfire.report.brief.ledger import Origin
from holdfire.score.figures import CIVIL, FRIENDLY
from holdfire.study.results import first_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from holdfire.messages.aircraft import Part

Whom = Callable[[Origin, int], str | None]
"""From where a number comes from and a night to the name of an aircraft; `None` where it is about nobody there."""


def _in(parts: tuple[Part, ...]) -> str:
    return f"({', '.join(repr(part.name.lower()) for part in parts)})"


_ENTERED: Final = "part = 'intruder' AND isfinite(entered_s)"
_ENGAGED: Final = f"{_ENTERED} AND isfinite(engaged_s)"
_MET: Final = f"{_ENTERED} AND isfinite(intercepted_s)"
_FIRED_AT: Final = "isfinite(engaged_s) AND part IN"
_STRANGER: Final = f"isfinite(tracked_s) AND part NOT IN {_in(FRIENDLY)}"
_WATCHED: Final = (f"{_STRANGER} AND part = 'intruder'", _STRANGER)
_WHOM: Final[dict[str, tuple[str, ...]]] = {
    "stopped": (f"{_ENTERED} AND status IN ('shot_down', 'disrupted')", _ENTERED),
    "intercepted": (_MET, _ENTERED),
    "wrongful_civil": (f"{_FIRED_AT} {_in(CIVIL)}",),
    "wrongful_friendly": (f"{_FIRED_AT} {_in(FRIENDLY)}",),
    "cost_own_meur": ("shots > 0", "isfinite(tasked_s)", _ENTERED),
    "peak_rung_own": (_ENGAGED, _MET, _ENTERED),
    "peak_rung_other": (_ENGAGED, _MET, _ENTERED),
    **dict.fromkeys(("closed_min", "cost_closing_meur", "diverted", "cancelled", "passengers_delayed"), _WATCHED),
}
"""Who of a night bears on a figure, whoever bears on it most first; on any other figure whoever came in."""


def whom(origins: Iterable[Origin]) -> Whom:
    """Return who it is that numbers are about, night by night; of several the first by name, intruders before others.

    Nights of a study that is not finished have no names yet.
    """
    asked = {(Path(each.study.folder), condition) for each in origins for condition in _conditions(each)}
    there: dict[tuple[Path, str], dict[tuple[str, int], str]] = {}
    for folder, condition in asked:
        with contextlib.suppress(InputError):
            there[folder, condition] = first_named(folder, condition)

    def about(origin: Origin, night: int) -> str | None:
        named = (there.get((Path(origin.study.folder), each), {}) for each in _conditions(origin))
        return next((found[origin.option, night] for found in named if (origin.option, night) in found), None)

    return about


def _conditions(origin: Origin) -> list[str]:
    figures = origin.of.figures or ("peak_rung_other",)  # of a ladder
    return list(dict.fromkeys(each for figure in figures for each in _WHOM.get(figure, (_ENTERED,))))
