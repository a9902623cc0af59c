"""Whether an option of the catalogue makes sense in a scenario, and if not, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from holdfire.scenario.constructs.rules import armed_crews

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


def _patrols(data: Raw) -> str:
    there = any(each.get("part", "fighter") == "fighter" for each in data.get("patrols", []))
    return "" if there else "no fighter is on patrol"


def _armed_crews(data: Raw) -> str:
    return "" if armed_crews(data) else "no armed crew of another state flies"


_LACKS: Final[dict[str, Callable[[Raw], str]]] = {
    "alert": _alert,
    "patrols": _patrols,
    "armed-crews": _armed_crews,
}
"""By what an option needs, what a scenario lacks, or nothing."""
