"""What comes of a neighbour's call: crews on alert go to their cockpits, and are in the air sooner when ordered off.

A neighbour calls about intruders and strays over its land or within its reach, of some and after a while, and now and
then of nothing. It is told in which region, which is too vague for a track: nobody is sent for a call.
"""

from __future__ import annotations

from math import inf, isnan
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.messages.aircraft import Part
from holdfire.messages.response import Duty, What
from holdfire.respond.book import note
from holdfire.respond.names import Draw, chance, tonight

if TYPE_CHECKING:
    import numpy as np

    from holdfire.messages.aircraft import World
    from holdfire.messages.response import Response
    from holdfire.respond.means import Means, Warners
    from holdfire.seed import Key

_INTRUDER, _STRAY, _ALERT, _FOREWARNED = (
    int(each) for each in (Part.INTRUDER, Part.FRIENDLY_DRONE, Duty.ALERT, What.FOREWARNED)
)
_TOLD, _DELAY, _FALSE = (int(each) for each in (Draw.TOLD, Draw.DELAY, Draw.FALSE))
_TOLD_SHARE, _FALSE_RATE, _LAPSES = range(3)  # places among the numbers that a night draws of one neighbour


@kernel
def heed(  # noqa: PLR0913
    means: Means, response: Response, world: World, time_s: float, span_s: float, tick: int, key: Key
) -> None:
    """Take the calls of the last so many seconds, and count the time that crews spend in their cockpits."""
    records, standing = means.warners.records, False
    for place in range(records.size):
        warner, warned = records[place], response.warned[place]
        if not standing and time_s < warned["until_s"]:  # counted once, whoever called
            standing = True
            warned["stood_s"] += span_s * on_alert(means, response)
        for each in range(world.counts[0]):
            aircraft = world.active[each]
            truth, call_s = world.aircraft[aircraft], response.calls_s[place, aircraft]
            if truth["part"] != _INTRUDER and truth["part"] != _STRAY:
                continue
            if isnan(call_s) and is_near(means.warners, place, truth["x_m"], truth["y_m"]):
                call_s = response.calls_s[place, aircraft] = called_s(warner, truth["entity"], time_s, key)
            if time_s >= call_s:
                response.calls_s[place, aircraft] = inf
                ring(response, warner, warned, aircraft, time_s, key)
        rate = tonight(warner["false_per_s"], _FALSE_RATE, warner["entity"], key)
        if chance(tick, warner["entity"], _FALSE, key) < rate * span_s:
            ring(response, warner, warned, -1, time_s, key)


@kernel
def called_s(warner: np.void, entity: int, time_s: float, key: Key) -> float:
    """Return when a neighbour calls about an aircraft that it may notice now; inf: never."""
    if chance(warner["number"], entity, _TOLD, key) >= tonight(
        warner["told_share"], _TOLD_SHARE, warner["entity"], key
    ):
        return inf
    least_s, most_s = warner["delay_s"][0], warner["delay_s"][1]
    return time_s + least_s + (most_s - least_s) * chance(warner["number"], entity, _DELAY, key)  # type: ignore[no-any-return]


@kernel
def ring(response: Response, warner: np.void, warned: np.void, aircraft: int, time_s: float, key: Key) -> None:
    """Note a call; crews that are in their cockpits already stay there for longer."""
    if time_s >= warned["until_s"]:
        warned["since_s"] = time_s
    lapses_s = tonight(warner["lapses_s"], _LAPSES, warner["entity"], key)
    warned["until_s"] = max(warned["until_s"], time_s + lapses_s)
    note(response, time_s, _FOREWARNED, 0, aircraft, -1, float(warner["number"]))


@kernel
def on_alert(means: Means, response: Response) -> int:
    """Return how many aircraft stand on alert, other than the relief of a patrol."""
    count = 0
    for place in range(means.units.size):
        if means.units[place]["patrol"] < 0 and response.responders[place]["duty"] == _ALERT:
            count += 1
    return count


@kernel
def is_near(warners: Warners, place: int, x_m: float, y_m: float) -> bool:
    """Whether a neighbour may notice what is at a point; what is outside the area it notices not."""
    column, row = int((x_m - warners.x0_m) // warners.cell_m), int((y_m - warners.y0_m) // warners.cell_m)
    _, ny, nx = warners.near.shape
    return 0 <= column < nx and 0 <= row < ny and bool(warners.near[place, row, column])


@kernel
def gained_s(means: Means, response: Response, cold_s: float, share: float, since_s: float, time_s: float) -> float:
    """Return by how much sooner a crew on alert takes off on an order now than from cold; 0 where nobody called.

    What it has done since the call that sent it to its cockpit, or since `since_s` if it was busy then, is done. But it
    takes not less than one that sits there takes, at the same share of that range as `cold_s` of its own. The call that
    helps most counts.
    """
    most_s = 0.0
    for each in range(response.warned.size):
        warned, least = response.warned[each], means.warners.records[each]["least_s"]
        if time_s < warned["until_s"]:
            least_s = least[0] + (least[1] - least[0]) * share
            most_s = max(most_s, min(time_s - max(warned["since_s"], since_s), cold_s - least_s))
    return most_s
