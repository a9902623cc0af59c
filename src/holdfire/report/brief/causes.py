"""The table of causes in the appendix of a brief: in how many nights each was seen under each option."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from holdfire.study.figures import CAUSES
from holdfire.study.phrases import percent
from holdfire.study.said import Kind, Of

if TYPE_CHECKING:
    from holdfire.report.brief.parts import Made

    Json = dict[str, Any]


def causes(made: Made) -> str:
    """Return a row a cause, seen or not, and a column an option; numbers of nights are rows of the ledger."""
    group = next(each for each in made.comparison["groups"] if each["id"] == CAUSES)
    head = "".join(f"<th>{html.escape(each['id'])}</th>" for each in made.comparison["options"])
    rows = "".join(
        f"<tr><td>{html.escape(figure['label'])}</td>"
        + "".join(f"<td>{_cell(made, figure, each['id'])}</td>" for each in made.comparison["options"])
        + "</tr>"
        for figure in group["figures"]
    )
    return (
        f"<h2>{html.escape(group['title'])}</h2><p>Nights with any, and between which shares of nights that leaves it "
        f"(95 %).</p><div class=wide><table><thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(made: Made, figure: Json, option: str) -> str:
    share = figure["options"][option]["nights_with_any"]
    origin = made.compared(Of((figure["name"],), (option,), kind=Kind.SHARE))
    ends = (
        f"{percent(share['low'])} to {percent(share['high'])} %" if share["k"] else f"below {percent(share['high'])} %"
    )
    return f"{made.ledger.number(str(share['k']), origin)} of {share['n']}: {ends}"
