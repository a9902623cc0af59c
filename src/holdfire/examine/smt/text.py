"""Formulas as SMT-LIB 2, in one order and spelling: the same question is always the same text.

The solver's own printer names shared parts by what it printed before. Here every part that stands twice is defined
once, in the order in which it is first needed. Counts of members are written as z3 does (`at-least`, `at-most`).
Source: Barrett, Fontaine and Tinelli, "The SMT-LIB Standard", version 2.6.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import z3

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from holdfire.examine.smt.state import Formula

_INDEXED = {z3.Z3_OP_EXTRACT: "extract", z3.Z3_OP_PB_AT_LEAST: "at-least", z3.Z3_OP_PB_AT_MOST: "at-most"}


def smt_lib(formulas: Sequence[Formula]) -> str:
    """Return a script that asks whether all formulas can hold together."""
    writer = _Writer(_uses(formulas))
    asserted = [f"(assert {writer.write(formula)})" for formula in formulas]
    return "\n".join(["(set-logic ALL)", *writer.lines, *asserted, "(check-sat)", ""])


def _uses(formulas: Sequence[Formula]) -> Counter[int]:
    """Return how often each part stands in another."""
    uses: Counter[int] = Counter()
    waiting = list(formulas)
    while waiting:
        for part in waiting.pop().children():
            uses[part.get_id()] += 1
            if uses[part.get_id()] == 1:
                waiting.append(part)
    return uses


@dataclass(slots=True)
class _Writer:
    """What has been declared and defined so far, and what each part is called."""

    uses: Counter[int]
    lines: list[str] = field(default_factory=list)
    called: dict[int, str] = field(default_factory=dict)

    def write(self, node: Formula) -> str:
        """Return a formula, all that it needs being defined before."""
        name = node.get_id()
        if name not in self.called:
            text = self._text(node)
            if node.num_args() and self.uses[name] > 1:
                short = f"d{len(self.lines)}"
                self.lines.append(f"(define-fun {short} () {_sort(node)} {text})")
                text = short
            self.called[name] = text
        return self.called[name]

    def _text(self, node: Formula) -> str:
        declared = node.decl()
        kind = declared.kind()
        if kind == z3.Z3_OP_UNINTERPRETED:
            text = f"|{declared.name()}|"
            self.lines.append(f"(declare-const {text} {_sort(node)})")
            return text
        if kind == z3.Z3_OP_ANUM:
            return _number(node.as_fraction())
        if kind == z3.Z3_OP_BNUM:
            return f"(_ bv{node.as_long()} {node.size()})"
        if not node.num_args():
            return "true" if kind in {z3.Z3_OP_TRUE, z3.Z3_OP_AND} else "false"
        head = declared.name()
        if kind in _INDEXED:
            head = f"(_ {_INDEXED[kind]} {' '.join(map(str, declared.params()))})"
        return f"({' '.join([head, *map(self.write, node.children())])})"


def _sort(node: Formula) -> str:
    text: str = node.sort().sexpr()
    return text


def _number(value: Fraction) -> str:
    text = f"{abs(value.numerator)}.0"
    text = text if value.denominator == 1 else f"(/ {text} {value.denominator}.0)"
    return f"(- {text})" if value < 0 else text
