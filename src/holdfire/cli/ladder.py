"""`holdfire ladder`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from holdfire.catalogue import load_ladder
from holdfire.cli.ladder_said import said
from holdfire.cli.ladder_shown import data_of, shown
from holdfire.cli.output import Json, console, print_json
from holdfire.errors import InputError

SHIPPED = "air-incidents"


def ladder_(
    what: str = SHIPPED,
    *,
    base: Annotated[
        str | None, Parameter(help="of results: option that the others are held against; the first")
    ] = None,
    json: Json = False,
) -> int:
    """Show a ladder as data, or how high both sides come on it under each option of a study.

    Parameters
    ----------
    what
        Id of a ladder that ships, path of a file, or a folder that `holdfire run` wrote.
    """
    if Path(what).is_dir():
        from holdfire.study.ladder import ladder_of

        made = ladder_of(Path(what), base)
        if json:
            print_json("ladder-results", **made)
        else:
            said(console(), made)
        return 0
    if base is not None:
        message = f"{what} is no folder of results, so it has no option {base!r}: leave --base out"
        raise InputError(message)
    ladder = load_ladder(what)
    if json:
        print_json("ladder", **data_of(ladder))
    else:
        shown(console(), ladder)
    return 0
