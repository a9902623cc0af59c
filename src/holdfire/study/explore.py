"""Explore a space of unknowns: as a study is run, and stopped in its own words."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from holdfire.errors import StoppedError
from holdfire.study.run import run_study

if TYPE_CHECKING:
    from holdfire.study.run import Outcome, Request, Tell
    from holdfire.study.subject import Subject


def explore(subject: Subject, request: Request, tell: Tell) -> Outcome:
    """Run the study of a space; raises as `run_study` does, and names the command that continues it."""
    try:
        return run_study(subject, request, tell)
    except StoppedError as error:
        again = shlex.join(["holdfire", "explore", request.scenario, "--out", str(request.folder), "--resume"])
        message = f"{str(error).partition('; continue with: ')[0]}; continue with: {again}"
        raise StoppedError(message) from error.__context__
