"""Both readings of a rule set: the tables over many rows, the interpreter over one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.assess.criteria import assess
from holdfire.assess.table import assess_rows, criteria_table
from holdfire.logic.conditions import Held
from holdfire.logic.kernels import observe
from holdfire.logic.table import atoms, bits_for, plan
from holdfire.messages.layout import ASSESSMENT, RULING, evidence_of
from holdfire.rules.ruling import rule
from holdfire.rules.table import rule_rows, rule_table

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet
    from holdfire.messages.assessment import Assessment
    from holdfire.messages.layout import Records
    from holdfire.messages.ruling import Ruling


def compiled(ruleset: RuleSet, rows: Records, held: np.ndarray[Any, Any]) -> tuple[Records, Records]:
    """Assess and rule all rows by the tables."""
    made = plan(ruleset)
    laid = atoms(made)
    found, assessments, rulings = (
        bits_for(rows.size, made.words),
        np.zeros(rows.size, ASSESSMENT),
        np.zeros(rows.size, RULING),
    )
    observe(laid, rows, held, found)
    assess_rows(criteria_table(ruleset, made), found, assessments)
    rule_rows(rule_table(ruleset, made, laid.assessed), found, assessments, rulings)
    return assessments, rulings


def interpreted(ruleset: RuleSet, record: np.void, held: np.ndarray[Any, Any]) -> tuple[Assessment, Ruling]:
    """Assess and rule one row by the interpreter."""
    evidence = evidence_of(record)
    timers = {
        timer: Held(float(true_s), float(clear_s))
        for timer, (true_s, clear_s) in zip(ruleset.timers(), held, strict=True)
    }
    assessment = assess(ruleset, evidence, timers)
    return assessment, rule(ruleset, evidence, assessment, timers)
