"""What `holdfire coverage` prints of its answer, from the document that `--json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.cli.output import plural, table

if TYPE_CHECKING:
    from rich.console import Console

    Json = dict[str, Any]


def show(out: Console, document: Json) -> None:
    """Print the answer of every option."""
    out.print(f"{document['title']}\n{said(document)}")
    for each in document["options"]:
        _show_one(out, each, many=len(document["options"]) > 1)
    for each in document["differences"]:
        out.print(f"{each['option']} against {each['base']}: {_signed(each['unseen_min'])} min unseen")
    if "proposal" in document:
        show_proposal(out, document["proposal"])
    for line in (
        "scan: chance of a plot in one look of every sensor, outages allowed for",
        "track: chance of a confirmed track within a minute of the border, with its interval of 95 %",
        f"gaps: share of cells with less than {document['below']:g} in a scan; runs: how long adjoining ones are",
        f"unseen: mean time from the border to a confirmed track, cut at {document['until_min']:g} min",
    ):
        out.print(line)
    out.print("Places of sensors that ship are made up, and so are the gaps.")
    if "proposal" in document:
        out.print(
            "A proposed cell lies near what is watched least: of a lay-down of your own that is not made up, "
            "keep it to those who may know."
        )
    else:
        out.print("No gap's place is given.")


def said(document: Json) -> str:
    """Return what is looked at, and for what."""
    sought = document["intruder"]
    return (
        f"{plural(document['cells'], 'cell')} of 25 km, facing {', '.join(document['faced'])}; an intruder of "
        f"{sought['rcs_m2']:g} m² at {sought['speed_m_s']:g} m/s ({sought['said']})"
    )


def _show_one(out: Console, one: Json, *, many: bool) -> None:
    if many:
        out.print(f"\n{one['option']}: {one['title']}", markup=False)
    for at in one["heights"]:
        if not at["known"]:
            out.print(
                f"\n{at['height_m']:g} m: terrain unknown (the coarse model says nothing so low; bring a finer one)"
            )
            continue
        made = table("state", "cells", "scan", "track in 1 min", "gaps", "runs, km", title=f"\n{at['height_m']:g} m")
        parts = {**at["states"], "all": at["all"]} if len(at["states"]) > 1 else at["states"]
        for name, part in parts.items():
            made.add_row(name, str(part["cells"]), f"{part['scan']:.2f}", _ranged(part["track_1min"], 2),
                         f"{part['unwatched_share']:.0%}", _runs(part["runs"]))  # fmt: skip
        out.print(made)
        out.print(f"unseen {_ranged(at['unseen_min'], 1)} min")
    if one["unseen_min"] is None:
        out.print("\nscore: nothing is known at these heights")
    else:
        out.print(f"\nscore: unseen for {_ranged(one['unseen_min'], 1)} min, over the heights known", style="bold")


def _ranged(of: Json, digits: int) -> str:
    value = f"{of['value']:.{digits}f}"
    return (
        value
        if of["low"] is None or of["high"] is None
        else f"{value} ({of['low']:.{digits}f}-{of['high']:.{digits}f})"
    )


def _runs(runs: list[Json]) -> str:
    return ", ".join(f"{each['km']:g}" + (f"x{each['count']}" if each["count"] > 1 else "") for each in runs) or "none"


def _signed(of: Json) -> str:
    ends = f" ({of['low']:+.2f} to {of['high']:+.2f})" if of["low"] is not None and of["high"] is not None else ""
    return f"{of['value']:+.2f}{ends}"


def show_proposal(out: Console, of: Json) -> None:
    """Print the cells of a proposal, and what they add."""
    made = table("", "state", "cell from", "seen in a scan", title=f"\n{of['what']}, one after another")
    made.add_row("as it is", "", "", f"{of['seen_without']:.3f}")
    for number, each in enumerate(of["cells"], 1):
        made.add_row(f"with {number}", each["state"], _square(each), f"{each['seen_with']:.3f}")
    out.print(made)
    for each in of["options"]:
        out.print(f"under {each['option']}: from {each['seen_without']:.3f} to {each['seen_with']:.3f}")
    if of["unseen_min"]:
        out.print(f"unseen: {_signed(of['unseen_min'])} min by all of them")
    elif "why" in of:
        out.print(f"unseen: not rehearsed ({of['why']})")
    out.print("cells are 25 km wide, told by the way from the area's centre to their south-western corners")
    out.print(f"one after another adds at least {of['guaranteed']:.0%} of what the best could")
    small = of["small"]
    if small is None:
        out.print("how near that is to the best: highspy is not installed (pip install 'holdfire[place]' brings it)")
        return
    out.print(
        f"of the {small['candidates']} cells that add most alone it adds {small['greedy_share']:.1%} of the most that "
        f"any {len(of['cells'])} of them can (solved exactly, at {small['places']} places)"
    )


def _square(cell: Json) -> str:
    """Return a cell in words, by its south-western corner."""
    east, north = cell["column"] * 25, cell["row"] * 25
    return f"{abs(east)} km {'east' if east >= 0 else 'west'}, {abs(north)} km {'north' if north >= 0 else 'south'}"
