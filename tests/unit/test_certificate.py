"""Certificates: what was proved can be checked again, and whatever was tampered with is found."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from holdfire.catalogue import load_property, load_ruleset
from holdfire.errors import InputError
from holdfire.examine.certificate import certificate, parse_certificate, verify
from holdfire.examine.encoded import Encoded
from holdfire.examine.never import never
from holdfire.examine.smt.consistency import CONSISTENCIES

if TYPE_CHECKING:
    from collections.abc import Callable

NEVER = "engage: {visual_class: civil}"


@cache
def _made(ruleset: str, without: tuple[str, ...]) -> str:
    proved = {name: load_property(name) for name in ("leaving", "sight-lost")}
    made = certificate(Encoded(load_ruleset(ruleset)), ruleset, proved, without)
    line = certificate(Encoded(load_ruleset(ruleset)), ruleset, {"never": never(NEVER)}, without, NEVER)
    whole = made.model_copy(update={"proofs": [*made.proofs, *line.proofs]})
    return whole.model_dump_json(exclude_none=True)


def written(ruleset: str = "visual-confirmation", *without: str) -> dict[str, Any]:
    """A certificate of three proofs, as its file has it."""
    return dict(json.loads(_made(ruleset, without)))


def bad(data: dict[str, Any], ruleset: str = "visual-confirmation") -> list[tuple[str, str]]:
    """What is not as a certificate says."""
    checks = verify(parse_certificate(data), Encoded(load_ruleset(ruleset)))
    return [(each.proof, each.what) for each in checks if not each.good]


@pytest.mark.parametrize("ruleset", ["visual-confirmation", "perceived-danger", "attributed-violator"])
def test_a_certificate_is_good_as_it_was_written(ruleset: str) -> None:
    assert bad(written(ruleset), ruleset) == []


def test_it_says_which_consistencies_were_in_force() -> None:
    made = written("visual-confirmation", "clocks")
    assert made["proofs"][0]["consistencies"] == [each.id for each in CONSISTENCIES if each.id != "clocks"]
    assert bad(made) == []


def test_the_same_question_is_the_same_text() -> None:
    assert _made.__wrapped__("visual-confirmation", ()) == _made.__wrapped__("visual-confirmation", ())


def _set(data: dict[str, Any], key: str, value: object) -> None:
    data[key] = value


def _proof(data: dict[str, Any], key: str, value: object) -> None:
    data["proofs"][0][key] = value


TAMPERED: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "the set": (lambda data: _set(data, "ruleset_sha256", "0" * 64), "the rule set"),
    "self-defence": (lambda data: data.pop("self_defence_sha256"), "self-defence"),
    "the property's digest": (lambda data: _proof(data, "property_sha256", "0" * 64), "the property"),
    "the property": (lambda data: _proof(data, "property", "looked-at"), "the property"),
    "no such property": (lambda data: _proof(data, "property", "leavin"), "the property"),
    "its text": (lambda data: data["proofs"][2].update(never="engage: {visual_class: bird}"), "the property"),
    "a consistency less": (lambda data: data["proofs"][0]["consistencies"].pop(), "the question, encoded again"),
    "a consistency unheard of": (lambda data: data["proofs"][0]["consistencies"].append("x"), "the consistencies"),
    "no question": (lambda data: _proof(data, "smt_lib", ""), "the solver's answer"),
    "no SMT-LIB": (lambda data: _proof(data, "smt_lib", "(assert"), "the solver's answer"),
    "an easier question": (lambda data: _proof(data, "smt_lib", "(assert false)"), "the question, encoded again"),
    "a question that fits": (lambda data: _proof(data, "smt_lib", "(assert true)"), "the solver's answer"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_whatever_was_tampered_with_is_found(name: str) -> None:
    tamper, found = TAMPERED[name]
    data = written()
    tamper(data)
    assert found in [what for _, what in bad(data)]


def test_another_set_is_found() -> None:
    found = bad(written(), "perceived-danger")
    assert ("all", "the rule set") in found
    assert ("leaving", "the question, encoded again") in found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "is a JSON object"),
        ({"document": "certificate"}, "'proofs' is missing"),
        ({**written(), "document": "letter"}, "document 'letter' is not certificate"),
        ({**written(), "proofs": [{"property": 5}]}, "property is 5"),
    ],
)
def test_what_is_no_certificate_is_refused(data: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        parse_certificate(data)
