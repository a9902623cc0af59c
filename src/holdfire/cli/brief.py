"""`holdfire brief`."""

from __future__ import annotations

import os
import shlex
from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from holdfire.cli.output import Json, console, plural, print_json
from holdfire.cli.progress import progress
from holdfire.errors import InputError
from holdfire.report.brief import pdf as paper
from holdfire.report.brief.write import made_of, write
from holdfire.report.write import refuse_unwritable
from holdfire.study import manifest as manifests
from holdfire.study.about import about
from holdfire.study.explore import explore
from holdfire.study.run import Request, run_study
from holdfire.study.space import explored

NIGHTS, POINTS, AT_EACH = 40, 32, 2
SEED = 1


def brief_(  # noqa: PLR0913  # what the command line takes
    scenario: str,
    *,
    results: Annotated[Path | None, Parameter(help="folder that holdfire run wrote; else it is run")] = None,
    space: Annotated[Path | None, Parameter(help="folder that holdfire explore wrote; else it is explored")] = None,
    options: Annotated[str | None, Parameter(help="ids, as a,b; the first is the base; all of them")] = None,
    nights: Annotated[int, Parameter(help="nights under each option, where it is run")] = NIGHTS,
    points: Annotated[int, Parameter(help="points, where it is explored; 0: it is not")] = POINTS,
    workers: Annotated[int | None, Parameter(help="processes; as many as there are processors")] = None,
    out: Annotated[Path, Parameter(help="the page to write")] = Path("brief.html"),
    pdf: Annotated[bool, Parameter(negative="", help="print it to PDF beside the page, by Chromium")] = False,
    json: Json = False,
) -> int:
    """Write a brief of two pages: question, options, answer, what it depends on, what was assumed and validated.

    Without --results the scenario is run and its unknowns are explored first, and kept beside the page.

    Parameters
    ----------
    scenario
        Id of a scenario that ships, or path of a file.
    """
    refuse_unwritable(out)
    subject = about(scenario, options)
    crew = workers or os.cpu_count() or 1
    with progress() as tell:
        if results is None:
            results = Path(f"{out.with_suffix('')}-runs") / "results"
            run_study(subject, _request(results, nights, crew, scenario), tell)
            if space is None and points:
                space = results.with_name("space")
                asked = _request(space, points * AT_EACH, crew, scenario, AT_EACH)
                explore(explored(subject, AT_EACH), asked, tell)
    made = made_of(results, space)
    if made.comparison["scenario"]["id"] != subject.id:
        message = f"{results} is of {made.comparison['scenario']['id']}, not of {subject.id}: name that scenario"
        raise InputError(message)
    write(made, out)
    sheets, problem = _on_paper(partial(write, made, out), out) if pdf else (None, "")
    if json:
        print_json(
            "brief", path=str(out), numbers=len(made.ledger.entries), results=str(results),
            space=str(space) if space else None, sheets=sheets, problem=problem or None,
        )  # fmt: skip
        return 0
    shown = console()
    shown.print(f"{out}: {plural(len(made.ledger.entries), 'number')}, each with its run and night", soft_wrap=True)
    if sheets:
        shown.print(f"{out.with_suffix('.pdf')}: {plural(sheets, 'page')}", soft_wrap=True)
    if problem:
        shown.print(problem, soft_wrap=True)
    shown.print(f"Kept: {shlex.join(str(each) for each in (results, space) if each)}", soft_wrap=True)
    return 0


def _request(folder: Path, replications: int, workers: int, scenario: str, chunk: int = 10) -> Request:
    """Return a run that continues what an interrupted one left."""
    resume = (folder / manifests.NAME).exists()
    return Request(folder, replications, SEED, workers, resume=resume, scenario=scenario, chunk_size=chunk)


def _on_paper(write_at: partial[None], out: Path) -> tuple[int | None, str]:
    """Print a page; return its sheets, or why there is none."""
    command = paper.browser()
    if command is None:
        return None, f"no PDF: none of {', '.join(paper.BROWSERS)} is installed; print {out} in any browser"
    try:
        sheets = paper.fitted(command, out.with_suffix(".pdf"), out, lambda size: write_at(size_pt=size))
    except OSError as error:
        return None, f"no PDF: {error}; print {out} in any browser"
    return sheets, "" if sheets <= paper.SHEETS else f"it takes {sheets} pages: name fewer options for two"
