"""Which states are allies."""

from __future__ import annotations

from typing import Final

ALLIES: Final = frozenset((
    "AL", "BE", "BG", "CA", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IS", "IT", "LT", "LU",
    "LV", "ME", "MK", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "TR", "US",
))  # fmt: skip
"""Parties to the North Atlantic Treaty since 7 March 2024 (official: nato.int, NATO member countries)."""
