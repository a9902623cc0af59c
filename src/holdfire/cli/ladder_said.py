"""How `holdfire ladder RESULTS` says what a study comes to on its ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.cli.ladder_shown import OF
from holdfire.cli.output import plural, table

if TYPE_CHECKING:
    from rich.console import Console

    Made = dict[str, Any]

_LEAST_SHOWN = 0.005


def said(out: Console, made: Made) -> None:
    """Print the ladder of a study, an option after another."""
    scenario = made["scenario"]
    out.print(f"{scenario['title']}  ({scenario['id']}, {scenario['kind']})", style="bold")
    nights, days = plural(made["nights"], "night"), made["horizon_days"]
    out.print(f"{nights} under each of {plural(len(made['options']), 'option')}, seed {made['seed']}")
    out.print(f"Ladder {made['ladder']['id']}, {days} days after a night, at most {made['answers_at_most']} answers\n")
    for sentence in made["sentences"]:
        out.print(f"- {sentence}", markup=False)
    _glance(out, made)
    for option in made["options"]:
        _option(out, option, days)
    _break_even(out, made)
    assumed = [each["name"] for each in made["unknowns"] if each["grade"] == "assumed"]
    count, of = plural(len(made["unknowns"]), "number"), made["ladder"]["id"]
    out.print(f"Ranges are over {count} that nobody knows ({len(assumed)} assumed: holdfire ladder {of});")
    out.print("they do not count the nights drawn.")
    for line in made["cautions"]:
        out.print(line)


def _glance(out: Console, made: Made) -> None:
    title = f"\nAt a glance: within {made['horizon_days']} days, and rungs of our own left that can be taken back"
    glance = table("option", "own steps up", "other steps up", "left after night", "after answers", title=title)
    for option in made["options"]:
        left = next(each for each in option["left"]["own"] if each["consent"] is None)
        night, risk = left["after_night"], option["next_rung"]
        row = (_chance(risk["own"]), _chance(risk["other"]), f"{night['mean']:.1f} of {left['of']}")
        glance.add_row(option["id"], *row, _range(left["after_answers"], 1))
    out.print(glance)


def _option(out: Console, option: Made, days: int) -> None:
    out.print(f"{option['id']}: {option['title']}", style="bold", markup=False)
    if option["standing"]:
        out.print(f"  stands by itself on {', '.join(option['standing'])}")
    for each in option["signals"]:
        by = f"{each['low']:g}-{each['high']:g} (below 1 it deters, above 1 it provokes)"
        out.print(f"  what {each['option']} signals multiplies the other side's chance\n  of a step up by {by}")
    for side, of in OF.items():
        rows = [each for each in option["sides"][side] if each["peak"]["high"] >= _LEAST_SHOWN]
        if rows:
            rungs = table("rung", "step", "highest", "or higher", f"of {days} days", title=f"{of}: chances of rungs")
            for each in rows:
                numbers = (_chance(each["peak"]), _chance(each["at_least"]), _range(each["days_at_least"], 0))
                rungs.add_row(str(each["rung"]), each["title"], *numbers)
            out.print(rungs)
    _left(out, option)
    _cost(out, option)


def _left(out: Console, option: Made) -> None:
    rungs = table("side", "consent", "back", "of", "after night", "after answers", title="Rungs left")
    for side in OF:
        for each in option["left"][side]:
            if side == "other" and each["consent"]:  # its leadership's alone
                continue
            night = each["after_night"]
            between = f" ({night['least']}-{night['most']})" if night["least"] != night["most"] else ""
            row = (each["consent"] or "any", each["reversible"], str(each["of"]), f"{night['mean']:.1f}{between}")
            rungs.add_row(side, *row, _range(each["after_answers"], 1))
    out.print(rungs)


def _cost(out: Console, option: Made) -> None:
    """Print what both sides paid."""
    own, other = option["cost"]["own"], option["cost"]["other"]
    paid = [_mean(own, "flight_h", "h flown"), _mean(own, "shots", "shots"), _mean(own, "cost_own_meur", "M€ for both")]
    out.print(f"Paid a night, ours: {', '.join(paid)};", markup=False)
    out.print(f"  rungs used {_range(own['rungs_meur'], 1)} M€")
    lost = [_mean(other, name, name) for name in ("stopped", "fell", "arrived")]
    out.print(
        f"theirs: aircraft {', '.join(lost)}, {_mean(other, 'cost_other_meur', 'M€ for all lost')};", markup=False
    )
    out.print(f"  rungs used {_range(other['rungs_meur'], 1)} M€\n")


def _break_even(out: Console, made: Made) -> None:
    """Print how far each option may raise the risk of the other side's next rung before it is worse than the base."""
    others = [option for option in made["options"] if option["against_base"]]
    if not others:
        return
    rates = [f"{each['rate']:g}" for each in others[0]["against_base"]["break_even"][0]["curve"]]
    title = f"Break-even: worse than {made['base']} if it raises the risk of the other side's next rung by\n"
    title += "more than … points, where that rung counts as much as so many of what it gains"
    rows = table("option", "gains a night", *rates, title=title)
    for option in others:
        for even in option["against_base"]["break_even"]:
            curve = [_points(each["raise"], even) for each in even["curve"]]
            rows.add_row(option["id"], f"{_gain(even)} {even['gain_in']}", *curve)
    out.print(rows)
    out.print("never: even a certain rung does not outweigh it. any: no gain, or none that can be told.\n")


def _points(raised: float | None, even: Made) -> str:
    if raised is None or not even["told"]:
        return "any"
    return "never" if raised == 1.0 else f"{100 * raised:.2g}"


def _gain(even: Made) -> str:
    found = even["gain"]
    if found["value"] is None or found["low"] is None:
        return "no"
    return f"{found['value']:+.2g} ({found['low']:+.2g} to {found['high']:+.2g})"


def _mean(side: Made, figure: str, words: str) -> str:
    found = side["figures"][figure]
    if found["value"] is None:
        return f"no {words}"
    half = "" if found["low"] is None else f" ± {found['value'] - found['low']:.2g}"
    return f"{found['value']:.3g}{half} {words}"


def _chance(ends: Made) -> str:
    return _range({name: 100.0 * end for name, end in ends.items()}, 0) + " %"


def _range(ends: Made, digits: int) -> str:
    low, high = f"{ends['low']:.{digits}f}", f"{ends['high']:.{digits}f}"
    return low if low == high else f"{low}-{high}"
