"""A camera that is turned from one aircraft to the next, and the plot that it may give.

What it detects, recognises and identifies follows the cycles that it resolves over an aircraft's size, by Johnson's
criteria with the target transfer probability function, as crews' eyes do (`eyes.resolved`). How many those are is
found as in J. A. Ratches, "Static performance model for thermal imaging systems", Optical Engineering 15, 1976: the
contrast that the air leaves (Beer and Lambert) against the least that shows at a fineness. With the logarithm of the
latter straight in the cycles of an angle (assumed), those fall in a straight line with the distance, and reach zero
where what the air takes equals the logarithm of the contrast. Which aircraft it is turned to next is the one longest
not looked at: cues, and what an operator would rather look at, are not modelled.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.compiled import kernel
from holdfire.geo.horizon import EFFECTIVE_RADIUS_M, horizon_m
from holdfire.messages.plot import NO_CODE
from holdfire.messages.vocabulary import CLASSES, ITEM, KINDS_OF_SENSOR
from holdfire.seed import Key, block, normal_pair, uniform
from holdfire.sense.eyes import EYES, confusion, resolved
from holdfire.sense.imager_schema import ImagerModel
from holdfire.sense.light import cycle_mrad
from holdfire.sense.mask import hidden
from holdfire.sense.plotting import share
from holdfire.sense.sight import SightModel
from holdfire.sense.turn import FIRST_TICK
from holdfire.sense.weather import clear_share, cloud_rows, haze_per_m
from holdfire.units import KM_M

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from holdfire.messages.aircraft import World
    from holdfire.sense.layout import Scanner, Sensors
    from holdfire.sense.schema import NightModel, SensorModel
    from holdfire.sense.sensor import Sensor

_EO_IR = 1 << KINDS_OF_SENSOR.index("eo-ir")
_LOADS: Final = ITEM["visual_load"].values
_NONE_SEEN, _BY_TYPE, _NOT_SURE = map(_LOADS.index, ("none-seen", "by-type", "not-established"))
_WEAPON = CLASSES.index("one-way-attack-type")
_CHANCES, _ALONG, _UP, _TAKE = 0, 1, 2, 3  # draws
_LEAST_SHARE = 0.1  # of the true range that a measured one is at least
_NEVER = -(1 << 40)


def with_imagers(
    sensors: Sensors,
    lines: Sequence[SensorModel],
    library: Mapping[str, Sensor],
    night: NightModel,
    light_lx: float | None,
) -> Sensors:
    """Return the sensors with what cameras among them need of a night: light, haze, cloud and mistakes."""
    imagers, taken = sensors.imagers.copy(), sensors.taken.copy()
    for place, radar in enumerate(sensors.radar):
        stated = library[lines[int(radar["line"])].model].stated
        if isinstance(stated, ImagerModel):
            _fill(imagers[place], stated, night, light_lx)
            imagers[place]["dwell_ticks"] = max(round(stated.dwell_s.value / sensors.dt_s), 1)
            taken[place] = np.cumsum(confusion(stated, night.misidentification_factor), axis=1)
    taken[:, :, -1] = math.inf  # no draw falls behind the last
    eyes = library[EYES].stated
    depth_m = eyes.cloud_depth_m.value if isinstance(eyes, SightModel) else 0.0
    return sensors._replace(imagers=imagers, taken=taken, clouds=cloud_rows(night, depth_m))


def _fill(record: np.void, stated: ImagerModel, night: NightModel, light_lx: float | None) -> None:
    haze = haze_per_m(night, stated.contrast_left.value)
    infrared = stated.infrared_share.value * haze + stated.infrared_per_km.value / KM_M
    for place, (channel, per_m) in enumerate(((stated.infrared, infrared), (stated.visible, haze))):
        record["cycle_rad"][place] = cycle_mrad(channel, night.darkness, light_lx) / 1000
        record["fades_per_m"][place] = per_m / math.log(channel.contrast.value)
    needed = stated.cycles_to_detect, stated.cycles_to_recognise, stated.cycles_to_identify
    record["needed"] = [each.value for each in needed]
    record["laser_m"], record["laser_sd_m"] = stated.laser_km.value * KM_M, stated.laser_sd_m.value
    record["passive_share"] = stated.passive_share.value


@kernel
def turned_to(sensors: Sensors, scanner: Scanner, s: int, world: World, tick: int) -> int:
    """Return the aircraft that a camera looks at in this tick, -1: none; the one longest not looked at comes first."""
    radar, stand, due = sensors.radar[s], scanner.stand[s], scanner.due[s]
    best = -1
    if (tick + int(stand["phase_s"] / sensors.dt_s)) % sensors.imagers[s]["dwell_ticks"] != 0:
        return best
    best_tick = tick - radar["period_ticks"] + 1
    for i in range(world.counts[0]):
        a = world.active[i]
        looked = due[a] if due[a] >= 0 else _NEVER
        if a != radar["carrier"] and looked < best_tick and in_field(radar, stand, world.aircraft[a]):
            best, best_tick = a, looked
    return best


@kernel
def in_field(radar: np.void, stand: np.void, target: np.void) -> bool:
    """Whether an aircraft is within reach, above the horizon and where the camera can be turned."""
    east_m, north_m = target["x_m"] - stand["x_m"], target["y_m"] - stand["y_m"]
    ground_m = max(math.sqrt(east_m * east_m + north_m * north_m), 1.0)
    rise = (target["h_m"] - stand["h_m"]) / ground_m - ground_m / (2.0 * EFFECTIVE_RADIUS_M)
    return bool(
        ground_m < min(radar["reach_m"], horizon_m(stand["h_m"], target["h_m"]))
        and rise <= radar["tan_top"]
        and east_m * stand["ahead_x"] + north_m * stand["ahead_y"] >= radar["cos_sector"] * ground_m
    )


@kernel
def finest_rad(imager: np.void, slant_m: float) -> float:
    """Return the angle of a cycle that the better band resolves at a distance through the air; inf: neither does."""
    per_rad = 0.0
    for band in range(2):
        per_rad = max(per_rad, (1.0 - imager["fades_per_m"][band] * slant_m) / imager["cycle_rad"][band])
    return 1.0 / per_rad if per_rad > 0.0 else math.inf


@kernel
def image(  # noqa: PLR0913, PLR0915
    sensors: Sensors, s: int, stand: np.void, target: np.void, platform: np.void, tick: int, key: Key, out: np.void
) -> bool:
    """Look once at one aircraft; write the plot and say so if it is detected."""
    radar, imager, own, first = sensors.radar[s], sensors.imagers[s], sensors.radar[s]["stream"], stand["draw"]
    east_m, north_m, up_m = target["x_m"] - stand["x_m"], target["y_m"] - stand["y_m"], target["h_m"] - stand["h_m"]
    ground_m = max(math.sqrt(east_m * east_m + north_m * north_m), 1.0)
    slant_m, entity, size_m = math.sqrt(ground_m * ground_m + up_m * up_m), target["entity"], platform["size_m"]
    cycle_rad = finest_rad(imager, slant_m)
    if cycle_rad == math.inf or hidden(sensors.screen, s, target):
        return False
    w0, w1, w2, _ = block(key.seed, key.branch, tick, entity, own, first + _CHANCES, key.replication)
    clear = clear_share(sensors.clouds, min(stand["h_m"], target["h_m"]), max(stand["h_m"], target["h_m"]))
    if share(w0) >= clear * resolved(size_m, slant_m, cycle_rad, imager["needed"][0]):
        return False
    out["kinds"], out["asked"], out["iff"], out["mode_a"], out["address"] = _EO_IR, 0, 0, NO_CODE, 0
    out["time_s"] = tick * sensors.dt_s
    if share(w1) < resolved(size_m, slant_m, cycle_rad, imager["needed"][1]):
        at = uniform(key.seed, key.branch, FIRST_TICK, entity, own, first + _TAKE, key.replication)
        reported, load = 0, platform["load"]
        while at >= sensors.taken[s, platform["look"], reported]:
            reported += 1
        carries = _NONE_SEEN if load == _BY_TYPE else load
        if share(w2) >= resolved(size_m, slant_m, cycle_rad, imager["needed"][2]):
            carries = _NOT_SURE
        out["visual_class"], out["visual_load"] = reported, _BY_TYPE if reported == _WEAPON else carries
    # From here on where it is: angles are fine, the range is the laser's or rough.
    sd_m = imager["laser_sd_m"] if slant_m <= imager["laser_m"] else imager["passive_share"] * slant_m
    along, across = normal_pair(key.seed, key.branch, tick, entity, own, first + _ALONG, key.replication)
    above, _ = normal_pair(key.seed, key.branch, tick, entity, own, first + _UP, key.replication)
    range_m = max(slant_m + sd_m * along, _LEAST_SHARE * slant_m)
    sine = math.sin(math.atan2(up_m, ground_m) + radar["elevation_sd_rad"] * above)
    cosine = math.sqrt(1.0 - sine * sine)
    turned = stand["azimuth_bias_rad"] + radar["azimuth_sd_rad"] * across  # below 0.1
    ux = (east_m + north_m * turned) / ground_m / math.sqrt(1.0 + turned * turned)
    uy = (north_m - east_m * turned) / ground_m / math.sqrt(1.0 + turned * turned)
    lift_m, flat_m = range_m * radar["elevation_sd_rad"], range_m * cosine
    var_along = cosine * cosine * sd_m * sd_m + sine * sine * lift_m * lift_m
    var_across = flat_m * flat_m * radar["azimuth_sd_rad"] * radar["azimuth_sd_rad"]
    out["x_m"], out["y_m"] = stand["x_m"] + flat_m * ux, stand["y_m"] + flat_m * uy
    out["h_m"] = stand["h_m"] + range_m * sine
    out["var_h_m2"] = sine * sine * sd_m * sd_m + cosine * cosine * lift_m * lift_m
    out["var_x_m2"] = ux * ux * var_along + uy * uy * var_across
    out["var_y_m2"] = uy * uy * var_along + ux * ux * var_across
    out["cov_xy_m2"] = ux * uy * (var_along - var_across)
    return True
