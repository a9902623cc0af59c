"""One text for one meaning: what a rule set or property says, without the layout of its file, and its digest."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from math import isfinite
from typing import TYPE_CHECKING, Any

from holdfire.messages.vocabulary import Item

if TYPE_CHECKING:
    from holdfire.examine.computed import Computed
    from holdfire.logic.property import Property
    from holdfire.logic.ruleset import RuleSet


def digest(made: RuleSet | Computed | Property) -> str:
    """Return the SHA-256, in hexadecimal, of the canonical text."""
    return sha256(canonical(made).encode()).hexdigest()


def canonical(made: RuleSet | Computed | Property) -> str:
    """Return all fields in JSON without spaces, keys and sets in order."""
    return json.dumps(_plain(made), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _plain(value: Any) -> Any:  # noqa: ANN401, PLR0911  # any field of a frozen value
    if isinstance(value, Item):
        return value.name
    if is_dataclass(value):
        own = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        return {"is": type(value).__name__, **own}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if isinstance(value, (frozenset, set)):
        return sorted(map(_plain, value))
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (tuple, list)) else value
