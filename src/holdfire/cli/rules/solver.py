"""What commands that prove need besides."""

from __future__ import annotations

from importlib.util import find_spec

from holdfire.errors import InputError

INSTALL = "pip install 'holdfire[verify]'"


def can_prove() -> bool:
    """Whether a solver is installed."""
    return find_spec("z3") is not None


def need_solver(command: str) -> None:
    """Raise `InputError` where no solver is installed."""
    if not can_prove():
        message = f"holdfire rules {command} proves by a solver, which is not installed: {INSTALL}"
        raise InputError(message)
