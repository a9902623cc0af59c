"""What a state's own criteria make of the evidence."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from holdfire.assess.criteria import assess
from holdfire.errors import UnflaggedEvidenceError
from holdfire.messages.assessment import NOTHING_ASSESSED, Assessment
from holdfire.messages.evidence import Basis, Evidence, Known
from holdfire.messages.identity import CONCLUSIONS, DECIDED, Identity
from holdfire.messages.truth import Truth
from support.texts import criterion, evidence, ruleset

if TYPE_CHECKING:
    from holdfire.logic.ruleset import RuleSet

F, T, U = Truth.FALSE, Truth.TRUE, Truth.UNKNOWN
FRIEND, ASSUMED, NEUTRAL, HOSTILE, SUSPECT, UNKNOWN, PENDING = Identity

# One item for each standard identity, so that each criterion can be made true, false or unknown by itself.
ASKED: dict[Identity, tuple[str, Any, Any]] = {
    FRIEND: ("iff", "friendly", "no-reply"),
    ASSUMED: ("flight_plan", "matched", "unmatched"),
    NEUTRAL: ("status", "civil", "state"),
    HOSTILE: ("attack", "on-protected", "none-seen"),
    SUSPECT: ("radio", "silent", "answering"),
}


def called(identity: Identity) -> str:
    return f"N-{identity.name.title().replace('_', '')}"


def identities(*asked: Identity) -> RuleSet:
    """A set with one criterion for each of these, in the reverse of the order in which they count."""
    made = [criterion(called(i), {ASKED[i][0]: ASKED[i][1]}, declares=i.value) for i in reversed(asked)]
    return ruleset(identity=made)


def seen(**truths: Truth) -> Evidence:
    items = {}
    for name, truth in truths.items():
        item, yes, no = ASKED[Identity[name]]
        if truth is not U:
            items[item] = yes if truth is T else no
    return evidence(**items)


def found(made: RuleSet, on: Evidence) -> Assessment:
    return assess(made, on, {})


def test_the_identities_stand_in_the_order_in_which_they_count() -> None:
    assert DECIDED == (FRIEND, ASSUMED, NEUTRAL, HOSTILE, SUSPECT)
    assert (*DECIDED, UNKNOWN) == CONCLUSIONS


@pytest.mark.parametrize("truths", [*product(Truth, repeat=5)], ids=lambda t: "".join(x.name[0] for x in t))
def test_the_first_identity_that_holds_wins_and_every_open_one_before_it_stays(truths: tuple[Truth, ...]) -> None:
    made = found(identities(*DECIDED), seen(**{i.name: t for i, t in zip(DECIDED, truths, strict=True)}))
    first = truths.index(T) if T in truths else len(truths)
    possible = {i for i, t in zip(DECIDED, truths, strict=True) if t is U and DECIDED.index(i) < first}
    possible.add(CONCLUSIONS[first])
    assert made.identity.possible == possible
    assert made.identity.settled is (PENDING if len(possible) > 1 else CONCLUSIONS[first])
    met = [called(i) for i, t in zip(DECIDED, truths, strict=True) if t is T]
    assert made.identity.criteria == tuple(met)


def test_without_criteria_an_identity_is_known_to_be_unknown() -> None:
    made = found(ruleset(), evidence())
    assert made.identity.possible == {UNKNOWN}
    assert made.identity.settled is UNKNOWN


def test_two_criteria_for_one_identity_are_two_ways_to_it() -> None:
    ways = [
        criterion("N-1", {"iff": "friendly"}, declares="friend"),
        criterion("N-2", {"status": "civil"}, declares="friend"),
    ]
    made = ruleset(identity=ways)
    both = found(made, evidence(iff="friendly", status="civil"))
    assert both.identity.criteria == ("N-1", "N-2")
    one = found(made, evidence(iff="no-reply", status="civil"))
    assert (one.identity.settled, one.identity.criteria) == (FRIEND, ("N-2",))
    half = found(made, evidence(iff="no-reply"))
    assert half.identity.possible == {FRIEND, UNKNOWN}


@pytest.mark.parametrize("name", ["intent", "act"])
@pytest.mark.parametrize(
    ("items", "truth", "met"),
    [
        ({"direction": "inbound", "radio": "silent", "iff": "no-reply"}, T, ("C-1", "C-2")),
        ({"direction": "inbound", "radio": "silent"}, T, ("C-1",)),
        ({"direction": "inbound", "radio": "answering"}, U, ()),
        ({"direction": "inbound", "radio": "answering", "iff": "friendly"}, F, ()),
        ({"direction": "inbound"}, U, ()),
        ({"direction": "outbound", "iff": "friendly"}, F, ()),
        ({}, U, ()),
    ],
)
def test_intent_and_act_are_met_in_any_of_their_ways(
    name: str, items: dict[str, str], truth: Truth, met: tuple[str, ...]
) -> None:
    ways = [criterion("C-1", {"direction": "inbound", "radio": "silent"}), criterion("C-2", {"iff": "no-reply"})]
    made = found(ruleset(**{name: ways}), evidence(**items))
    this, other = (made.intent, made.act) if name == "intent" else (made.act, made.intent)
    assert (this.truth, this.criteria) == (truth, met)
    assert (other.truth, other.criteria) == (F, ())


def test_a_criterion_without_conditions_always_holds() -> None:
    assert found(ruleset(intent=[criterion("I-1")]), evidence()).intent.truth is T


@pytest.mark.parametrize("bad", [Known("foe", 1.0), Known("friendly", -1.0)])
def test_malformed_evidence_leaves_everything_open_and_says_so(bad: Known) -> None:
    made = ruleset(
        intent=[criterion("I-1")],
        identity=[criterion("N-1", {"iff": "friendly"}, declares="friend")],
    )
    found_on = found(made, evidence(iff=bad))
    assert (found_on.intent, found_on.act, found_on.identity) == (
        NOTHING_ASSESSED.intent, NOTHING_ASSESSED.act, NOTHING_ASSESSED.identity,
    )  # fmt: skip
    (error,) = found_on.errors
    assert error.startswith("iff ")


def test_malformed_evidence_that_nobody_asks_about_changes_nothing() -> None:
    made = ruleset(intent=[criterion("I-1", {"direction": "inbound"})])
    on = found(made, evidence(direction="inbound", iff=Known("foe", 1.0)))
    assert (on.intent.truth, on.errors) == (T, ())


def test_unflagged_evidence_is_refused() -> None:
    with pytest.raises(UnflaggedEvidenceError):
        found(ruleset(), Evidence(Basis.UNFLAGGED))
