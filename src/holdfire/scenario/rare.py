"""What is wrong with alternatives, lights and closing airports, beyond what each says by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.errors import Finding
from holdfire.findings import did_you_mean, one_of
from holdfire.logic.checks import mappings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.errors import Location
    from holdfire.logic.checks import Raw

_ALMOST = 1e-6  # shares that are thirds or sixty-firsts add up to hardly more than 1


def rare(data: Raw) -> Iterator[Finding]:
    """Yield findings on alternatives beyond certainty, lights that nobody could report, airports without a site."""
    yield from _alternatives(data)
    yield from _accompanying(data)
    sensors = [str(each.get("id")) for _, each in mappings(data.get("sensors"))]
    for index, light in mappings(data.get("lights")):
        yield from _known(("lights", index, "seen_by"), light.get("seen_by"), sensors, "sensors")
    closing, sites = data.get("closing"), [str(each.get("id")) for _, each in mappings(data.get("sites"))]
    for index, airport in mappings(closing.get("airports") if isinstance(closing, dict) else None):
        yield from _known(("closing", "airports", index, "id"), airport.get("id"), sites, "sites")


def _alternatives(data: Raw) -> Iterator[Finding]:
    total: dict[str, float] = {}
    for loc, entry in _entries(data):
        name, chance = entry.get("one_of"), entry.get("chance")
        if isinstance(name, str) and isinstance(chance, (int, float)):
            total[name] = total.get(name, 0.0) + chance
            if total[name] > 1.0 + _ALMOST:
                text = f"the chances of the alternatives {name!r} add up to {total[name]:g}: make it 1 at most"
                yield Finding((*loc, "chance"), text)
                return


def _accompanying(data: Raw) -> Iterator[Finding]:
    rare_ = {str(each.get("id")): each.get("chance") for _, each in mappings(data.get("intruders"))}
    for index, entry in mappings(data.get("intruders")):
        other, loc = entry.get("accompanies"), ("intruders", index, "accompanies")
        if not isinstance(other, str):
            continue
        known = [name for name, chance in rare_.items() if chance is not None and name != entry.get("id")]
        if "chance" in entry or "one_of" in entry:
            text = f"it comes in the nights of {other!r}: leave out its own chance and one_of"
            yield Finding(loc, text)
        elif other not in known:
            there = did_you_mean(other, known) or f": there are {one_of(known, all_of=True) if known else 'none'}"
            yield Finding(loc, f"{other!r} is not among the groups of intruders with a chance{there}")


def _entries(data: Raw) -> Iterator[tuple[Location, Raw]]:
    for section in ("intruders", "lights"):
        for index, entry in mappings(data.get(section)):
            yield (section, index), entry


def _known(loc: Location, name: object, known: list[str], section: str) -> Iterator[Finding]:
    if isinstance(name, str) and name not in known:
        there = did_you_mean(name, known) or f": there are {one_of(known, all_of=True) if known else 'none'}"
        yield Finding(loc, f"{name!r} is not among the {section}{there}")
