"""Whom and what a claim names, in the terms of its scenario."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from holdfire.catalogue import load_platform
from holdfire.claim.kinds import ALL_OF_THEM
from holdfire.errors import InputError, UnknownNameError
from holdfire.findings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = dict[str, Any]

_EVERYONE: Final = {
    ALL_OF_THEM,
    "intruder",
    "aircraft",
    "them",
    "it",
    "incursion",
    "violators",
    "violator",
    "intruding aircraft",
}
_UNCREWED: Final = {"drones", "drone", "uavs", "uav", "uncrewed aircraft"}
_CREWED: Final = {"jets", "jet", "fighters", "crewed aircraft", "planes"}


def groups(data: Mapping[str, Any], who: str) -> list[int]:
    """Return the places of the groups of intruders that are meant.

    `who` is a group's id, words of its id or of its aircraft's name (`MiGs`), or all, crewed or uncrewed (`drones`).
    Raises `UnknownNameError` where nobody is called so.
    """
    intruders = list(data.get("intruders", ()))
    if not intruders:
        message = f"{data.get('id')} has no intruders: nothing can be claimed of them"
        raise InputError(message)
    wanted = who.strip().lower()
    every = list(range(len(intruders)))
    if wanted in _EVERYONE:
        return every
    crewed = {place: load_platform(intruders[place]["platform"]).crewed for place in every}
    if wanted in _UNCREWED | _CREWED and (found := [each for each in every if crewed[each] == (wanted in _CREWED)]):
        return found
    words = {place: _words_of(intruders[place]) for place in every}
    asked = [_singular(word) for word in _split(wanted)]
    found = [place for place in every if all(any(_singular(w) == each for w in words[place]) for each in asked)]
    if not found:
        known = sorted({str(each[key]) for each in intruders for key in ("id", "platform")})
        hint = did_you_mean(wanted, known)
        known += [word for word, flown in (("drones", False), ("jets", True)) if flown in crewed.values()]
        message = f"nobody in {data.get('id')} is called {who!r}{hint} (there are {', '.join(known)}, intruders)"
        raise UnknownNameError(message)
    return found


def called(data: Mapping[str, Any], group: int) -> str:
    """Return what the aircraft of a group are called: the title of their platform."""
    return load_platform(data["intruders"][group]["platform"]).title


def _words_of(group: Json) -> set[str]:
    platform = load_platform(group["platform"])
    return set(_split(f"{group['id']} {group['platform']} {platform.title}"))


def _split(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", text.lower()) if word not in {"", "the"}]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 2 and word.endswith("s") else word


def option_of(titles: Mapping[str, str], given: str) -> str:
    """Return the option that is meant, by its id or title; what is neither is given back as an id, for whoever knows.

    `titles` are the scenario's own options by id.
    """
    wanted = given.strip().strip('"“”').lower()
    by_title = {title.lower(): name for name, title in titles.items()}
    return by_title.get(wanted) or re.sub(r"\s+", "-", wanted.removeprefix("the ").removesuffix(" option"))


def base_of(data: Mapping[str, Any], given: str) -> str:
    """Return the id of the base that is meant; raises `UnknownNameError` where there is none of that name."""
    bases: Sequence[Json] = data.get("bases", ())
    wanted = given.lower()
    for each in bases:
        if wanted in {each["id"], str(each["airport"]).lower()}:
            return str(each["id"])
    known = [str(each["id"]) for each in bases]
    message = f"no base is called {given!r}{did_you_mean(wanted, known)} (there are {', '.join(known) or 'none'})"
    raise UnknownNameError(message)
