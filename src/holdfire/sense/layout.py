"""What a night's sensors are (constant) and how they stand (changing), as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.geo.sea import DRY, Water
from holdfire.messages.aircraft import AIRCRAFT
from holdfire.messages.vocabulary import CLASSES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.sense.field_layout import Fields
    from holdfire.sense.interference import Interference
    from holdfire.sense.light_layout import LightReports

MOST_SENSORS: Final = 63
"""As many as a track remembers, a bit each."""

BANDS: Final = ("S", "L", "X")

RADAR: Final = np.dtype(
    [
        ("line", np.int64),  # its place in the scenario's list
        ("ordinal", np.int64),  # among the carriers of that line
        ("stream", np.int64),  # its name for random numbers
        ("cell", np.int64),  # the entity of its first clutter cell
        ("cells", np.int64),  # how many: the ticks of a scan
        ("carrier", np.int64),  # place of the aircraft that carries it, -1: it stands
        ("kinds", np.int64),  # bits of vocabulary.KINDS_OF_SENSOR
        ("band", np.int64),  # place in BANDS
        ("rotates", np.int64),
        ("military", np.int64),  # 1: asks for friends too
        ("period_s", np.float64),
        ("period_ticks", np.int64),
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("h_m", np.float64),  # of the antenna
        ("reach_m", np.float64),  # beyond which nothing is reported
        ("primary_m", np.float64),
        ("secondary_m", np.float64),  # 0: interrogates nobody
        ("snr_m2", np.float64),  # signal to noise times range^4 over cross section; 0: no primary radar
        ("ln_pfa", np.float64),
        ("wave_per_m", np.float64),  # 2 pi over the wavelength
        ("roughness_m", np.float64),
        ("tan_top", np.float64),
        ("cos_sector", np.float64),
        ("sector_rad", np.float64),
        ("range_sd_m", np.float64),
        ("azimuth_sd_rad", np.float64),
        ("elevation_sd_rad", np.float64),  # 0: measures no height
        ("assumed_h_m", np.float64),
        ("assumed_h_sd_m", np.float64),
        ("secondary_range_sd_m", np.float64),
        ("secondary_azimuth_sd_rad", np.float64),
        ("replies", np.float64),
        ("garbles", np.float64),
        ("altimetry_m", np.float64),
        ("position_sd_m", np.float64),  # of a broadcast; 0: no station
        ("clutter_m", np.float64),
        ("tan_clutter", np.float64),
        ("least_radial_m_s", np.float64),
        ("residue_m2", np.float64),
        ("no_false", np.float64),  # chance of no false plot in a tick
        ("false_mean", np.float64),  # mean count of them in a tick
        ("false_m", np.float64),  # within which they lie
        ("range_bias_sd_m", np.float64),
        ("azimuth_bias_sd_rad", np.float64),
        ("outage_every_s", np.float64),
        ("outage_s", np.float64),
        ("detects", np.float64),  # as stated
        ("false_per_m2", np.float64),  # density of false plots in a scan
        ("log_ghz", np.float64),  # common logarithm of its frequency in GHz
        ("sea_vertical", np.int64),  # 1: vertical polarisation, 0: horizontal
        ("sea_m", np.float64),  # of the sea's echo: a cell's area over range, times what the filter leaves
    ],
    align=True,
)

STAND: Final = np.dtype(
    [
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("h_m", np.float64),
        ("ahead_x", np.float64),  # unit vector
        ("ahead_y", np.float64),
        ("draw", np.int64),  # first of its draws: tells two carriers of one line apart
        ("phase_s", np.float64),  # when its beam passes north
        ("range_bias_m", np.float64),
        ("azimuth_bias_rad", np.float64),
        ("outage", np.int64),  # the next of its outages, or the one that it is in
        ("clutter_m", np.float64),  # of this look: within which the surface echoes
        ("residue_m2", np.float64),  # of this look: what the filter leaves of the ground's echo
        ("sea_noise", np.float64),  # of this look: what it leaves of the sea's echo, over the noise
        ("left", np.float64),  # of this look: share of the echo that wind farms leave
    ],
    align=True,
)

IMAGER: Final = np.dtype(
    [
        ("dwell_ticks", np.int64),  # for one aircraft; 0: it is no camera
        ("cycle_rad", np.float64, (2,)),  # in infrared and in visible light, where the air takes nothing
        ("fades_per_m", np.float64, (2,)),  # one over the distance at which the air leaves nothing that shows
        ("needed", np.float64, (3,)),  # cycles to detect, to recognise, to identify
        ("laser_m", np.float64),
        ("laser_sd_m", np.float64),
        ("passive_share", np.float64),
    ],
    align=True,
)


class Screen(NamedTuple):
    """What terrain hides, on a grid [ny, nx] over the area with row 0 in the south."""

    x0_m: float
    y0_m: float
    cell_m: float
    of: NDArray[np.int64]  # (sensors,): its place in the next but one, -1: terrain hides nothing from it
    floor_m: NDArray[np.float32]  # (ny, nx): height above sea from which on `least_m` counts, below it `level_m`
    level_m: NDArray[np.float32]  # (standing sensors, ny, nx): least height seen over smooth ground
    least_m: NDArray[np.float32]  # (standing sensors, ny, nx): least height seen over the terrain


FARM: Final = np.dtype(
    [
        ("x_m", np.float64),
        ("y_m", np.float64),
        ("radius_m", np.float64),
        ("tip_m", np.float64),  # height of the blades' tips
        ("raised_m", np.float64),  # how far beyond it thresholds are raised
        ("over", np.float64),  # share of an echo that raised thresholds leave
        ("behind", np.float64),  # share of an echo that is left in its shadow
        ("chance", np.float64),  # of a plot of each turbine in a look
        ("turbine", np.int64),  # its first turbine
        ("turbine_end", np.int64),
    ],
    align=True,
)

CALM: Final = -1.0
"""The state of a sea that is not looked at."""


class Sensors(NamedTuple):
    """All sensors of a night; the carriers of one type have a record each."""

    radar: Records  # RADAR
    dt_s: float
    fields: Fields  # those spread over ground, a record beside each of RADAR
    interference: Interference  # what is done to broadcasts
    imagers: Records  # IMAGER, one for each
    taken: NDArray[np.float64]  # (sensors, classes, classes): chance that a camera takes a class for one up to this
    clouds: NDArray[np.float64]  # (layers, 3): base m, top m, cover
    screen: Screen

    farms: Records = np.zeros(0, FARM)
    turbines: Records = np.zeros(0, AIRCRAFT)  # so that a plot of one is made as any other's
    water: Water = DRY
    sea_state: float = CALM


def without_optics(n_sensors: int) -> tuple[Records, NDArray[np.float64], NDArray[np.float64], Screen]:
    """Return the last fields of `Sensors` of which none is a camera, under a clear sky over a smooth Earth."""
    one, grids = np.zeros((1, 1), np.float32), np.zeros((0, 1, 1), np.float32)
    screen = Screen(0.0, 0.0, 1.0, np.full(n_sensors, -1, np.int64), one, grids, grids.copy())
    taken = np.zeros((n_sensors, len(CLASSES), len(CLASSES)))
    return np.zeros(n_sensors, IMAGER), taken, np.zeros((0, 3)), screen


class Scanner(NamedTuple):
    """How the sensors stand now."""

    due: NDArray[np.int64]  # (sensors, aircraft): the tick of the next look; one gone by: none is arranged
    listed: NDArray[np.int64]  # (aircraft,): scratch, the places that a sensor looks at now
    stand: Records  # STAND
    outages: NDArray[np.float64]  # (sensors, outages, 2): begin and end; inf behind the last
    calls: NDArray[np.float64]  # (sensors of reports, aircraft, 4): what is reported, as `sense.telephone` has it
    lights: LightReports  # what else is reported, of no aircraft


class Eyes(NamedTuple):
    """How crews see on this night; the first index of arrays is a contact.SightingOf."""

    dt_s: float
    period_s: float
    contact_m: float
    clear: float  # share of contrast that the air leaves at that distance
    clouds: NDArray[np.float64]  # (layers, 3): base m, top m, cover
    cycle_rad: NDArray[np.float64]  # (2,)
    needed: NDArray[np.float64]  # (3,): cycles to see, to recognise, to identify
    taken: NDArray[np.float64]  # (2, classes, classes): chance that a class is taken for one up to this
    stream: int
