"""`holdfire rules schema`."""

from __future__ import annotations

import json as encoder
import sys
from typing import Annotated

from cyclopts import Parameter

from holdfire.cli.output import Json
from holdfire.logic import property_schema, schema, situation


def schema_(
    *,
    evidence: Annotated[bool, Parameter(negative="", help="the schema of an evidence file instead")] = False,
    property_: Annotated[
        bool, Parameter(name="--property", negative="", help="the schema of a property file instead")
    ] = False,
    json: Json = False,  # noqa: ARG001  # it is JSON in either case
) -> int:
    """Print the JSON Schema of a rule-set file, for editors."""
    made = (situation if evidence else property_schema if property_ else schema).json_schema()
    sys.stdout.write(encoder.dumps(made, indent=2) + "\n")
    return 0
