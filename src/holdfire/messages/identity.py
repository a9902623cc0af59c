"""The standard identities of STANAG 1241, as declared; none of them is an act, and none permits anything."""

from __future__ import annotations

from enum import StrEnum


class Identity(StrEnum):
    """A standard identity. `pending` is what an aircraft is while its criteria do not settle another."""

    FRIEND = "friend"
    ASSUMED_FRIEND = "assumed-friend"
    NEUTRAL = "neutral"
    HOSTILE = "hostile"
    SUSPECT = "suspect"
    UNKNOWN = "unknown-identity"
    PENDING = "pending"


DECIDED = (
    Identity.FRIEND, Identity.ASSUMED_FRIEND, Identity.NEUTRAL, Identity.HOSTILE, Identity.SUSPECT,
)  # fmt: skip
"""What criteria may conclude, the first that holds wins: a friend is no suspect, whatever else fits."""

CONCLUSIONS = (*DECIDED, Identity.UNKNOWN)
"""Every settled identity, in the order of the record layouts; unknown where no criterion holds."""
