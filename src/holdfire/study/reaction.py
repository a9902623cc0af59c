"""Which conclusions reverse once the other side adapts: an option with its reaction and without, against the base.

Held against the base are an option as it is and the same with `~reaction`; both comparisons are of the same nights, so
that what differs between them is the reaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from holdfire.study.phrases import named
from holdfire.study.versus import RUNGS, endangers, net, side_of, titles_of
from holdfire.study.versus import figure as figure_of
from holdfire.study.words_came import though

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]
Sides = dict[str, tuple[int, int]]
"""By figure, on which side of the base an option lies alone and with the reaction."""
REACTION: Final = "~reaction"
_SAID: Final = {
    "stopped": ("stops more intruders than {base}", "stops fewer intruders than {base}"),
    "wrongful": ("endangers others more than {base}", "endangers others less than {base}"),
    "cost_own_meur": ("costs more than {base}", "costs less than {base}"),
    "peak_rung_own": ("takes our own side higher than {base}", "takes our own side less high than {base}"),
    "peak_rung_other": ("takes the other side higher than {base}", "takes the other side less high than {base}"),
}
"""What is said of an option, by figure: where it has more, and where it has less."""


def paired(options: Mapping[str, str]) -> dict[str, str]:
    """Return by option the one with the other side's reaction to it, each once.

    `options` are what each stands for, by id. It is the one so called, or else one that stands for it.
    """
    reacting = {name: means for name, means in options.items() if means.endswith(REACTION)}
    ours = [name for name in options if name not in reacting]
    found = {name: name + REACTION for name in ours if name + REACTION in reacting}
    for name in sorted(ours, key=lambda each: options[each] != each):  # first those that are called as what they are
        free = (each for each in reacting if each not in found.values())
        other = next((each for each in free if reacting[each] == options[name] + REACTION), None)
        if name not in found and other:
            found[name] = other
    return {name: found[name] for name in ours if name in found}


def pairs(comparison: Json) -> list[tuple[str, str]]:
    """Return the options, other than the base, that stand there with and without the other side's reaction."""
    there = paired({option["id"]: option.get("stands_for", option["id"]) for option in comparison["options"]})
    return [each for each in there.items() if comparison["base"] not in each]


def side(comparison: Json, name: str, option: str) -> int:
    """Return +1 or -1 where an option is told to have more or less of a figure than the base; else 0."""
    if name == "wrongful":
        return endangers(comparison, option)
    found = figure_of(comparison, name)[option]["against_base"]
    return side_of(net(found["shift"])) if name in RUNGS else side_of(found["difference"])


def reversals(comparison: Json) -> list[Json]:
    """Return a sentence for each option whose conclusions do not outlast the reaction, each with what it claims.

    A conclusion reverses where more becomes less, or less more; it is lost where it can no longer be told. `text` says
    so in words, `claims` are the figures with the options that they are said of.
    """
    out = []
    for option, reacting in pairs(comparison):
        sides = {name: (side(comparison, name, option), side(comparison, name, reacting)) for name in _SAID}
        turned = [name for name, (alone, then) in sides.items() if alone * then < 0]
        lost = [name for name, (alone, then) in sides.items() if alone and not then]
        if turned or lost:
            text = _in_words(
                comparison,
                (option, reacting),
                {name: sides[name] for name in turned},
                {name: sides[name] for name in lost},
            )
            out.append({"text": text, "claims": {name: [reacting] for name in (*turned, *lost)}})
    return out


def _in_words(comparison: Json, pair: tuple[str, str], turned: Sides, lost: Sides) -> str:
    titles, (option, reacting) = titles_of(comparison), pair
    base = named(titles, [comparison["base"]])
    but = {"stopped": though(comparison, reacting, comparison["base"])}  # beside a count
    said = []
    for name, (alone, then) in turned.items():
        first, second = _phrase(name, alone, base), _phrase(name, then, base)
        said.append(f"it {first} if nobody adapts, and {second} once the other side does{but.get(name, '')}")
    for name, (alone, _) in lost.items():
        lost_then = f"can no longer be told once the other side adapts{but.get(name, '')}"
        said.append(f"that it {_phrase(name, alone, base)} {lost_then}")
    opening = "A conclusion reverses" if turned else "A conclusion does not outlast the reaction"
    return f"{opening} under {named(titles, [option])}: {'; '.join(said)}."


def _phrase(name: str, which: int, base: str) -> str:
    more, less = _SAID[name]
    return (more if which > 0 else less).format(base=base)
