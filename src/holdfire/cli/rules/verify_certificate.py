"""`holdfire rules verify-certificate`."""

from __future__ import annotations

import json as decoder
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from holdfire.cli.output import Json
from holdfire.cli.sheet import Html, Sheet, present
from holdfire.errors import InputError, UnreadableError
from holdfire.examine.certificate import CertificateModel, parse_certificate, verify
from holdfire.examine.computed import named
from holdfire.examine.encoded import Encoded
from holdfire.messages.caution import CAUTION


def verify_certificate_(
    file: Path,
    *,
    ruleset: Annotated[str | None, Parameter(help="the rule set, where it is elsewhere now: an id, or a path")] = None,
    json: Json = False,
    html: Html = None,
) -> int:
    """Check a certificate of `rules prove` again: set, property, question and the solver's answer.

    Parameters
    ----------
    file
        The certificate.
    """
    made = _read(file)
    encoded = Encoded(named(ruleset or made.ruleset))
    checks = list(verify(made, encoded))
    sheet = Sheet(f"Certificate of {made.ruleset}, written by holdfire {made.holdfire}")
    sheet.table(
        ["proof", "what was checked", "answer", "found"],
        [(each.proof, each.what, "good" if each.good else "NOT GOOD", each.found) for each in checks],
    )
    if not made.proofs:
        sheet.say("NOT GOOD: it holds no proof, since nothing that was asked could be proved.")
    for proof in made.proofs:
        sheet.say(f"{proof.property}: {', '.join(proof.consistencies) or 'no consistency'} ({proof.solver})")
    sheet.say(f"\n{CAUTION}")
    data = {"ruleset": made.ruleset, "checks": [each.model_dump() for each in checks], "caution": CAUTION}
    present(sheet, "rules-verify-certificate", data, json=json, html=html)
    return 0 if made.proofs and all(each.good for each in checks) else 1


def _read(file: Path) -> CertificateModel:
    try:
        return parse_certificate(decoder.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        message = f"{file}: cannot be read ({error.strerror}): check the path"
        raise UnreadableError(message) from None
    except ValueError:
        message = f"{file}: is no JSON: name a file that `rules prove --certificate` wrote"
        raise InputError(message) from None
