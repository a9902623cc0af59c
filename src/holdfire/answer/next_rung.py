"""Which unknown of the days after a night turns round whether an option that signals raises the other side's risk.

No night shows what an option signals, so no figure of a night hangs on it: this is asked of the ladder's exchange, over
the box of what nobody knows of it (`escalate.unknowns`), by PRIM as `discovery` asks it of the unknowns of a night.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.answer import groups
from holdfire.answer.prim import CHANCE, discover
from holdfire.catalogue import load_ladder
from holdfire.errors import HoldfireError
from holdfire.escalate.unknowns import shares, value_at
from holdfire.study.ladder import led_to
from holdfire.study.ladder_against import told_apart
from holdfire.study.ladder_ends import DRAWS
from holdfire.study.phrases import percent
from holdfire.study.standing import signals_of
from holdfire.units import number

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.answer.prim import Box
    from holdfire.study.ladder_ends import Ends
    from holdfire.study.manifest import Manifest
    from holdfire.study.results import Results

    Json = dict[str, Any]


def next_rungs(folder: Path, results: Results, base: str) -> list[Json]:
    """Return for each choice that signals otherwise than the base where it raises the risk of the other side's rung.

    Empty where none signals anything, or the ladder is no longer where it was.
    """
    asked = _asked(results.manifest, base)
    if not asked:
        return []
    left, ends = led_to(folder, results)
    at = shares(ends.box, DRAWS)[-DRAWS:]
    risks = {name: ends.mean(left[name], "other", "next_rung")[: ends.ratio.size][-DRAWS:] for name in (base, *asked)}
    out = []
    for name in asked:
        moved = told_apart(risks[name] - risks[base])
        box = discover(at, moved > 0.0, moved, CHANCE / len(asked))
        found = {"option": name, "raises": int((moved > 0.0).sum()), "points": DRAWS, "box": _json(ends, box)}
        out.append({**found, "text": _said(found, base)})
    return out


def _asked(manifest: Manifest, base: str) -> list[str]:
    """Return the choices that signal something else than the base does."""
    try:
        ladder = load_ladder(str(manifest["scenario"]["data"].get("ladder", "air-incidents")))
    except HoldfireError:
        return []
    names = groups.choices(groups.meant(manifest))
    heard = {name: signals_of(ladder, manifest, name) for name in (base, *names)}
    return [name for name in names if heard[name] != heard[base]]


def _json(ends: Ends, box: Box | None) -> Json | None:
    if box is None:
        return None
    limits = []
    for each in box.limits:
        unknown = ends.box[each.side]
        value = float(value_at(unknown, np.array([each.share]))[0])
        limits.append({"name": unknown.name, "above": each.above, "value": value, "quasi_p": each.quasi_p})
    return {"limits": limits, **{name: getattr(box, name) for name in ("points", "cases", "coverage", "p")}}


def _said(found: Json, base: str) -> str:
    name, raises, n, box = found["option"], found["raises"], found["points"], found["box"]
    told = f"{name} raises the risk of the other side's next rung against {base}"
    if box is None:
        where = "; no unknown tells where, beyond what chance would find" if 0 < raises < n else ""
        return f"{told} at {raises} of {n} points of what nobody knows of the days after{where}."
    limits = (
        f"{each['name']} is {'above' if each['above'] else 'below'} {number(round(each['value'], 2))}"
        for each in box["limits"]
    )
    return (
        f"Where {' and '.join(limits)}, {told} at {box['cases']} of {box['points']} points of what nobody knows of the "
        f"days after; elsewhere at {raises - box['cases']} of {n - box['points']} "
        f"({percent(box['p'])} % of shuffles give a box as good)."
    )
