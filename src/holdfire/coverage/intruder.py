"""The aircraft that is looked for: a type from the shelf, its cross section and speed as stated or as asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from holdfire.catalogue import load_platform
from holdfire.errors import InputError
from holdfire.world.platform import platform_records

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.messages.layout import Records

TYPE: Final = "gerbera"
"""Whose cross section no source measures; the shelf's value is assumed, and says so."""
_RCS: Final = ("rcs_m2", "rcs_l_m2", "rcs_x_m2")


class Intruder(NamedTuple):
    """One that answers nobody and flies straight and level."""

    platforms: Records  # (1,) PLATFORM
    rcs_m2: float
    speed_m_s: float
    said: str
    """Where cross section and speed come from."""


def intruder(
    name: str = TYPE, rcs_m2: float | None = None, speed_m_s: float | None = None, near: Path | None = None
) -> Intruder:
    """Return it; raises `InputError` for a cross section or speed that no aircraft has."""
    stated = load_platform(name, near)
    for what, given, most, unit in (("cross section", rcs_m2, 1000.0, "m²"), ("speed", speed_m_s, 1000.0, "m/s")):
        if given is not None and not 0.0 < given <= most:
            message = f"a {what} of {given:g} {unit} is asked: give one above 0 and up to {most:g} {unit}"
            raise InputError(message)
    records = platform_records([stated])
    if rcs_m2 is not None:
        for each in _RCS:
            records[each] = rcs_m2
    stated_so = {name: getattr(stated, name).source.grade.value for name in ("rcs_s_m2", "cruise_m_s")}
    rcs_said = "as asked" if rcs_m2 is not None else stated_so["rcs_s_m2"]
    speed_said = "as asked" if speed_m_s is not None else stated_so["cruise_m_s"]
    return Intruder(
        records,
        float(records["rcs_m2"][0]),
        float(stated.cruise_m_s.value if speed_m_s is None else speed_m_s),
        f"{name}: cross section {rcs_said}, speed {speed_said}",
    )
