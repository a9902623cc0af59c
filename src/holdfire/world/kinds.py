"""What is assumed of each kind of civil traffic where a scenario says nothing: all graded `assumed`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from holdfire.messages.aircraft import Part


@dataclass(frozen=True, slots=True)
class TrafficKind:
    """One kind of civil traffic."""

    field: str
    """Its field of `background`."""
    part: Part
    platform: str
    plan_share: float
    length_m: tuple[float, float] | None
    """Of its paths; `None`: they lie between airports."""
    bends: int
    bend: float
    """Standard deviation of its way aside, as a share of the path's length."""
    gradient: float
    levels: bool
    """It cruises on flight levels."""
    fitted: bool
    """It has transponder and radio by law; else it may have been built without."""
    toward_deg: float | None = None
    """Where it goes, give or take; `None`: anywhere."""


KINDS: Final = (
    TrafficKind("airliners", Part.AIRLINER, "airliner", 1.0, None, 2, 0.015, 0.05, levels=True, fitted=True),
    TrafficKind("cargo", Part.CARGO, "airliner-heavy", 1.0, None, 2, 0.015, 0.05, levels=True, fitted=True),
    TrafficKind(
        "general_aviation", Part.GENERAL_AVIATION, "light-aircraft", 0.3, (30e3, 250e3), 2, 0.06, 0.05,
        levels=False, fitted=False,
    ),
    TrafficKind("gliders", Part.GLIDER, "glider", 0.0, (15e3, 80e3), 5, 0.25, 0.03, levels=False, fitted=False),
    TrafficKind(
        "medical_helicopters", Part.MEDICAL, "medical-helicopter", 0.4, (15e3, 90e3), 1, 0.02, 0.1,
        levels=False, fitted=False,
    ),
)  # fmt: skip
