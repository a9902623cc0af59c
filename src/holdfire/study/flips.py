"""Which assumed number turns a sentence round, as far as `holdfire stress` tried it."""

from __future__ import annotations

from typing import Any

from holdfire.study.phrases import plain
from holdfire.study.versus import WRONGFUL
from holdfire.study.versus import figure as figure_of

Json = dict[str, Any]


def turned_by(comparison: Json, stress: Json | None, figure: str, options: tuple[str | None, ...]) -> str:
    """Return in words what turns the difference of some option from the base round.

    `options` are those that the sentence names; where none of them is another than the base, all are looked at.
    """
    base = comparison["base"]
    others = [each["id"] for each in comparison["options"] if each["id"] != base]
    if not others:
        return "There is one option only, and nothing to turn round."
    if stress is None or not stress["tried"]:
        return _untried(comparison, figure)
    if stress["base"] != base:
        return f"Which assumed number would turn this round was tried against {stress['base']} only."
    looked = [option for option in others if option in options] or others
    said = {option: _said(comparison, figure, option) for option in looked}
    turns = [line for each in stress["tried"] for line in _turns(each, each["figures"][figure], said)]
    nights = stress["nights"]
    if turns:
        return f"Turns round if {', or if '.join(turns)} (seen in {nights} nights)."
    several = len(stress["tried"]) > 1
    tried = f"None of the {len(stress['tried'])} assumed numbers" if several else "The one assumed number that was"
    turned = (
        f"{tried} tried at both ends of its range {'turns' if several else 'does not turn'} it round in {nights} nights"
    )
    return turned + _most(stress, figure, looked)


def _untried(comparison: Json, figure: str) -> str:
    """Say what nobody tried, and on which assumed number the figure rests first of all, where that is known."""
    names = WRONGFUL if figure == "wrongful" else (figure,)
    rests = next((each for each in comparison["assumptions"] if not set(names).isdisjoint(each["bears_on"])), None)
    on = f" It rests first of all on {rests['place']} ({rests['value']})." if rests else ""
    return f"Which assumed number would turn this round was not tried: holdfire stress RESULTS.{on}"


def side_of(ends: Json) -> int:
    """Return on which side of 0 an interval lies, +1 or -1; 0 where it does not exclude 0, or there is none."""
    if ends["low"] is None or ends["high"] is None:
        return 0
    return int(ends["low"] > 0) - int(ends["high"] < 0)


def turns(said: int, end: int) -> bool:
    """Whether an answer turns round: from more to fewer or back, or told apart where it was not."""
    return end not in (0, said)


def _said(comparison: Json, figure: str, option: str) -> int:
    """Return which side a comparison itself takes, which may rest on more nights than were tried."""
    if figure != "wrongful":
        return side_of(figure_of(comparison, figure)[option]["against_base"]["difference"])
    sides = {_side_of_ratio(figure_of(comparison, name)[option]["against_base"]["ratio"]) for name in WRONGFUL}
    return sum(sides) if len(sides - {0}) == 1 else 0


def _side_of_ratio(ratio: Json) -> int:
    low, high = (ratio["above"] or ratio["low"] or 0.0), (ratio["below"] or ratio["high"])
    return int(low > 1) - int(high is not None and high < 1)


def _turns(each: Json, moved: Json, said: dict[str, int]) -> list[str]:
    """Say at which ends some option's difference lies elsewhere than the comparison says."""
    ends = {end for option, side in said.items() for end in ("low", "high") if turns(side, side_of(moved[option][end]))}
    return [f"{each['place']} is {each[end]} instead of {each['as_run']}" for end in sorted(ends, reverse=True)]


def _most(stress: Json, figure: str, looked: list[str]) -> str:
    """Say which number moves the difference most, and from where to where."""
    moves = [
        (abs(found["high"]["value"] - found["low"]["value"]), each["place"], found)
        for each in stress["tried"]
        for option in looked
        if (found := each["figures"][figure][option])["low"]["value"] is not None and found["high"]["value"] is not None
    ]
    if not moves or max(move for move, _, _ in moves) == 0.0:
        return "; none moves it at all." if len(stress["tried"]) > 1 else ", and does not move it at all."
    _, place, found = max(moves, key=lambda move: move[:2])
    low, high = found["low"]["value"], found["high"]["value"]
    signs = ["-" if value < 0 else "+" for value in (low, high)]
    one, other = (sign + text for sign, text in zip(signs, plain(low, high), strict=True))
    return f"; {place} moves it most (the difference from {one} to {other})."
