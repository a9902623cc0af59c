"""What a night leaves for the days after it: where both sides stand, what came, what was lost, which rungs are used.

The other side begins where its own acts put it. Its answers to ours (denial, threats, sanctions) are what nobody
knows: they are left to the exchange, though `climb` books those that followed once. Answers of our own side that
followed at once are its policy, and count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from holdfire.escalate.climb import met
from holdfire.messages.aircraft import Part
from holdfire.messages.response import What

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numpy.typing import NDArray

    from holdfire.escalate.ladder import Ladder, Rung
    from holdfire.escalate.standing_schema import StandingModel
    from holdfire.messages.layout import Records

ACTS: Final = (What.ENTERED, What.ARRIVED, What.FELL, What.LEFT)
"""Events that are the other side's own acts."""
_DOWNED: Final = (What.HIT, What.DISRUPTED)
ASKED: Final = (*ACTS, *_DOWNED, What.FIRED, What.LOOKED)
"""Events that an opening rests on, beside those of the ladder's moves."""


Came = Literal["nothing", "uncrewed", "crewed", "struck"]
Lost = Literal["nothing", "uncrewed", "crewed"]


@dataclass(frozen=True, slots=True)
class Opening:
    """Where an exchange begins.

    Attributes
    ----------
    own, other
        How many of the side's rungs lie at or below where it stands; 0: on none.
    came
        What entered, the gravest; `struck`: a site was hit.
    lost
        What the other side lost; people who were fired at count as lost, hit or not.
    elsewhere
        Some of it was lost elsewhere than over the guarded states.
    attributed
        There is something to show: an intruder was looked at, or came down on this side.
    signals
        Options that stand and signal something, whatever the night brought.
    """

    own: int
    other: int
    came: Came
    lost: Lost
    elsewhere: bool
    attributed: bool
    signals: tuple[str, ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether nobody has anything to answer."""
        return self.came == "nothing" and self.lost == "nothing"


@dataclass(frozen=True, slots=True)
class After:
    """An opening, and the ids of the rungs that were used up to it, of both sides."""

    opening: Opening
    used: frozenset[str]


def standing_on(ladder: Ladder, options: Iterable[str], rulesets: Collection[str] = ()) -> list[Rung]:
    """Return the rungs on which options, or parts of `a+b~reaction`, and rule sets in force stand by themselves."""
    named = {each.own for each in _entries(ladder, options)}
    named |= {each.own for each in ladder.standing if each.ruleset in rulesets}
    return [rung for rung in ladder.of("own") if rung.id in named]


def signalling(ladder: Ladder, options: Iterable[str]) -> tuple[str, ...]:
    """Return which of options, or of their parts, signal something to the other side, in the order of the ladder."""
    return tuple(each.named for each in _entries(ladder, options) if each.signals)


def _entries(ladder: Ladder, options: Iterable[str]) -> list[StandingModel]:
    parts = {part for option in options for part in option.partition("~")[0].split("+")}
    return [each for each in ladder.standing if each.option in parts]


def after(
    events: Records,
    aircraft: Records,
    ladder: Ladder,
    standing: Iterable[Rung] = (),
    strays: Collection[int] = (),
    signals: tuple[str, ...] = (),
) -> After:
    """Return what a night leaves.

    Parameters
    ----------
    events
        EVENT records in the order of time; those of the ladder's moves and of `ASKED` are enough.
    aircraft
        A row for each place that an event names, with `part`, `crewed`, `entered_s` and `left_s`.
    ladder
        The rungs and what leads to them.
    standing
        Own rungs that the option stands on by itself.
    strays
        Places of intruders that are not the other side's.
    signals
        What the option signals, as `signalling` gives it.
    """
    taken: dict[str, list[Rung]] = {"own": list(standing), "other": []}
    for event, move in met(events, aircraft, ladder):
        its_own = move.what in ACTS and int(event["aircraft"]) not in strays
        taken["own"] += [move.own] if move.own else []
        taken["other"] += [move.other] if move.other and its_own else []
    heights = {side: max((rung.rung for rung in rungs), default=0) for side, rungs in taken.items()}
    own, other = (sum(rung.rung <= heights[side] for rung in ladder.of(side)) for side in ("own", "other"))
    theirs = _of_intruders(events[~np.isin(events["aircraft"], list(strays))], aircraft)
    shown = _shown(theirs, aircraft)
    opening = Opening(own, other, _came(theirs, aircraft), *_lost(theirs, aircraft), shown, signals)
    return After(opening, frozenset(rung.id for rungs in taken.values() for rung in rungs))


def _of_intruders(events: Records, aircraft: Records) -> Records:
    about = events[events["aircraft"] >= 0]
    theirs: Records = about[aircraft["part"][about["aircraft"]] == Part.INTRUDER]
    return theirs


def _came(events: Records, aircraft: Records) -> Came:
    if (events["what"] == What.ARRIVED).any():
        return "struck"
    entered = events[events["what"] == What.ENTERED]
    if not entered.size:
        return "nothing"
    return "crewed" if aircraft["crewed"][entered["aircraft"]].any() else "uncrewed"


def _lost(events: Records, aircraft: Records) -> tuple[Lost, bool]:
    """Return what was lost, and whether some of it elsewhere than over the guarded states."""
    crewed = aircraft["crewed"][events["aircraft"]] == 1
    people = crewed & np.isin(events["what"], (*_DOWNED, What.FIRED))
    losses = people | np.isin(events["what"], _DOWNED)
    lost: Lost = "crewed" if people.any() else "uncrewed" if losses.any() else "nothing"
    return lost, bool((losses & ~_over(events, aircraft)).any())


def _shown(events: Records, aircraft: Records) -> bool:
    """Whether an intruder was looked at, or came down on this side."""
    down = np.isin(events["what"], (*_DOWNED, What.FELL, What.ARRIVED)) & _over(events, aircraft)
    return bool((down | (events["what"] == What.LOOKED)).any())


def _over(events: Records, aircraft: Records) -> NDArray[np.bool_]:
    """Return whether what each event is about had entered and had not left for good."""
    rows = aircraft[events["aircraft"]]
    over: NDArray[np.bool_] = (rows["entered_s"] <= events["time_s"]) & ~(rows["left_s"] <= events["time_s"])
    return over
