"""A property: a named situation, or pair of situations, that no rule set should permit, over observed items alone.

It may say what a rule may not: that an item is not known, or that nothing is known but some items.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from holdfire.logic.conditions import Observed
    from holdfire.messages.actions import Action
    from holdfire.messages.authority import Role
    from holdfire.sources import Source

PropertyKind = Literal["safety", "necessity", "relational"]
Losable = Literal["any", "unlisted"] | frozenset[str]
"""Which items may be lost: any, any but those that a set's releases rest on, or these."""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A situation in which none of some actions may be permitted.

    Attributes
    ----------
    actions
        One of them permitted is a breach.
    below
        Only by the authority of someone under this role; by anybody's where it is `None`.
    when
        Each is known to hold.
    not_known
        Each is not known to hold.
    unless
        Of each group, one condition at least is not known to hold.
    unknown, only_known
        Items that are not known, or too old; the only items that may be known.
    """

    actions: tuple[Action, ...]
    below: Role | None = None
    when: tuple[Observed, ...] = ()
    not_known: tuple[Observed, ...] = ()
    unless: tuple[tuple[Observed, ...], ...] = ()
    unknown: frozenset[str] = frozenset()
    only_known: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two situations of one aircraft, of which the second may not permit an action more, nor on a lower authority.

    Attributes
    ----------
    actions
        What may not be permitted more.
    when
        Each is known to hold in the first situation.
    loses
        Items that may be lost: no longer known, older, or no longer verified.
    becomes
        Of each, its item may be known to be so in the second situation, whatever it was in the first.
    """

    actions: tuple[Action, ...]
    when: tuple[Observed, ...] = ()
    loses: Losable = frozenset()
    becomes: tuple[Observed, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property, in a sentence and as what it forbids; `pairs` are those of a relational one.

    `with_defence` says whether the base set of self-defence stands beside what is proved; `core` that a set which
    is no deliberate breach keeps it.
    """

    id: str
    title: str
    sentence: str
    kind: PropertyKind
    with_defence: bool
    core: bool
    situations: tuple[Forbidden, ...]
    pairs: tuple[Pair, ...]
    sources: tuple[Source, ...]
    note: str | None = None
