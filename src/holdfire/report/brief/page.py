"""A brief as one self-contained page, and the size of type at which its print takes two sheets."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from holdfire import __version__
from holdfire.messages.caution import CAUTION
from holdfire.report.brief import parts
from holdfire.report.brief.appendix import appendix
from holdfire.report.brief.bars import bars

if TYPE_CHECKING:
    from holdfire.report.brief.parts import Made

    Json = dict[str, Any]

STYLE: Final = Path(__file__).with_name("brief.css")
_LINE: Final = (
    "holdfire analyses and rehearses; it controls nothing. Force is a modelled outcome inside a simulation. Rule sets "
    "are archetypes, not the rules in force of any state; the probability of open war is not computed."
)


def page(made: Made, size_pt: float = 8.2) -> str:
    """Return the page, in print in type of a size."""
    scenario, manifest = made.comparison["scenario"], made.study.results.manifest
    summary = str(manifest["scenario"]["data"].get("summary", "")).strip()
    body = [
        f"<header><p class=kicker>Brief · analysis and rehearsal · archetype, not the rules in force</p>"
        f"<h1>{html.escape(scenario['title'])}</h1><p class=dim><code>{html.escape(scenario['id'])}</code>, "
        f"{html.escape(scenario['kind'])}; {_runs(made)}; holdfire {__version__}</p></header>",
        _section("Question", f"<p>{_question(made)}</p><p class=dim>{_code(summary)}</p>"),
        _section("Options", f"<ol>{''.join(parts.options(made))}</ol>"),
        _section("Answer", "".join(parts.sentences(made)) + bars(made.answer["tradeoff"]) + parts.tradeoff(made)),
        _section("The ladder", f"<ul>{rungs}</ul>") if (rungs := "".join(parts.ladder(made))) else "",
        _section("What it depends on", f"<ul>{''.join(parts.depends(made))}</ul>"),
        _section("What was assumed", f"<ul>{''.join(parts.assumed(made))}</ul>"),
        _section("What was validated", f"<ul>{''.join(parts.validated(made))}</ul>"),
        _section("Sources", f"<ul>{''.join(parts.sources(made))}</ul>"),
        f"<footer><p>{html.escape(_LINE)} {html.escape(CAUTION)} Intervals are of 95 % where nothing else is said, "
        "each by itself; they count the nights drawn, not what is assumed. <span class=print>Small figures are rows of "
        "the appendix, which the page on the screen has.</span></p></footer>",
    ]
    style = STYLE.read_text(encoding="utf-8").replace("8.2pt", f"{size_pt:g}pt")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(scenario['title'])}: holdfire brief</title><style>{style}</style></head><body>"
        f"<main>{''.join(body)}</main>{appendix(made)}</body></html>\n"
    )


def _code(text: str) -> str:
    """Return a text as HTML, what stands between backquotes as code."""
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", html.escape(text))


def _section(heading: str, text: str) -> str:
    return f"<section><h2>{html.escape(heading)}</h2>{text}</section>"


def _question(made: Made) -> str:
    n = len(made.comparison["options"])
    if n == 1:
        return "What is stopped, who is wrongly engaged, what does it cost, and how far up the ladder does it lead?"
    return (
        f"Of {n} options, what would each have stopped, whom would it have engaged by mistake, what would it have "
        "cost, how far up the ladder would it have led, and does the answer survive what nobody can know?"
    )


def _runs(made: Made) -> str:
    study = f"{made.study.replications} nights under each option, seed {made.study.seed}"
    if made.space is None or made.survives is None:
        return study
    return f"{study}; {made.survives['points']} points of the unknowns, {made.survives['nights']} nights at each"
