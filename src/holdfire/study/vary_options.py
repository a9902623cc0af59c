"""Which assumed numbers of a study's options are tried at both ends, and its options as they then are.

What an option of the catalogue adds to a scenario follows from its own numbers: how far apart, how many at most, how
deep. Each is moved there, and the option is worked out anew for the scenario, so that the count of radars, their
places and what they cost move with it.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from holdfire import catalogue
from holdfire.errors import HoldfireError, InputError, UnknownNameError
from holdfire.findings import did_you_mean
from holdfire.scenario.expand import expanded
from holdfire.scenario.option import with_option
from holdfire.scenario.own import REACTION
from holdfire.scenario.schema import Scenario
from holdfire.study.option_numbers import option_numbers, with_number
from holdfire.study.vary import Trial, half_and_double, in_words, listed
from holdfire.study.vary import trials as trials_of_scenario
from holdfire.units import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from holdfire.logic.checks import Raw
    from holdfire.logic.option_entry import OptionEntry
    from holdfire.study.option_numbers import OptionNumber

    Shelf = Mapping[str, OptionEntry]

FIRST: Final = "options."
"""How the address of a number of an option begins."""
BEARING: Final[dict[str, str]] = {
    "options.*.orbits.every_km": "how many circle along the border",
    "options.*.orbits.at_most": "how many circle at most",
    "options.*.orbits.number": "how many fly together",
    "options.*.patrols.number": "how many fly together",
    "options.*.stand.*.every_km": "how many sensors stand along the border",
    "options.*.stand.*.at_most": "how many sensors stand at most",
    "options.*.neighbours.every_km": "how many sensors of neighbours are shared",
    "options.*.spread.*.spacing_km": "how dense a network is",
    "options.*.units.at_most": "how many sites have a unit",
    "options.*.units.reach_km": "how far from its post a unit acts",
    "options.*.package.whole_km": "how many of those announced are sent here",
    "options.*.package.readiness_min": "how soon those who are sent are in the air",
    "options.*.scale.*.by": "by how much an option makes something more or less",
}
"""What is tried of the options of a study unless places are named, and the reason of each."""


def trials(data: Raw, asked: Sequence[str] = (), options: Sequence[str] = ()) -> list[Trial]:
    """Return what is tried on a study: of its scenario as `vary.trials` does, which it raises as, and of its `options`.

    Unasked, places of `BEARING` whose ends change nothing here, or cannot stand, are left out.
    """
    alike = _alike(data, options)
    if not asked:
        return [*trials_of_scenario(data), *_bearing(data, alike)]
    ordered = dict.fromkeys(asked)
    found = {place: _asked(data, place, alike) for place in ordered if place.startswith(FIRST)}
    return [found[place] if place in found else trials_of_scenario(data, [place])[0] for place in ordered]


def _bearing(data: Raw, options: Sequence[str]) -> Iterator[Trial]:
    for place in BEARING:
        with contextlib.suppress(InputError):  # a place that nobody asked for
            made = _trial(data, place, options)
            if made and not made.at_low == data == made.at_high:
                yield made


def _asked(data: Raw, place: str, options: Sequence[str]) -> Trial:
    made = _trial(data, place, options)
    if made is None:
        known = [each.address for entry in _shelf(data, options).values() for each in option_numbers(entry)]
        hint = did_you_mean(place, known) or ": write its address, as options.exercise-remote.orbits.number"
        message = f"no assumed number of an option of this study stands at {place!r}{hint}"
        raise UnknownNameError(message)
    return made


def _trial(data: Raw, place: str, options: Sequence[str]) -> Trial | None:
    """Return a place at both ends, or `None` where no number of these options stands there."""
    pattern = re.compile(re.escape(place).replace(r"\*", "[^.]+"))
    shelf = _shelf(data, options)
    lows, highs, found = dict(shelf), dict(shelf), []
    for name, entry in shelf.items():
        for each in option_numbers(entry):
            if pattern.fullmatch(each.address):
                low, high = _ends(each)
                lows[name], low = _with(lows[name], each, low)
                highs[name], high = _with(highs[name], each, high)
                found.append((in_words(each.low, each.high), _plain(low), _plain(high)))
    if not found:
        return None
    as_run, low_words, high_words = (listed(each) for each in zip(*found, strict=True))
    at_low, at_high = (_anew(data, options, shelf, place) for shelf in (lows, highs))
    return Trial(place, BEARING.get(place, ""), as_run, low_words, high_words, at_low, at_high, _called(place))


def _called(place: str) -> str:
    why = BEARING.get(place)
    return f"{why} ({place})" if why else place


def _ends(each: OptionNumber) -> tuple[Any, Any]:
    """Return a range at either end; half and double of a number, and of a factor its root and its square."""
    if each.ranged:
        return [each.low, each.low], [each.high, each.high]
    if each.factor:
        return each.low**0.5, each.low**2
    return half_and_double(each.address, each.low)


def _with(entry: OptionEntry, each: OptionNumber, value: Any) -> tuple[OptionEntry, Any]:  # noqa: ANN401
    """Return an option with another number, or with the bound that this number may not pass, and what it then is."""
    try:
        return with_number(entry, each.loc, value), value
    except ValidationError as error:
        bounds = error.errors()[0].get("ctx", {})
        bound = bounds.get("le", bounds.get("ge"))
    if bound is None:
        raise _unsound(each.address, f"{_plain(value)} cannot stand there")
    return with_number(entry, each.loc, type(each.low)(bound)), bound


def _plain(value: Any) -> str:  # noqa: ANN401  # a number, or a range of one value
    return number(float(f"{value[0] if isinstance(value, list) else value:.3g}"))


def _unsound(place: str, reason: str) -> InputError:
    return InputError(f"{place} cannot be tried at both ends ({reason}): name another number")


def _shelf(data: Raw, options: Sequence[str]) -> dict[str, OptionEntry]:
    """Return the entries of the catalogue of which options are made."""
    named = {part for entry in data.get("options") or () if entry["id"] in options for part in _parts(entry)}
    return {name: catalogue.load_option(name) for name in catalogue.ids("options") if name in named}


def _alike(data: Raw, options: Sequence[str]) -> list[str]:
    """Return the options of a study that come out alike when worked out anew from the catalogue.

    A scenario's own option may be called as one of the catalogue is and be another.
    """
    known, found = set(catalogue.ids("options")), []
    for entry in data.get("options") or ():
        if entry["id"] in options and known.intersection(_parts(entry)):
            with contextlib.suppress(HoldfireError):
                found += [entry["id"]] * (_again(data, entry, {}) == entry)
    return found


def _parts(entry: Raw) -> list[str]:
    return _made_of(entry).removesuffix(REACTION).split("+")


def _made_of(entry: Raw) -> str:
    """Return of what an option is made: what it used before its changes were spelled out, or its own id."""
    return str(entry.get("stands_for", entry["id"]))


def _again(data: Raw, entry: Raw, shelf: Shelf) -> Raw:
    """Return an option of a study worked out anew; raises as `expanded`."""
    taken = {entry["id"], *catalogue.ids("options")}
    own = [each for each in data["options"] if each["id"] not in taken]
    kept: Raw = {name: entry[name] for name in ("id", "title", "stands_for", "provokes") if name in entry}
    return {**expanded({**data, "options": own}, _made_of(entry), shelf), **kept}


def _anew(data: Raw, options: Sequence[str], shelf: Shelf, place: str) -> Raw:
    """Return the data with options worked out from other entries; raises `InputError` where they cannot be."""
    try:
        made = [_again(data, each, shelf) if each["id"] in options else each for each in data["options"]]
        changed = {**data, "options": made}
        for option in options:
            Scenario.model_validate(with_option(changed, option))
    except HoldfireError as error:
        raise _unsound(place, str(error)) from None
    except ValidationError as error:
        raise _unsound(place, error.errors()[0]["msg"]) from None
    return changed
