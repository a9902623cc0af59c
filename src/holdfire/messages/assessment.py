"""What one state's criteria make of the evidence: intent, act and identity, three types that never convert.

None of the three permits anything. That is a ruling, which is a fourth.
"""

from __future__ import annotations

from dataclasses import dataclass

from holdfire.messages.identity import CONCLUSIONS, Identity
from holdfire.messages.truth import Truth


@dataclass(frozen=True, slots=True)
class HostileIntent:
    """Whether the criteria for hostile intent hold, and which of them."""

    truth: Truth
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HostileAct:
    """Whether the criteria for a hostile act hold, and which of them."""

    truth: Truth
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentityFinding:
    """The standard identities that the criteria still leave possible; one of them: it is settled."""

    possible: frozenset[Identity]
    criteria: tuple[str, ...] = ()

    @property
    def settled(self) -> Identity:
        """The identity, `pending` while more than one is possible."""
        return next(iter(self.possible)) if len(self.possible) == 1 else Identity.PENDING


@dataclass(frozen=True, slots=True)
class Assessment:
    """Intent, act and identity of one aircraft by one state's criteria, and what went wrong on the way."""

    intent: HostileIntent
    act: HostileAct
    identity: IdentityFinding
    errors: tuple[str, ...] = ()


NOTHING_ASSESSED = Assessment(
    HostileIntent(Truth.UNKNOWN), HostileAct(Truth.UNKNOWN), IdentityFinding(frozenset(CONCLUSIONS))
)
