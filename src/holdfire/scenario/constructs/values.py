"""Values instead: multiplied within bounds, or set, at addresses in which `*` is any entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.scenario.address import name_of
from holdfire.scenario.change import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from holdfire.logic.checks import Raw
    from holdfire.logic.option_entry import ScaleModel

Json = dict[str, Any]
_BOUNDED = ("low", "likely", "high")


def scaled(data: Raw, given: Sequence[ScaleModel]) -> Change:
    """Return numbers multiplied, a range at each of its ends; what is drawn in whole numbers stays whole."""
    out: Json = {}
    for each in given:
        for address, value in addresses(data, each.at.split("."), each.part):
            out[address] = _times(value, each)
    return Change(set=out)


def fixed(data: Raw, given: Mapping[str, Any]) -> Change:
    """Return values set; an address without `*` may be one that the file leaves to its default."""
    out: Json = {}
    for pattern, value in given.items():
        if "*" not in pattern:
            out[pattern] = value
            continue
        *holder, last = pattern.split(".")
        out |= {f"{address}.{last}": value for address, _ in addresses(data, holder, None)}
    return Change(set=out)


def closing(data: Raw, policy: str | None) -> Change:
    """Return another policy of closing airspace, where the scenario closes any."""
    return Change(set={"closing.policy": policy}) if policy and data.get("closing") else Change()


def addresses(data: Raw, pattern: Sequence[str], part: str | None) -> Iterator[tuple[str, Any]]:
    """Yield every address that fits a pattern and is written in the data, with its value.

    With a `part`, of patrols only those that are there for it.
    """
    if pattern[0] == "patrols" and part is not None:
        mine = [each for each in data.get("patrols", []) if each.get("part", "fighter") == part]
        data = {**data, "patrols": mine}
    yield from _below(data, pattern, ())


def _below(here: Any, pattern: Sequence[str], so_far: tuple[str, ...]) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    if not pattern:
        yield ".".join(so_far), here
        return
    first, *rest = pattern
    named = here if isinstance(here, dict) else {}
    if isinstance(here, list):
        names = [name_of(each) for each in here]
        named = {name: each for name, each in zip(names, here, strict=True) if name and names.count(name) == 1}
    for name, child in named.items():
        if first in ("*", name):
            yield from _below(child, rest, (*so_far, name))


def _times(value: Any, by: ScaleModel) -> Any:  # noqa: ANN401  # a number, or a range with its source
    if isinstance(value, dict):
        return {name: _times(value[name], by) for name in _BOUNDED if name in value}
    made = value * by.by
    made = max(made, by.least) if by.least is not None else made
    made = min(made, by.most) if by.most is not None else made
    return round(made) if isinstance(value, int) and by.by >= 1 else float(f"{made:.3g}")
