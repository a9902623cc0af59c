"""What came of properties, as data for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.examine.refutation import forbids, permitted_by
from holdfire.examine.smt.consistency import CONSISTENCIES
from holdfire.messages.caution import CAUTION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from holdfire.examine.encoded import Encoded
    from holdfire.examine.expected import Expectation
    from holdfire.examine.prove import Counterexample, Proof
    from holdfire.messages.evidence import Known
    from holdfire.messages.ruling import Permission, RuleState


def as_data(
    encoded: Encoded, proofs: Sequence[Proof], wanted: Mapping[str, Expectation], without: Sequence[str]
) -> dict[str, Any]:
    """Return proofs with the consistencies in force; `wanted` is what was expected, where that was asked."""
    return {
        "ruleset": encoded.ruleset.id,
        "kind": encoded.ruleset.kind,
        "consistencies": [
            {"id": each.id, "sentence": each.sentence} for each in CONSISTENCIES if each.id not in without
        ],
        "results": [_result(encoded, each, wanted.get(each.asked.id)) for each in proofs],
        "caution": CAUTION,
    }


def _result(encoded: Encoded, found: Proof, want: Expectation | None) -> dict[str, Any]:
    asked = found.asked
    return {
        "property": asked.id,
        "sentence": asked.sentence,
        "kind": asked.kind,
        "self_defence": "included" if asked.with_defence else "excluded",
        "forbids": list(forbids(asked)),
        "result": found.result.value,
        "expected": {"result": want.result.value, "because": want.because} if want else None,
        "why": found.why,
        "counterexample": _counterexample(encoded, found.counterexample) if found.counterexample else None,
        "turning": list(found.turning),
    }


def _counterexample(encoded: Encoded, shown: Counterexample) -> dict[str, Any]:
    return {
        "evidence": [{name: _known(each) for name, each in seen.evidence.items.items()} for seen in shown.seen],
        "permitted": [_permission(each) for each in shown.permissions],
        "sentences": list(permitted_by(encoded, shown)),
    }


def _known(each: Known) -> dict[str, Any]:
    value = sorted(each.value) if isinstance(each.value, frozenset) else each.value
    return {"value": value, "age_s": each.age_s, "sd": each.sd, "verified": each.verified, "source": each.source}


def _permission(each: Permission) -> dict[str, Any]:
    return {
        "action": each.action.value,
        "authorities": sorted(each.authorities),
        "rules": [_rule(state) for state in each.rules],
        "let_go": [_rule(state) for state in each.let_go],
    }


def _rule(state: RuleState) -> dict[str, str]:
    return {"ruleset": state.ruleset, "rule": state.rule}
