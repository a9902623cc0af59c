"""`holdfire rules schema`."""

from __future__ import annotations

import json as encoder
import sys
from typing import Annotated

from cyclopts import Parameter

from holdfire.cli.output import Json
from holdfire.cli.schema_page import schema_sheet
from holdfire.cli.sheet import Html, write_page
from holdfire.errors import InputError
from holdfire.logic import case_schema, property_schema, schema, situation


def schema_(
    *,
    evidence: Annotated[bool, Parameter(negative="", help="the schema of an evidence file instead")] = False,
    case: Annotated[bool, Parameter(negative="", help="the schema of a case file instead")] = False,
    property_: Annotated[
        bool, Parameter(name="--property", negative="", help="the schema of a property file instead")
    ] = False,
    json: Json = False,  # noqa: ARG001  # it is JSON in either case
    html: Html = None,
) -> int:
    """Print the JSON Schema of a rule-set file, for editors; as a page it is tables for people."""
    asked = [
        each for each, wanted in ((situation, evidence), (case_schema, case), (property_schema, property_)) if wanted
    ]
    if len(asked) > 1:
        message = "one schema at a time: give one of --evidence, --case and --property"
        raise InputError(message)
    made = asked[0].json_schema() if asked else schema.json_schema()
    if html is not None:
        write_page(schema_sheet(made), html)
    sys.stdout.write(encoder.dumps(made, indent=2) + "\n")
    return 0
