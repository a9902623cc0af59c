"""The reading of rule sets that a solver can prove things about; it must agree with the interpreter."""

from __future__ import annotations

from holdfire.errors import InputError

try:
    import z3  # noqa: F401
except ModuleNotFoundError:
    _MISSING = "the solver z3 is not installed: install holdfire with its extra `verify` (pip install 'holdfire[verify]')"
    raise InputError(_MISSING) from None
