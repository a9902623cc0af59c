"""Which assumed number turns a sentence round, as far as that was tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from holdfire.study.phrases import plain, under
from holdfire.study.said import Kind, Number, Of, Said, say, together
from holdfire.study.versus import RUNGS, WRONGFUL, endangers, net, side_of, titles_of
from holdfire.study.versus import figure as figure_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Claims = Mapping[str, Sequence[str | None]]
    """The figures that a sentence says something of, and the options that it names there."""
    Looked = Mapping[str, Sequence[str]]
    """Those figures, and the options of which something was tried."""

Json = dict[str, Any]
_SAID_OF: Final = {
    "stopped": "what is stopped",
    "wrongful": "who is endangered",
    "cost_own_meur": "cost",
    "peak_rung_own": "our own rung",
    "peak_rung_other": "the other side's rung",
}
_MADE_OF: Final = {"wrongful": tuple(WRONGFUL)}

_NAMED: Final = 3
"""Numbers that a sentence names; all of them stand in what was tried."""


def turned_by(comparison: Json, stress: Json | None, claims: Claims) -> Said:
    """Return in words what turns the difference of some option from the base round.

    `claims` are the figures that a sentence says something of, each with the options that it names there; where none of
    them is another than the base, all are looked at.
    """
    base = comparison["base"]
    others = [each["id"] for each in comparison["options"] if each["id"] != base]
    if not others:
        return say("There is one option only, and nothing to turn round.")
    if stress is None or not stress["tried"]:
        return say("{}", _untried(comparison, claims))
    if stress["base"] != base:
        return say("Which assumed number would turn this round was tried against {} only.", stress["base"])
    tried = stress["tried"][0]["options"]
    named = {figure: [each for each in others if each in options] or others for figure, options in claims.items()}
    looked = {figure: [each for each in options if each in tried] for figure, options in named.items()}
    lacking = [option for option in others if option not in tried and any(option in each for each in named.values())]
    if not any(looked.values()):
        where = under(titles_of(comparison), lacking)
        return say("Which assumed number would turn this round was not tried {}: holdfire stress RESULTS.", where)
    rest = f" It was not tried {under(titles_of(comparison), lacking)}." if lacking else ""
    told = _told(comparison, stress, {figure: options for figure, options in looked.items() if options})
    return say("{}{}", told, rest)


def _told(comparison: Json, stress: Json, looked: Looked) -> Said:
    """Say which of the numbers that were tried turn it round, figure by figure, or that none does."""
    turned, still = list[Said](), []
    for figure, options in looked.items():
        said = {option: _said(comparison, figure, option) for option in options}
        turns = [line for each in stress["tried"] if (line := _turned(each, figure, said))]
        if turns:
            others = ["another number that was tried is at an end of its range"] * (len(turns) > _NAMED)
            opening = "Turns round if" if any(said.values()) else "A difference shows if"
            of = f"{_SAID_OF[figure].capitalize()}: {opening[0].lower()}{opening[1:]}" if len(looked) > 1 else opening
            ends = ", or if ".join((*turns[:_NAMED], *others))
            turned.append(say("{} {} (seen in {}).", of, ends, _nights(stress)))
        else:
            still.append(figure)
    if still:
        turned.append(_still(stress, {figure: looked[figure] for figure in still}, alone=len(looked) == 1))
    return together(turned)


def _still(stress: Json, looked: Looked, *, alone: bool) -> Said:
    """Say that no number turns some figures round, and which moves the first of them that moves at all."""
    *most, last = ("it" if alone else _SAID_OF[figure] for figure in looked)
    what = f"{', '.join(most)} or {last}" if most else last
    several = len(stress["tried"]) > 1
    tried = f"None of the {len(stress['tried'])} assumed numbers" if several else "The one assumed number that was"
    end = "turns" if several else "does not turn"
    told = f"{tried} tried at both ends of its range {end} {what} round in {_nights(stress)}"
    for figure, options in looked.items():
        if moved := _most(stress, figure, options, "it" if alone else _SAID_OF[figure]):
            return say("{}{}", told, moved)
    each = "any of them" if len(looked) > 1 else "it"
    return say("{}; none moves {} at all." if several else "{}, and does not move {} at all.", told, each)


def _nights(stress: Json) -> str:
    """Return in how many nights something was tried, and where those are not the reader's own, whose they are."""
    nights, by = f"{stress['nights']} nights", stress.get("beforehand")
    if by is None:
        return nights
    code = "" if by["same_code"] else f" with holdfire {by['version']}"
    return f"{nights} of seed {by['seed']}, rehearsed beforehand{code}"


def _untried(comparison: Json, claims: Claims) -> str:
    """Say what nobody tried, and on which assumed number the figures rest first of all, where that is known."""
    names = {name for figure in claims for name in _MADE_OF.get(figure, (figure,))}
    rests = next((each for each in comparison["assumptions"] if not names.isdisjoint(each["bears_on"])), None)
    on = f" It rests first of all on {rests['place']} ({rests['value']})." if rests else ""
    return f"Which assumed number would turn this round was not tried: holdfire stress RESULTS.{on}"


def turns(said: int, end: int) -> bool:
    """Whether an answer turns round: from more to fewer or back, or told apart where it was not."""
    return end not in (0, said)


def _said(comparison: Json, figure: str, option: str) -> int:
    """Return which side a comparison itself takes, which may rest on more nights than were tried."""
    if figure == "wrongful":
        return endangers(comparison, option)
    if figure in RUNGS:
        return side_of(net(figure_of(comparison, figure)[option]["against_base"]["shift"]))
    return side_of(figure_of(comparison, figure)[option]["against_base"]["difference"])


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


def _most(stress: Json, figure: str, looked: Sequence[str], what: str) -> Said:
    """Say which number moves the difference most, and from where to where; nothing where none does."""
    moves = [
        (abs(found["high"]["value"] - found["low"]["value"]), _called(each), option, found)
        for each in stress["tried"]
        for option in looked
        if (found := each["figures"][figure][option])["low"]["value"] is not None and found["high"]["value"] is not None
    ]
    if not moves or max(move for move, *_ in moves) == 0.0:
        return Said()
    _, called, option, found = max(moves, key=lambda move: move[:2])
    of = Of(_MADE_OF.get(figure, (figure,)), (option,), stress["base"], Kind.TRIED, called)
    low, high = found["low"]["value"], found["high"]["value"]
    signs = ["-" if value < 0 else "+" for value in (low, high)]
    one, other = (Number(sign + text, of) for sign, text in zip(signs, plain(low, high), strict=True))
    return say("; {} moves {} most (the difference from {} to {}).", called, what, one, other)
