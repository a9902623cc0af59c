"""Two sets that are computed and that nobody proposes: what all national texts permit, and the host's set for all.

- `harmonised-strict` composes every national reconstruction that ships: it permits what all of them permit, and its
  authority is the lowest that satisfies them all.
- `harmonised-host` is the set of the state overflown, which then binds crews of every flag, so that what a crew's own
  state or a chain of command would withhold is withheld no more. It needs a host: `harmonised-host:poland-2025`.

Each is a sequence of sets to compose; nothing in it is new text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from holdfire.catalogue import SELF_DEFENCE, ids, load_ruleset
from holdfire.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from datetime import date

    from holdfire.logic.ruleset import RuleSet

STRICT = "harmonised-strict"
HOST = "harmonised-host"
NATIONAL = ("germany-2026", "lithuania-2025", "poland-2025", "romania-2025", "turkiye-2012")
"""The reconstructions of national texts that ship."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A set that is computed: a name for others that bind together."""

    id: str
    title: str
    summary: str
    binding: tuple[RuleSet, ...]
    kind: str = "computed"

    def in_force(self, day: date) -> bool:
        """Whether all of its sets apply on a day."""
        return all(each.in_force(day) for each in self.binding)

    @property
    def effective_from(self) -> date | None:
        """The day from which all of its sets apply."""
        return max((each.effective_from for each in self.binding if each.effective_from), default=None)

    @property
    def effective_until(self) -> date | None:
        """The day until which all of its sets apply."""
        return min((each.effective_until for each in self.binding if each.effective_until), default=None)


def named(name: str) -> RuleSet | Computed:
    """Return the rule set of an id or a path, or a computed one by its name.

    Raises `InputError` for `harmonised-host` without a host, and what `load_ruleset` raises.
    """
    if name == STRICT:
        summary = f"What all of {', '.join(NATIONAL)} permit. Computed; not a proposal, and not the rules of any state."
        return Computed(name, "What every national reconstruction permits", summary, tuple(map(load_ruleset, NATIONAL)))
    if name == HOST:
        message = f"{HOST} is the set of whoever's airspace it is: name that set, as in {HOST}:poland-2025"
        raise InputError(message)
    if name.startswith(f"{HOST}:"):
        host = load_ruleset(name.removeprefix(f"{HOST}:"))
        if host.id == SELF_DEFENCE:
            message = f"{SELF_DEFENCE} binds every flag already: name the set of a host"
            raise InputError(message)
        summary = (
            f"{host.title}: the host's set binds every flag. Computed; not a proposal, and not the rules of any state."
        )
        return Computed(name, f"The host's set for every flag: {host.id}", summary, (host,))
    try:
        return load_ruleset(name)
    except UnknownNameError as error:
        if name.startswith("harmoni"):
            message = f"{error}; computed sets are {STRICT} and {HOST}:SET"
            raise UnknownNameError(message) from None
        raise


def that_ship() -> tuple[str, ...]:
    """Return the name of every set that ships and answers as no other does; a host's set for all answers as it does."""
    return (*ids("rulesets"), STRICT)


def sets_of(asked: RuleSet | Computed) -> tuple[RuleSet, ...]:
    """Return the sets that bind together under a name."""
    return asked.binding if isinstance(asked, Computed) else (asked,)
