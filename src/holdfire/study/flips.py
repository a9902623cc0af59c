"""Which assumed number turns a sentence round, as far as that was tried."""

from __future__ import annotations

from typing import Any, Final

from holdfire.study.phrases import plain, under
from holdfire.study.versus import WRONGFUL, titles_of
from holdfire.study.versus import figure as figure_of

Json = dict[str, Any]

_NAMED: Final = 3
"""Numbers that a sentence names; all of them stand in what was tried."""


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
    named_there = [option for option in others if option in options] or others
    looked = [option for option in named_there if option in stress["tried"][0]["options"]]
    lacking = [option for option in named_there if option not in looked]
    if not looked:
        where = under(titles_of(comparison), lacking)
        return f"Which assumed number would turn this round was not tried {where}: holdfire stress RESULTS."
    rest = f" It was not tried {under(titles_of(comparison), lacking)}." if lacking else ""
    return _told(comparison, stress, figure, looked) + rest


def _told(comparison: Json, stress: Json, figure: str, looked: list[str]) -> str:
    """Say which of the numbers that were tried turn it round, or that none does."""
    said = {option: _said(comparison, figure, option) for option in looked}
    turns = [line for each in stress["tried"] if (line := _turned(each, figure, said))]
    if turns:
        others = ["another number that was tried is at an end of its range"] * (len(turns) > _NAMED)
        opening = "Turns round if" if any(said.values()) else "A difference shows if"
        return f"{opening} {', or if '.join((*turns[:_NAMED], *others))} (seen in {_nights(stress)})."
    several = len(stress["tried"]) > 1
    tried = f"None of the {len(stress['tried'])} assumed numbers" if several else "The one assumed number that was"
    end = "turns" if several else "does not turn"
    turned = f"{tried} tried at both ends of its range {end} it round in {_nights(stress)}"
    return turned + _most(stress, figure, looked)


def _nights(stress: Json) -> str:
    """Return in how many nights something was tried, and where those are not the reader's own, whose they are."""
    nights, by = f"{stress['nights']} nights", stress.get("beforehand")
    if by is None:
        return nights
    code = "" if by["same_code"] else f" with holdfire {by['version']}"
    return f"{nights} of seed {by['seed']}, rehearsed beforehand{code}"


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


def _turned(each: Json, figure: str, said: dict[str, int]) -> str:
    """Say at which ends some option's difference lies elsewhere than the comparison says; nothing where at none."""
    moved = each["figures"][figure]
    ends = [
        end for end in ("low", "high") if any(turns(side, side_of(moved[option][end])) for option, side in said.items())
    ]
    if not ends:
        return ""
    if ", " in each["as_run"]:  # several numbers, moved together
        return f"{_called(each)} is at the {' or the '.join(ends)} end of every range"
    return f"{_called(each)} is {' or '.join(each[end] for end in ends)} instead of {each['as_run']}"


def _called(each: Json) -> str:
    """Return a number in words with its address; what was tried by an earlier version has the address alone."""
    return str(each.get("called") or each["place"])


def _most(stress: Json, figure: str, looked: list[str]) -> str:
    """Say which number moves the difference most, and from where to where."""
    moves = [
        (abs(found["high"]["value"] - found["low"]["value"]), _called(each), found)
        for each in stress["tried"]
        for option in looked
        if (found := each["figures"][figure][option])["low"]["value"] is not None and found["high"]["value"] is not None
    ]
    if not moves or max(move for move, _, _ in moves) == 0.0:
        return "; none moves it at all." if len(stress["tried"]) > 1 else ", and does not move it at all."
    _, called, found = max(moves, key=lambda move: move[:2])
    low, high = found["low"]["value"], found["high"]["value"]
    signs = ["-" if value < 0 else "+" for value in (low, high)]
    one, other = (sign + text for sign, text in zip(signs, plain(low, high), strict=True))
    return f"; {called} moves it most (the difference from {one} to {other})."
