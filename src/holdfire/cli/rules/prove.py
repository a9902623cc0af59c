"""`holdfire rules prove`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from holdfire.catalogue import ids, load_property
from holdfire.cli.output import Json
from holdfire.cli.rules.history import refuse_twice
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.clock import WallClock, format_utc
from holdfire.errors import InputError
from holdfire.examine.certificate import certificate
from holdfire.examine.computed import Computed, named
from holdfire.examine.encoded import Encoded, possible
from holdfire.examine.expected import Expectation, expected
from holdfire.examine.never import never as parse_never
from holdfire.examine.proofs import as_data
from holdfire.examine.prove import Proof, Result, prove
from holdfire.examine.refutation import forbids, known, permitted_by, turned
from holdfire.examine.smt.consistency import CONSISTENCIES
from holdfire.examine.written import case, text
from holdfire.findings import not_allowed
from holdfire.messages.caution import CAUTION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from holdfire.logic.property import Property

WORDS = {Result.PROVED: "kept", Result.REFUTED: "BROKEN", Result.UNDECIDED: "undecided"}


def prove_(  # noqa: PLR0913
    ruleset: str,
    *,
    property_: Annotated[
        tuple[str, ...],
        Parameter(name="--property", negative="", help="this property: an id, or path of a file; may be given again"),
    ] = (),
    never: Annotated[
        str | None, Parameter(help='a situation: "engage: {transponder: civil, flight_plan: matched}"')
    ] = None,
    expect: Annotated[bool, Parameter(negative="", help="fail only where the library expects another answer")] = False,
    without: Annotated[list[str] | None, Parameter(help="leave a consistency out", negative="")] = None,
    save_case: Annotated[Path | None, Parameter(help="write the counterexample as a case")] = None,
    certificate_: Annotated[
        Path | None, Parameter(name="--certificate", help="write what was proved, to be checked again")
    ] = None,
    json: Json = False,
    html: Html = None,
) -> int:
    """Prove properties of a rule set over all evidence, or show where it breaks them.

    Parameters
    ----------
    ruleset
        Id of a set that ships, path of a file, or a computed set.
    """
    encoded = Encoded(named(ruleset))
    left_out = tuple(map(_consistency, without or ()))
    asked = _asked(property_, never)
    if never is not None and not possible(encoded, asked[0], left_out):
        message = "no evidence can be as --never says, so that to prove it would say nothing: leave a condition out"
        raise InputError(message)
    wanted = _expected(_texts(encoded), asked) if expect else {}
    proofs = [prove(encoded, each, left_out) for each in asked]
    if save_case is not None:
        _write(save_case, _case(encoded, proofs))
    if certificate_ is not None:
        called = property_ or [each.id for each in asked]
        proved = {name: each.asked for name, each in zip(called, proofs, strict=True) if each.result is Result.PROVED}
        made = certificate(encoded, ruleset, proved, left_out, never)
        _write(certificate_, made.model_dump_json(indent=1, exclude_none=True) + "\n")
    sheet = _sheet(encoded, proofs, wanted, left_out)
    present(sheet, "rules-prove", as_data(encoded, proofs, wanted, left_out), json=json, html=html)
    return 0 if all(_as_expected(each, wanted) if expect else each.result is Result.PROVED for each in proofs) else 1


def _consistency(name: str) -> str:
    names = [each.id for each in CONSISTENCIES]
    if name not in names:
        raise InputError(not_allowed("--without", name, names))
    return name


def _asked(names: Sequence[str], never: str | None) -> list[Property]:
    if names and never is not None:
        message = "--property and --never ask different things: give one of them"
        raise InputError(message)
    if never is not None:
        return [parse_never(never)]
    asked = [load_property(each) for each in names or ids("properties")]
    refuse_twice([each.id for each in asked])
    return asked


def _texts(encoded: Encoded) -> str:
    """Return under which name something is expected: a computed set of one text answers as that text does."""
    return encoded.sets[0].id if len(encoded.sets) == 1 else encoded.ruleset.id


def _expected(ruleset: str, asked: Sequence[Property]) -> Mapping[str, Expectation]:
    wanted = expected().get(ruleset, {})
    missing = [each.id for each in asked if each.id not in wanted]
    if missing:
        message = f"nothing is expected of {ruleset} and {', '.join(missing)}: leave --expect out"
        raise InputError(message)
    return wanted


def _as_expected(proof: Proof, wanted: Mapping[str, Expectation]) -> bool:
    return wanted[proof.asked.id].result is proof.result


def _case(encoded: Encoded, proofs: Sequence[Proof]) -> str:
    if len(proofs) != 1:
        message = "--save-case writes one case: name one property with --property, or a situation with --never"
        raise InputError(message)
    return text(case(encoded, proofs[0], format_utc(WallClock().now_s())[:10]))


def _write(file: Path, written: str) -> None:
    try:
        file.write_text(written, encoding="utf-8")
    except OSError as error:
        message = f"{file} cannot be written ({error.strerror}): name another file"
        raise InputError(message) from None


def _sheet(
    encoded: Encoded, proofs: Sequence[Proof], wanted: Mapping[str, Expectation], without: Sequence[str]
) -> Sheet:
    made = encoded.ruleset
    sheet = Sheet(f"{made.title}  ({made.id}, {made.kind})")
    sheet.table(["property", "answer", "what it asks"], [_row(each, proofs, wanted) for each in proofs], lines=True)
    beside = ", ".join(each.asked.id for each in proofs if each.asked.with_defence)
    sheet.say(f"Self-defence stands beside the set in: {beside}." if beside else "Self-defence is left out.")
    for each in proofs:
        if each.result is not Result.PROVED or len(proofs) == 1:
            _show(sheet, encoded, each)
    sheet.heading("Asked of all evidence, but for what cannot be")
    for consistency in CONSISTENCIES:
        if consistency.id not in without:
            sheet.say(f"{consistency.sentence} ({consistency.id})", indent=1)
    standing = "neither a proposal nor" if isinstance(made, Computed) else "not"
    sheet.say(f"\n{made.kind.capitalize()}, {standing} the rules in force. {CAUTION}")
    return sheet


def _row(proof: Proof, proofs: Sequence[Proof], wanted: Mapping[str, Expectation]) -> list[str]:
    asked = proof.asked
    said = [asked.title] if len(proofs) > 1 else [asked.sentence] if asked.id != "never" else list(forbids(asked))
    if wanted:
        want = wanted[asked.id]
        mark = "As expected" if _as_expected(proof, wanted) else f"NOT AS EXPECTED, which is {WORDS[want.result]}"
        said.append(f"{mark}: {want.because}")
    return [asked.id, WORDS[proof.result], "\n".join(said)]


def _show(sheet: Sheet, encoded: Encoded, proof: Proof) -> None:
    sheet.heading(f"{proof.asked.id}: {WORDS[proof.result]}")
    for line in forbids(proof.asked):
        sheet.say(f"forbidden: {line}")
    if proof.asked.note:
        sheet.say(proof.asked.note)
    if proof.why:
        sheet.say(proof.why)
    if proof.counterexample is None:
        return
    for line in permitted_by(encoded, proof.counterexample):
        sheet.say(line)
    heads = ("known",) if len(proof.counterexample.seen) == 1 else ("first", "then")
    sheet.table(["item", *heads], known(proof.counterexample.seen))
    sheet.say("Nothing else is known.")
    if proof.turning:
        lost = ", ".join(turned(encoded, proof.turning))
        sheet.say(f"To lose one of these alone can turn hold into engage: {lost}.")
