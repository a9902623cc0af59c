"""One night in figures: what was stopped, who was wrongly fired at, how long it took, and what it cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.messages.aircraft import Part, Status
from holdfire.messages.response import What
from holdfire.messages.score import CAUSES, FIGURES
from holdfire.score.finds import localities
from holdfire.score.scrambles import airborne_to_contact_min, alert_to_airborne_min
from holdfire.units import HOUR_S, KM_M, MINUTE_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records

CIVIL: Final = (Part.AIRLINER, Part.CARGO, Part.GENERAL_AVIATION, Part.GLIDER, Part.MEDICAL)
FRIENDLY: Final = (Part.FRIENDLY_DRONE, Part.FIGHTER, Part.EARLY_WARNING, Part.TANKER, Part.SURVEILLANCE)
"""Birds and balloons are neither: who fires at one wastes a shot, which `shots` counts, and wrongs nobody."""
TIMES: Final = {
    "border_to_track_min": "tracked_s",
    "border_to_identification_min": "identified_s",
    "border_to_permission_min": "permitted_s",
    "border_to_authority_min": "authorised_s",
    "border_to_interception_min": "intercepted_s",
}
"""Each a mean over the intruders that entered and for which it happened; negative: before the border."""


def figures(scored: Records, events: Records, responders: Records, counts: NDArray[np.int64]) -> dict[str, float]:
    """Return one night's figures, but for causes, cost and rungs, which are added to them.

    `scored` has one row for each aircraft, with its status and place at the end; `counts` those of a `Score`.
    Who flew back over the border has left, wherever it fell then.
    """
    entered = scored[(scored["part"] == Part.INTRUDER) & np.isfinite(scored["entered_s"])]
    out = dict.fromkeys(FIGURES, float("nan"))
    stopped = np.isin(entered["status"], (Status.SHOT_DOWN, Status.DISRUPTED))
    gone = ~stopped & ((entered["status"] == Status.LEFT) | np.isfinite(entered["left_s"]))
    out |= {
        "entered": entered.size,
        "detected": _reached(entered, "detected_s"),
        "tracked": _reached(entered, "tracked_s"),
        "identified": _reached(entered, "identified_s"),
        "intercepted": _reached(entered, "intercepted_s"),
        "engaged": _reached(entered, "engaged_s"),
        "stopped": int(stopped.sum()),
        "missed": int((~stopped).sum()),
        "left": int(gone.sum()),
        "fell": int(((entered["status"] == Status.FELL) & ~gone).sum()),
        "arrived": int(((entered["status"] == Status.ARRIVED) & ~gone).sum()),
        "deepest_km": float(entered["depth_m"].max() / KM_M) if entered.size else float("nan"),
    }
    out |= {name: _mean_min(entered, field) for name, field in TIMES.items()}
    wrongly = scored[np.isin(scored["part"], (*CIVIL, *FRIENDLY)) & np.isfinite(scored["engaged_s"])]
    out["wrongful_civil"] = int(np.isin(wrongly["part"], CIVIL).sum())
    out["wrongful_friendly"] = int(np.isin(wrongly["part"], FRIENDLY).sum())
    for place, cause in enumerate(CAUSES):
        out[f"wrongful_{cause.replace('-', '_')}"] = int((wrongly["cause"] == place).sum())
    out |= {
        "held_by_crew": _held(events),
        "shots": _happened(events, What.FIRED),
        "stray_weapons": _happened(events, What.STRAY),
        "people_harmed_debris": _sum(events, What.DEBRIS),
        "people_harmed_weapon": _sum(events, What.STRAY),
        "sorties": int(responders["sorties"].sum()),
        "flight_h": float(responders["flown_s"].sum() / HOUR_S),
        "tracks_confirmed": int(counts[1]),
        "tracks_false": int(counts[2]),
        "alert_to_airborne_min": alert_to_airborne_min(events),
        "airborne_to_contact_min": airborne_to_contact_min(events),
        "localities": localities(entered[~gone]),
        "debris_on_populated": _on_people(events),
        "people_harmed_wrongful": _harmed_by(wrongly, events),
    }
    return {name: float(value) for name, value in out.items()}


def _reached(rows: Records, field: str) -> int:
    return int(np.isfinite(rows[field]).sum())


def _mean_min(rows: Records, field: str) -> float:
    there = rows[np.isfinite(rows[field])]
    return float((there[field] - there["entered_s"]).mean() / MINUTE_S) if there.size else float("nan")


def _happened(events: Records, what: What) -> int:
    return int((events["what"] == what).sum())


def _held(events: Records) -> int:
    """Count the crews that could have fired at an aircraft and did not, each once, however many reasons it had."""
    held = events[events["what"] == What.HELD]
    return len(set(zip(held["responder"].tolist(), held["aircraft"].tolist(), strict=True)))


def _on_people(events: Records) -> int:
    """Count what fell on ground where people live, be it a wreck or a weapon gone astray.

    The model knows no empty ground but water: whoever lives outside towns is spread evenly over the land.
    """
    return int((np.isin(events["what"], (What.DEBRIS, What.STRAY)) & (events["value"] > 0)).sum())


def _harmed_by(wrongly: Records, events: Records) -> float:
    """Return how many people are expected to be harmed by what fell of shots at those wrongly engaged."""
    mine = events[np.isin(events["aircraft"], wrongly["aircraft"])]
    return _sum(mine, What.DEBRIS) + _sum(mine, What.STRAY)


def _sum(events: Records, what: What) -> float:
    return float(events["value"][events["what"] == what].sum())
