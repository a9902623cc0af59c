"""`holdfire track`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from holdfire.cli.output import Json
from holdfire.cli.sheet import Html, present
from holdfire.cli.track_said import data_of, sheet_of
from holdfire.clock import WallClock, parse_utc
from holdfire.errors import InputError
from holdfire.recorded.picture import Asked, picture
from holdfire.recorded.shipped import found

EVERY_S = 5.0
MOST_DELAY_S = 600.0
"""Ten minutes: nobody waits longer for a plot (assumed)."""


def track_(  # noqa: PLR0913  # what the command line takes
    *files: Path,
    truth: Annotated[Path | None, Parameter(help="what really flew: a recording with ADS-B, or a table")] = None,
    out: Annotated[Path | None, Parameter(help="folder for the tracks: Parquet, GeoJSON and CAT062")] = None,
    every: Annotated[float, Parameter(help="seconds between two states of a track")] = EVERY_S,
    association: Annotated[
        Literal["hard", "soft"],
        Parameter(help="hard: each plot goes to one track; soft: plots are shared out by chance, for dense clutter"),
    ] = "hard",
    delay: Annotated[
        float | None, Parameter(help="seconds to wait for radar plots that come in late; without it, for all of them")
    ] = None,
    recorded: Annotated[str | None, Parameter(help="day of a recording that does not say it, as 2024-05-01")] = None,
    json: Json = False,
    html: Html = None,
) -> int:
    """Make an air picture of recordings: what was read, how far each radar is out, the tracks, and how good they are.

    Only what is simulated, or was recorded at least 24 hours ago, is tracked. Exit status 1 where a radar is
    misaligned.

    Parameters
    ----------
    files
        Recordings: ASTERIX, Mode S and ADS-B frames, tables of positions; or one that ships, as radars.ast.
    """
    if not files:
        message = "no recording is named: name one file or more, or one that ships, as radars.ast"
        raise InputError(message)
    if not 0.5 <= every <= 60:
        message = f"a state every {every:g} s is asked: ask for 0.5 to 60 s"
        raise InputError(message)
    if delay is not None and not 0 <= delay <= MOST_DELAY_S:
        message = (
            f"a delay of {delay:g} s is asked: ask for 0 to {MOST_DELAY_S:g} s, or leave --delay out to wait for all"
        )
        raise InputError(message)
    named, against = [found(path) for path in files], None if truth is None else found(truth)
    day_s = None if recorded is None else _day_s(recorded)
    made = picture(Asked(named, against, out, every, day_s, association == "soft", delay), WallClock())
    present(sheet_of(made), "track", data_of(made), json=json, html=html)
    return 1 if made.followed.registration.alarms else 0


def _day_s(text: str) -> float:
    try:
        return parse_utc(f"{date.fromisoformat(text)}T00:00:00Z")
    except ValueError:
        message = f"{text!r} is no day: write it as 2024-05-01"
        raise InputError(message) from None
