"""A proof that others can check again: what was proved of what, and the text that a solver finds unsatisfiable.

The text is SMT-LIB 2 (Barrett, Fontaine and Tinelli, "The SMT-LIB Standard", version 2.6), so that another solver
than ours can be asked as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import z3
from pydantic import BaseModel, ConfigDict

from holdfire import __version__
from holdfire.catalogue import load_property
from holdfire.errors import HoldfireError, InputError
from holdfire.examine.canonical import digest
from holdfire.examine.encoded import Encoded, question
from holdfire.examine.never import never
from holdfire.examine.smt.consistency import CONSISTENCIES
from holdfire.examine.smt.text import smt_lib
from holdfire.logic.parse import check

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from holdfire.logic.property import Property

_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)


class ProofModel(BaseModel):
    """One proof. `property` is an id or a path; `never` the text of a property that has no file."""

    model_config = _STRICT
    property: str
    never: str | None = None
    property_sha256: str
    consistencies: list[str]
    solver: str
    smt_lib: str


class CertificateModel(BaseModel):
    """Proofs of one set."""

    model_config = _STRICT
    document: Literal["certificate"]
    holdfire: str
    ruleset: str
    ruleset_sha256: str
    self_defence_sha256: str | None = None
    proofs: list[ProofModel]


class Check(BaseModel):
    """One thing that was checked, whether it is as the certificate says, and what was found."""

    model_config = _STRICT
    proof: str
    what: str
    good: bool
    found: str


def certificate(
    encoded: Encoded,
    called: str,
    proved: Mapping[str, Property],
    without: Collection[str] = (),
    text: str | None = None,
) -> CertificateModel:
    """Return a certificate of proofs.

    `called` is the id or path of the set, `proved` are the properties by theirs, `text` is that of `--never`.
    """
    in_force = [each.id for each in CONSISTENCIES if each.id not in without]
    proofs = [
        ProofModel(
            property=name,
            never=text,
            property_sha256=digest(asked),
            consistencies=in_force,
            solver=solver_name(),
            smt_lib=asked_of_solver(encoded, asked, without),
        )
        for name, asked in proved.items()
    ]
    return CertificateModel(
        document="certificate",
        holdfire=__version__,
        ruleset=called,
        ruleset_sha256=digest(encoded.ruleset),
        self_defence_sha256=digest(encoded.defence) if encoded.defence else None,
        proofs=proofs,
    )


def solver_name() -> str:
    """Return the solver's name and version."""
    return f"z3 {z3.get_version_string()}"


def asked_of_solver(encoded: Encoded, asked: Property, without: Collection[str]) -> str:
    """Return what the solver was asked, as SMT-LIB 2."""
    return smt_lib(question(encoded, asked, without).formulas)


def parse_certificate(data: Any) -> CertificateModel:  # noqa: ANN401  # any JSON
    """Return a certificate; raises `InputError` with everything that is wrong with it."""
    if not isinstance(data, dict):
        message = "a certificate is a JSON object: write one with `rules prove --certificate`"
        raise InputError(message)
    findings = check(CertificateModel, data)
    if findings:
        raise InputError("\n".join(each.text for each in findings))
    return CertificateModel.model_validate(data)


def verify(made: CertificateModel, encoded: Encoded) -> Iterator[Check]:
    """Yield every check of a certificate against a set, self-defence and the library as they are now."""
    yield _same("all", "the rule set", made.ruleset_sha256, digest(encoded.ruleset))
    defence = digest(encoded.defence) if encoded.defence else None
    yield _same("all", "self-defence", made.self_defence_sha256, defence)
    for proof in made.proofs:
        yield from _verify(proof, encoded)


def _verify(proof: ProofModel, encoded: Encoded) -> Iterator[Check]:
    name = proof.property
    ids = [each.id for each in CONSISTENCIES]
    strange = sorted(set(proof.consistencies) - set(ids))
    yield Check(proof=name, what="the consistencies", good=not strange, found=", ".join(strange) or "all known")
    try:
        asked = never(proof.never) if proof.never is not None else load_property(name)
    except HoldfireError as error:
        yield Check(proof=name, what="the property", good=False, found=str(error))
    else:
        yield _same(name, "the property", proof.property_sha256, digest(asked))
        again = asked_of_solver(encoded, asked, [each for each in ids if each not in proof.consistencies])
        good = again == proof.smt_lib
        said = "the same" if good else f"another text (of {proof.solver}, and this is {solver_name()})"
        yield Check(proof=name, what="the question, encoded again", good=good, found=said)
    found = _asked_again(proof.smt_lib)
    yield Check(proof=name, what="the solver's answer", good=found == "unsat", found=found)


def _same(proof: str, what: str, said: str | None, found: str | None) -> Check:
    good = said == found
    return Check(proof=proof, what=what, good=good, found="the same" if good else "not the one that was proved")


def _asked_again(text: str) -> str:
    solver = z3.Solver()
    try:
        solver.from_string(text)
    except z3.Z3Exception:
        return "it is no SMT-LIB 2"
    if not solver.assertions():
        return "it asks nothing"
    return str(solver.check())
