"""A night as it stands when it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.binding.rows import bench_for
from holdfire.loop import DT_S, Night
from holdfire.messages.layout import ASSESSMENT, RULING
from holdfire.messages.plot import plots_for
from holdfire.messages.response import ORDER
from holdfire.picture import picture_for
from holdfire.rehearsal.copies import copied
from holdfire.respond.prepare import response_for
from holdfire.score.join import score_for
from holdfire.sense.lights import reports_of
from holdfire.sense.prepare import scanner_for
from holdfire.world.generate import generate
from holdfire.world.lights import notices

if TYPE_CHECKING:
    from holdfire.messages.plan import Plans
    from holdfire.seed import Key
    from holdfire.setting import Scene

MOST_PLOTS: Final = 4096
"""In one tick."""
MOST_TRACKS: Final = 1024
MOST_EVENTS: Final = 100_000


def begin(scene: Scene, key: Key) -> tuple[Night, Plans]:
    """Return the night of one replication before its first tick, and the plans filed for it."""
    setting = scene.setting
    world, plans = generate(scene.plan, key)
    noticed = notices(scene.lights, scene.light_chances, scene.frame, scene.ticks * DT_S, key)
    scanner = scanner_for(setting.sensors, world.aircraft.size, key)
    n_options = setting.binding.used.shape[0]
    assessments = np.zeros((n_options, MOST_TRACKS), ASSESSMENT)
    night = Night(
        world,
        scanner._replace(lights=reports_of(noticed, scene.light_seen_by, setting.sensors, key)),
        plots_for(MOST_PLOTS),
        picture_for(MOST_TRACKS, setting.stated.size, MOST_PLOTS, plans.plan.size),
        bench_for(setting.binding, MOST_TRACKS),
        assessments,
        np.zeros(assessments.shape, RULING),
        np.zeros(assessments.shape, ORDER),
        np.zeros(MOST_TRACKS, np.int64),
        response_for(setting.means, MOST_TRACKS, MOST_EVENTS, world.aircraft.size),
        score_for(world, MOST_TRACKS, n_options),
        scene.lookout._replace(noted=scene.lookout.noted.copy(), really=scene.lookout.really.copy()),
    )
    return copied(night), copied(plans)
