"""The appendix of a brief: a row a number, then everything assumed and cited in full."""

from __future__ import annotations

import html
import shlex
from typing import TYPE_CHECKING, Any, Final

from holdfire.report.brief.causes import causes
from holdfire.report.brief.whom import Whom, whom
from holdfire.study.said import Kind

if TYPE_CHECKING:
    from holdfire.report.brief.ledger import Entry
    from holdfire.report.brief.parts import Made

    Json = dict[str, Any]

_WITHOUT: Final = {Kind.TRIED: "nights that are tried are not kept one by one"}


def appendix(made: Made) -> str:
    """Return the appendix."""
    traced = causes(made)  # first, since its numbers are rows too
    runs = [study for study in (made.study, made.space) if study]
    made_by = "".join(
        f'<li id="run-{study.name}"><b>{study.name}</b>: <code>{html.escape(study.command)}</code><br>'
        f"<span class=dim>scenario {html.escape(study.results.manifest['scenario']['sha256'][:16])}…, holdfire "
        f"{html.escape(study.results.manifest['versions']['holdfire'])}, code "
        f"{html.escape(study.results.manifest['versions']['source'][:16])}…</span></li>"
        for study in runs
    )
    head = "".join(
        f"<th>{each}</th>"
        for each in ("", "number", "of", "run", "nights", "printed by", "night nearest the mean", "farthest from it")
    )
    about = whom(each.origin for each in made.ledger.entries)
    rows = "".join(_row(each, about) for each in made.ledger.entries)
    assumed = "".join(
        f"<li>{html.escape(each['place'])}: {html.escape(each['value'])}</li>"
        for each in made.comparison["assumptions"]
    )
    cited = "".join(f"<li>{html.escape(each)}</li>" for each in made.study.results.manifest["bibliography"])
    return (
        '<section class="appendix"><h2 id="appendix">Appendix: the run and the night behind each number</h2>'
        f"<p>Run these first, in this order; the same version gives the same bits.</p><ul>{made_by}</ul>"
        "<p>A night is told ruling by ruling by the command in its cell, of an aircraft that the number is about, "
        "and played by "
        f"<code>holdfire report {html.escape(shlex.quote(made.study.folder))} --nights N</code>.</p>"
        f"<div class=wide><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"{traced}<h2>All that is assumed</h2><ul>{assumed}</ul><h2>All sources</h2><ul>{cited}</ul></section>"
    )


def _row(entry: Entry, about: Whom) -> str:
    origin = entry.origin
    tried = origin.of.kind is Kind.TRIED
    seed = "as tried" if tried else f"seed {origin.study.seed}"
    cells = [
        f'<a href="#r{entry.place}">{entry.place}</a>',
        html.escape(entry.shown),
        html.escape(origin.words()),
        f'<a href="#run-{origin.study.name}">{origin.study.name}</a>, {seed}',
        "its own" if tried else str(origin.study.replications),
        f"<code>{html.escape(origin.command)}</code>",
        *(_night(entry, found, about) for found in (entry.nearest(), entry.farthest())),
    ]
    return f'<tr id="n{entry.place}">{"".join(f"<td>{each}</td>" for each in cells)}</tr>'


def _night(entry: Entry, found: tuple[int, float] | None, about: Whom) -> str:
    """Return a night, its value, and how to trace whom the number is about there, if that is anybody."""
    if found is None:
        return _WITHOUT.get(entry.origin.of.kind, "nothing was counted in any night")
    night, value = found
    origin = entry.origin
    aircraft = about(origin, night)
    if aircraft is None:
        return f"{night} ({value:.3g}), with nobody in it that it is about"
    asked = ["holdfire", "trace", origin.study.folder, "--option", origin.option, "--replication", str(night)]
    return f"{night} ({value:.3g}): <code>{html.escape(shlex.join([*asked, '--aircraft', aircraft]))}</code>"
