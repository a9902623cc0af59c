"""Whether an option of the catalogue makes sense in a scenario, and if not, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from holdfire.catalogue import load_platform
from holdfire.scenario.constructs.elsewhere import beyond
from holdfire.scenario.constructs.patrolled import ready
from holdfire.scenario.constructs.rules import armed_crews, own
from holdfire.scenario.constructs.sent import guarded_sites
from holdfire.scenario.outside import outside

if TYPE_CHECKING:
    from collections.abc import Callable

    from holdfire.logic.checks import Raw
    from holdfire.logic.option_entry import OptionEntry


def senseless(data: Raw, entry: OptionEntry) -> str:
    """Return why an option makes no sense in a scenario's data; nothing where it does."""
    for each in entry.makes_sense:
        lacks = _LACKS[each.needs](data)
        if lacks:
            return f"{lacks}, and {each.because[0].lower()}{each.because[1:].rstrip('.')}"
    return ""


def _alert(data: Raw) -> str:
    return "" if any(base.get("aircraft") for base in data.get("bases", [])) else "nothing stands on alert"


def _fighters(data: Raw) -> str:
    there = any(each.get("part", "fighter") == "fighter" for each in data.get("patrols", []))
    return "" if there or any(ready(base) for base in data.get("bases", [])) else "no fighter is on patrol or on alert"


def _armed_crews(data: Raw) -> str:
    return "" if armed_crews(data) else "no armed crew of another state flies"


def _own_aircraft(data: Raw) -> str:
    return "" if any(own(data)) else "no aircraft of our own flies"


def _outside_border(data: Raw) -> str:
    return "" if outside(data).length_m > 0 else "no border is guarded that faces a state outside the alliance"


def _ally(data: Raw) -> str:
    return "" if beyond(data, 100_000.0, 20_000.0) else "no allied neighbour near by has room for a radar in the area"


def _sites(data: Raw) -> str:
    return "" if data.get("sites") and guarded_sites(data) else "no site is protected on land that is guarded"


def _uncrewed(data: Raw) -> str:
    flown = [load_platform(each["platform"]) for each in data.get("intruders", [])]
    return "" if any(not each.crewed for each in flown) else "nothing uncrewed comes"


def _closing(data: Raw) -> str:
    return "" if data.get("closing") else "no airport here closes"


_LACKS: Final[dict[str, Callable[[Raw], str]]] = {
    "alert": _alert,
    "allied-neighbour": _ally,
    "armed-crews": _armed_crews,
    "closing": _closing,
    "fighters": _fighters,
    "outside-border": _outside_border,
    "own-aircraft": _own_aircraft,
    "sites": _sites,
    "uncrewed": _uncrewed,
}
"""By what an option needs, what a scenario lacks, or nothing."""
