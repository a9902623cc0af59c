"""What commands that prove need besides."""

from __future__ import annotations

from importlib.util import find_spec

from holdfire.errors import InputError
from holdfire.messages.actions import ALL_ACTIONS, Action

INSTALL = "pip install 'holdfire[verify]'"


def can_prove() -> bool:
    """Whether a solver is installed."""
    return find_spec("z3") is not None


def asked(action: Action | None) -> tuple[Action, ...]:
    """Return the actions to be compared: one, or every one that is not always permitted.

    Raises `InputError` for the one that is.
    """
    if action is Action.OBSERVE:
        message = f"{action} is always permitted, by every set: name another action"
        raise InputError(message)
    return ALL_ACTIONS[1:] if action is None else (action,)
