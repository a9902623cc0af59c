"""Which sources the numbers of a library file cite."""

from __future__ import annotations


def cited(value: object) -> set[str]:
    """The ids of all sources that stand beside a number."""
    if isinstance(value, list):
        return set().union(*map(cited, value))
    if not isinstance(value, dict):
        return set()
    own = {name for name in value.get("source", []) if isinstance(name, str)}
    return own.union(*(cited(child) for key, child in value.items() if key != "sources"))
