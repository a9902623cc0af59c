"""One night, tick by tick: world, sensors, picture, assessment, rules, response, and the world again.

Options share the night until their rulings first lead to different orders; then it is copied and each goes on
alone, identical ones still together. An option's night is bit for bit what it is when run by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from holdfire.binding.rows import Bench, rule_on
from holdfire.compiled import kernel
from holdfire.picture import Picture, follow, recognise
from holdfire.respond.act import act
from holdfire.respond.decide import decide
from holdfire.respond.encounter import encounter
from holdfire.respond.lookout import Lookout, note_reports, note_tracks
from holdfire.respond.report import report
from holdfire.respond.warned import heed
from holdfire.score.exposed import note_exposed
from holdfire.score.join import (
    Score,
    score_confirmed,
    score_depth,
    score_ends,
    score_events,
    score_plots,
    score_rulings,
)
from holdfire.sense.eyes import look
from holdfire.sense.scan import scan
from holdfire.world.move import move

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from holdfire.messages.aircraft import World
    from holdfire.messages.layout import Records
    from holdfire.messages.plan import Plans
    from holdfire.messages.plot import Plots
    from holdfire.messages.response import Response
    from holdfire.seed import Key
    from holdfire.sense.layout import Scanner
    from holdfire.setting import Setting

DT_S = 1.0
CYCLE = 5
"""Ticks between two looks of the commander at the picture (assumed: a console is refreshed about so often)."""


class Night(NamedTuple):
    """Everything that changes in the course of a night."""

    world: World
    scanner: Scanner
    plots: Plots
    picture: Picture
    bench: Bench
    assessments: Records  # (options, tracks)
    rulings: Records  # (options, tracks)
    orders: Records  # (options, tracks)
    crews: NDArray[np.int64]  # (tracks,): state of the crew tasked with each row's track, from 1; 0: nobody
    response: Response
    score: Score
    lookout: Lookout


@kernel
def advance(  # noqa: C901, PLR0913, PLR0915
    setting: Setting,
    plans: Plans,
    night: Night,
    options: NDArray[np.int64],
    key: Key,
    begin: int,
    end: int,
    decided: bool,  # noqa: FBT001
) -> int:
    """Go on from a tick until the end, or until the orders of these options differ; return the tick reached.

    `decided` says that the first tick's orders stand already, those of `options[0]`, and are to be carried out.
    """
    world, plots, picture, response = night.world, night.plots, night.picture, night.response
    for tick in range(begin, end):
        time_s, cycle = tick * DT_S, tick % CYCLE == 0
        if not decided:
            move(world, tick, DT_S, setting.half_width_m, setting.half_height_m)
            night.score.counts[3] += world.counts[0]
            scan(setting.sensors, night.scanner, world, tick, key, plots)
            follow(picture, plots, setting.stated, setting.tuning, time_s)
            score_plots(night.score, plots, picture.tracks, time_s)
            note_reports(night.lookout, plots, time_s)
            if min(plots.counts[0], picture.tracks.counts[0], response.counts[0]) < 0:  # a fixed array is full
                return tick
            if cycle:
                recognise(picture, setting.identification, setting.ground, response.contacts, plans, time_s)
                seen = picture.counts[0]
                note_tracks(night.lookout, picture.rows[:seen], picture.slots[:seen], picture.tracks, time_s)
                heed(setting.means, response, world, time_s, CYCLE * DT_S, tick, key)
        n = picture.counts[0]
        rows, slots = picture.rows[:n], picture.slots[:n]
        if cycle and not decided:
            crews_on(response.contacts, response.responders, slots, night.crews)
            for option in options:
                assessed, ruled = night.assessments[option][:n], night.rulings[option][:n]
                rule_on(
                    setting.binding, night.bench, option, rows, slots, picture.numbers[:n], picture.hosts[:n],
                    night.crews[:n], CYCLE * DT_S, assessed, ruled,
                )  # fmt: skip
                orders = night.orders[option][:n]
                decide(setting.means, response, picture.tracks, slots, n, assessed, ruled, rows, time_s, orders)
            if differ(night.orders, options, n):
                return tick
        if cycle:
            orders = night.orders[options[0]][:n]
            act(setting.means, response, picture.tracks, orders, slots, n, world, time_s, tick, key)
            for option in options:
                assessed, ruled = night.assessments[option][:n], night.rulings[option][:n]
                score_rulings(night.score, option, picture.tracks, slots, assessed, ruled, night.crews, time_s)
            score_confirmed(night.score, picture.tracks, time_s - CYCLE * DT_S)
            score_depth(night.score, world, setting.ground, time_s)
            note_exposed(night.lookout, world, time_s)
        decided = False
        encounter(setting.means, response, picture.tracks, world, setting.ground, time_s, tick, key)
        score_ends(night.score, world, time_s)
        look(setting.eyes, world, response, tick, key)
        report(setting.means, response, picture.tracks, time_s)
        score_events(night.score, response, picture, world)
    return end


@kernel
def crews_on(contacts: Records, responders: Records, slots: NDArray[np.int64], crews: NDArray[np.int64]) -> None:
    """Write the state of the crew tasked with each row's track, from 1; 0: nobody is."""
    for row in range(slots.size):
        responder = contacts[slots[row]]["responder"]
        crews[row] = responders[responder]["crew"] + 1 if responder >= 0 else 0


@kernel
def differ(orders: Records, options: NDArray[np.int64], n: int) -> bool:
    """Whether some of these options would now have something else done than the first."""
    for option in options[1:]:
        for row in range(n):
            if not same_order(orders[options[0], row], orders[option, row]):
                return True
    return False


@kernel
def same_order(one: np.void, other: np.void) -> bool:
    """Whether two orders ask for the same."""
    return (  # type: ignore[no-any-return]
        (one["action"] == other["action"])
        & (one["responder"] == other["responder"])
        & (one["ask"] == other["ask"])
        & (one["fire"] == other["fire"])
        & (one["drop"] == other["drop"])
        & (one["keep"] == other["keep"])
        & (one["post"] == other["post"])
        & (one["post_action"] == other["post_action"])
        & (one["post_ask"] == other["post_ask"])
        & (one["post_fire"] == other["post_fire"])
    )
