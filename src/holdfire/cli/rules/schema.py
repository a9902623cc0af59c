"""`holdfire rules schema`."""

from __future__ import annotations

import json as encoder
import sys
from typing import Annotated

from cyclopts import Parameter

from holdfire.cli.output import Json
from holdfire.errors import InputError
from holdfire.logic import case_schema, schema, situation


def schema_(
    *,
    evidence: Annotated[bool, Parameter(negative="", help="the schema of an evidence file instead")] = False,
    case: Annotated[bool, Parameter(negative="", help="the schema of a case file instead")] = False,
    json: Json = False,  # noqa: ARG001  # it is JSON in either case
) -> int:
    """Print the JSON Schema of a rule-set file, for editors."""
    if evidence and case:
        message = "one schema at a time: give either --evidence or --case"
        raise InputError(message)
    made = case_schema.json_schema() if case else situation.json_schema() if evidence else schema.json_schema()
    sys.stdout.write(encoder.dumps(made, indent=2) + "\n")
    return 0
