"""One aircraft's night under one option, told for people: what happened, and every ruling on it with its reasons."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowed:
    """One action that a ruling permits.

    Attributes
    ----------
    action
        The action's name.
    authorities
        Roles, any one of which may authorise it.
    rules
        The rules that decided, as `set: rule`.
    """

    action: str
    authorities: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """One action that a ruling withholds.

    Attributes
    ----------
    action
        The action's name.
    forbidden_by
        Prohibitions in force, as `set: rule`.
    missing
        What the permits lack, in words, as `set: rule: what was asked (what was seen)`.
    caveats
        The sets that withhold it.
    """

    action: str
    forbidden_by: tuple[str, ...]
    missing: tuple[str, ...]
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One item of what was known at a ruling, in words; `age_s` is `None` for what has no age."""

    item: str
    value: str
    source: str
    age_s: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """One item of the evidence, what it was, and what it would have to be."""

    item: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Flip:
    """Changes of the evidence that together turn a ruling on force round: `to` is `permitted` or `withheld`."""

    to: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a story.

    Attributes
    ----------
    time_s
        Seconds since the start of the run.
    kind
        `truth` and `plots` (only scoring knows whose they are), `track`, `ruling`, `order` or `event`.
    text
        What happened, in words.
    permitted, withheld
        Of a ruling: what it says, action by action; else empty.
    evidence
        Of a ruling: every item that was known.
    flips
        Of a ruling: least changes of the evidence that would have turned it round on force.
    """

    time_s: float
    kind: str
    text: str
    permitted: tuple[Allowed, ...] = ()
    withheld: tuple[Denied, ...] = ()
    evidence: tuple[Shown, ...] = ()
    flips: tuple[Flip, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One aircraft in one replication under one option.

    Attributes
    ----------
    option, replication, aircraft
        Whose story it is; the aircraft by its place in the truth.
    digest
        That of the whole night, so that a reader can see that it is the night of the results.
    start
        When the run starts, ISO 8601 UTC.
    facts
        What it really is and what became of it: label and text.
    entries
        In the order of time.
    verdict
        One sentence: what became of it and, if it was not engaged, the first thing that was missing.
    chain
        The steps from the first plot to the end, each with its time (s), `None`: never.
    """

    option: str
    replication: int
    aircraft: int
    digest: str
    start: str
    facts: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    verdict: str = ""
    chain: tuple[tuple[str, float | None], ...] = ()
