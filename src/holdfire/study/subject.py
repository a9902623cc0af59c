"""What a study is about: a scenario with its options, and all that a reader needs to check its numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from holdfire.errors import InputError, UnknownNameError
from holdfire.findings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that no public source gives.

    Attributes
    ----------
    place
        Where it stands, as `intruders.from-belarus.payload_share`.
    value
        What is assumed, in words with its unit.
    bears_on
        Figures that rest on it above all, by name: `wrongful_civil` for a confusion between classes.
    """

    place: str
    value: str
    bears_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """One scenario under some of its options.

    Attributes
    ----------
    id, title, kind
        Of the scenario.
    text
        The canonical scenario as YAML, written beside the results.
    data
        The same as JSON data, from which the engine is built.
    options
        Title by id, in order; the first is what the others are compared with.
    library
        SHA-256 by name of every rule set and library entry used.
    bibliography
        One line a source.
    assumptions
        Every number graded `assumed`.
    names
        For a field of `score.SCORED` that holds places in a list, that list: `{"platform": ("gerbera", ...)}`.
    builder
        `module:function` that builds the engine.
    """

    id: str
    title: str
    kind: str
    text: str
    data: Mapping[str, Any]
    options: Mapping[str, str]
    library: Mapping[str, str]
    bibliography: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    builder: str = "holdfire.rehearsal.engine:engine_from"


def chosen(available: Sequence[str], asked: str | None) -> tuple[str, ...]:
    """Return the options that were asked for, as `a,b`, in that order; all where nothing was asked.

    Raises `UnknownNameError` for an option that the scenario does not have, `InputError` for none or one twice.
    """
    if asked is None:
        return tuple(available)
    names = listed(asked)
    for name, times in Counter(names).items():
        known_option(available, name)
        if times > 1:
            message = f"option {name!r} is named {times} times: name it once"
            raise InputError(message)
    return names


def listed(asked: str) -> tuple[str, ...]:
    """Return the names in a list as `a,b`; raises `InputError` where one is empty."""
    names = tuple(name.strip() for name in asked.split(","))
    if not all(names):
        there = ",".join(filter(None, names)) or "visual,radar"
        message = f"--options {asked!r} has an empty name: write them with one comma between, as {there}"
        raise InputError(message)
    return names


def known_option(available: Sequence[str], name: str) -> str:
    """Return the option; raises `UnknownNameError` where there is none of that name."""
    if name not in available:
        message = f"no option is called {name!r}{did_you_mean(name, available)} (there are {', '.join(available)})"
        raise UnknownNameError(message)
    return name
