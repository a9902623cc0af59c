"""One look of one sensor at one aircraft, and the plot that it may give.

A polar measurement becomes a plot in x and y with its covariance turned along. Slant range gives ground range by
the height that came with it, or the assumed one; Earth's curvature, the same both ways, cancels.
"""

from __future__ import annotations

import math
from typing import cast

import numpy as np

from holdfire.compiled import kernel
from holdfire.geo.horizon import EFFECTIVE_RADIUS_M, horizon_m
from holdfire.messages.aircraft import Transponder
from holdfire.messages.plot import NO_CODE
from holdfire.seed import Key, Stage, block, normal_pair, stream, uniform
from holdfire.sense.detection import mirror_gain, swerling_1
from holdfire.sense.turn import FIRST_TICK

_OFF, _CIVIL = int(Transponder.OFF), int(Transponder.CIVIL)
_CHANCES, _HEIGHT = 0, 2  # draws of one look; 3 is the phase
_PLACE = cast("int", np.int64(1))  # no plain int, as FIRST_TICK
_OWN = cast("int", np.int64(stream(Stage.SENSE)))  # of the aircraft's own, whichever sensor asks
_ALTIMETER = cast("int", np.int64(4))
_STEP_M = 25 * 0.3048  # of height in a reply: 25 ft (ICAO Annex 10, volume IV, 3.1.2.6.5.4)
_STEP_M2 = _STEP_M * _STEP_M / 12.0
_CODE_BITS = 12
_RADAR, _SECONDARY = 1, 2  # bits of vocabulary.KINDS_OF_SENSOR


@kernel
def share(word: np.uint64) -> float:
    """Return a word of 32 bits as a fraction of one."""
    return float(np.int64(word)) * 2.0**-32


@kernel
def chance(
    radar: np.void, stand: np.void, target: np.void, platform: np.void, ground_m: float, horizon: float
) -> float:
    """Return the chance that a primary radar detects an aircraft above its horizon."""
    band = radar["band"]
    rcs_m2 = platform["rcs_m2"] if band == 0 else platform["rcs_l_m2"] if band == 1 else platform["rcs_x_m2"]
    east_m, north_m, up_m = target["x_m"] - stand["x_m"], target["y_m"] - stand["y_m"], target["h_m"] - stand["h_m"]
    slant_m2 = ground_m * ground_m + up_m * up_m
    product, total = stand["h_m"] * target["h_m"], stand["h_m"] + target["h_m"]
    gain = mirror_gain(ground_m, horizon, product, total, radar["wave_per_m"], radar["roughness_m"])
    snr = radar["snr_m2"] * rcs_m2 * gain / (slant_m2 * slant_m2) * stand["left"]
    if ground_m <= stand["clutter_m"] and up_m <= radar["tan_clutter"] * ground_m:
        heading = target["heading_rad"]
        across = target["speed_m_s"] * (east_m * math.sin(heading) + north_m * math.cos(heading))
        if abs(across + target["climb_m_s"] * up_m) < radar["least_radial_m_s"] * math.sqrt(slant_m2):
            return 0.0
        # What the filter leaves of the ground, or of the sea, adds to the noise.
        snr /= 1.0 + snr * stand["residue_m2"] / rcs_m2 + stand["sea_noise"]
    return swerling_1(snr, radar["ln_pfa"])


@kernel
def altimeter(radar: np.void, target: np.void, key: Key, out: np.void) -> None:
    """Write the height that a transponder reports: off by the same all night, and in steps of 25 ft."""
    most_m = radar["altimetry_m"]
    if target["altimetry"] == 0.0:
        drawn = uniform(key.seed, key.branch, FIRST_TICK, target["entity"], _OWN, _ALTIMETER, key.replication)
        target["altimetry"] = 2.0 * drawn - 1.0
    out["h_m"] = math.floor((target["h_m"] + most_m * target["altimetry"]) / _STEP_M + 0.5) * _STEP_M
    out["var_h_m2"] = most_m * most_m / 3.0 + _STEP_M2


@kernel
def place(radar: np.void, stand: np.void, target: np.void, tick: int, key: Key, heard: bool, out: np.void) -> None:  # noqa: FBT001, PLR0913
    """Write where a plot says that the aircraft is."""
    entity, own, first = target["entity"], radar["stream"], stand["draw"]
    east_m, north_m, up_m = target["x_m"] - stand["x_m"], target["y_m"] - stand["y_m"], target["h_m"] - stand["h_m"]
    ground_m = max(math.sqrt(east_m * east_m + north_m * north_m), 1.0)
    slant_m = math.sqrt(ground_m * ground_m + up_m * up_m)
    range_sd_m = radar["secondary_range_sd_m"] if heard else radar["range_sd_m"]
    azimuth_sd = radar["secondary_azimuth_sd_rad"] if heard else radar["azimuth_sd_rad"]
    if heard:
        altimeter(radar, target, key, out)
    elif radar["elevation_sd_rad"] > 0.0:
        sd_m = slant_m * radar["elevation_sd_rad"]
        error, _ = normal_pair(key.seed, key.branch, tick, entity, own, first + _HEIGHT, key.replication)
        out["h_m"], out["var_h_m2"] = target["h_m"] + sd_m * error, sd_m * sd_m
    else:
        out["h_m"], out["var_h_m2"] = math.nan, math.nan
    known = heard or radar["elevation_sd_rad"] > 0.0
    rise_m = (out["h_m"] if known else radar["assumed_h_m"]) - stand["h_m"]
    rise_m2 = out["var_h_m2"] if known else radar["assumed_h_sd_m"] * radar["assumed_h_sd_m"]
    along, across = normal_pair(key.seed, key.branch, tick, entity, own, first + _PLACE, key.replication)
    slant_m = max(slant_m + stand["range_bias_m"] + range_sd_m * along, 1.0)
    turned = stand["azimuth_bias_rad"] + azimuth_sd * across
    # Nearly overhead, a height above the slant range leaves no ground range: a tenth of it is taken.
    flat_m = math.sqrt(max(slant_m * slant_m - rise_m * rise_m, 0.01 * slant_m * slant_m))
    cosine = 1.0 - 0.5 * turned * turned  # of an angle below 0.1
    ux, uy = (east_m * cosine + north_m * turned) / ground_m, (north_m * cosine - east_m * turned) / ground_m
    stretch, lift = slant_m * range_sd_m / flat_m, rise_m / flat_m
    var_along, var_across = stretch * stretch + lift * lift * rise_m2, flat_m * flat_m * azimuth_sd * azimuth_sd
    out["x_m"], out["y_m"] = stand["x_m"] + flat_m * ux, stand["y_m"] + flat_m * uy
    out["var_x_m2"] = ux * ux * var_along + uy * uy * var_across
    out["var_y_m2"] = uy * uy * var_along + ux * ux * var_across
    out["cov_xy_m2"] = ux * uy * (var_along - var_across)


@kernel
def look_at(  # noqa: C901, PLR0911, PLR0913, PLR0915
    radar: np.void, stand: np.void, target: np.void, platform: np.void, tick: int, time_s: float, key: Key, out: np.void
) -> int:
    """Look once at one aircraft; write the plot if there is one, and return how many reports made it (0, 1 or 2)."""
    east_m, north_m = target["x_m"] - stand["x_m"], target["y_m"] - stand["y_m"]
    ground_m = max(math.sqrt(east_m * east_m + north_m * north_m), 1.0)
    horizon = horizon_m(stand["h_m"], target["h_m"])
    if ground_m >= horizon or ground_m > radar["reach_m"]:
        return 0
    rise = (target["h_m"] - stand["h_m"]) / ground_m - ground_m / (2.0 * EFFECTIVE_RADIUS_M)
    if rise > radar["tan_top"]:  # in the cone above it
        return 0
    if east_m * stand["ahead_x"] + north_m * stand["ahead_y"] < radar["cos_sector"] * ground_m:
        return 0
    entity, draw = target["entity"], stand["draw"] + _CHANCES
    w0, w1, w2, w3 = block(key.seed, key.branch, tick, entity, radar["stream"], draw, key.replication)
    alive = time_s < target["transponder_fails_s"]
    if radar["position_sd_m"] > 0.0:
        if not (alive and target["transponder"] == _CIVIL and target["address"] > 0 and share(w1) < radar["replies"]):
            return 0
        broadcast(radar, target, tick, time_s, key, out)
        return 1
    asked = ground_m <= radar["secondary_m"]
    replied = asked and alive and target["transponder"] != _OFF and share(w1) < radar["replies"]
    military = asked and radar["military"] == 1
    friend = military and alive and target["iff"] == 1 and share(w2) < radar["replies"]
    detected = False
    if radar["snr_m2"] > 0.0 and ground_m <= radar["primary_m"]:
        detected = share(w0) < chance(radar, stand, target, platform, ground_m, horizon)
    heard = replied or friend
    if not (detected or heard):
        return 0
    out["kinds"] = (_RADAR if detected else 0) | (_SECONDARY if heard else 0)
    out["asked"] = 1 if asked else 0
    out["iff"] = 1 if friend else 2 if military else 0
    out["mode_a"], out["address"] = NO_CODE, 0
    if replied:
        out["mode_a"], out["address"] = target["mode_a"], target["address"]
        garbled = share(w3) / max(radar["garbles"], 1e-9)
        if garbled < 1.0 and out["mode_a"] >= 0:  # then as evenly spread as before: it tells the bit too
            out["mode_a"] ^= 1 << int(garbled * _CODE_BITS)
    out["time_s"] = time_s
    place(radar, stand, target, tick, key, heard, out)
    return (1 if detected else 0) + (1 if heard else 0)


@kernel
def broadcast(radar: np.void, target: np.void, tick: int, time_s: float, key: Key, out: np.void) -> None:
    """Write what an aircraft broadcasts of itself; no squawk is in it."""
    sd_m = radar["position_sd_m"]
    east, north = normal_pair(key.seed, key.branch, tick, target["entity"], radar["stream"], _PLACE, key.replication)
    out["kinds"], out["asked"], out["iff"] = _SECONDARY, 0, 0
    out["mode_a"], out["address"], out["time_s"] = NO_CODE, target["address"], time_s
    out["x_m"], out["y_m"] = target["x_m"] + sd_m * east, target["y_m"] + sd_m * north
    out["var_x_m2"], out["cov_xy_m2"], out["var_y_m2"] = sd_m * sd_m, 0.0, sd_m * sd_m
    altimeter(radar, target, key, out)
