"""`holdfire scenario schema`."""

from __future__ import annotations

import json as encoder
import sys

from holdfire.cli.output import Json
from holdfire.scenario.schema import json_schema


def schema_(*, json: Json = False) -> int:  # noqa: ARG001  # it is JSON in either case
    """Print the JSON Schema of a scenario file, for editors."""
    sys.stdout.write(encoder.dumps(json_schema(), indent=2) + "\n")
    return 0
