"""Registration: what each radar is out by, how sure that is, what cannot be told, and plots freed of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from holdfire.register.misfit import AZIMUTH, PARAMETERS, RANGE, TIME, compared
from holdfire.register.pairs import BROADCAST, Pairs, Reports, pair_up, reports
from holdfire.register.solve import PRIOR, solve
from holdfire.units import RAD_PER_DEG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.recording import Recording, Site
    from holdfire.register.solve import Solved

TOLD: Final = 0.1
"""A bias counts as told where its deviation is below this part of the prior's (assumed)."""
CHANCE: Final = 2.0
"""Deviations within which a bias may be none (assumed); it is left where it is, as removing it would only add noise."""
SURE: Final = 3.0
"""Deviations beyond which a bias is not by chance (assumed)."""
ALARM: Final = (500.0, 1.0 * RAD_PER_DEG, 2.0)
"""Range, azimuth and time beyond which a radar is misaligned, not merely unregistered (assumed: ten times what one is
set up to)."""


FEWEST_FOR_NOISE: Final = 200
"""Misfits from which deviations of a plot are taken (assumed: they are then known within a tenth)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One bias: what is added to what the radar should have said, and its standard deviation.

    `told`: it could be told. `shared`: only its difference to the same bias of other radars could, as of two clocks
    without a third; then `value` is the smallest that gives the difference. `removed`: it, or the difference, is beyond
    chance, and taken out of the plots.
    """

    value: float
    sd: float
    told: bool
    shared: bool = False
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Bias:
    """What one radar is out by.

    `range_m`, `azimuth_rad` and `time_s` are None where it was compared with nothing. `pairs` counts plots that were
    compared, `aircraft` how many they were of, `outliers` those that fit nothing.
    """

    site: str
    range_m: Estimate | None
    azimuth_rad: Estimate | None
    time_s: Estimate | None
    pairs: int
    aircraft: int
    outliers: int
    against: tuple[str, ...]
    range_sd_m: float | None = None
    azimuth_sd_rad: float | None = None
    """Standard deviations of one plot, where enough of them could be held against self-reported positions."""


@dataclass(frozen=True, slots=True)
class Registration:
    """The biases of all radars, in the order of the sites; what is said about them; and alarms, which are shouted."""

    biases: tuple[Bias, ...]
    notes: tuple[str, ...]
    alarms: tuple[str, ...]


def register(recording: Recording) -> Registration:
    """Estimate what each radar of a recording is out by.

    A plot counts where it has a height and names its aircraft, and where another radar, or the aircraft itself, told
    of that aircraft just before and just after.
    """
    sites = recording.sites
    told = reports(recording.polar, recording.position, sites)
    pairs = pair_up(told)
    if not len(pairs.plot):
        empty = tuple(Bias(site.name, None, None, None, 0, 0, 0, ()) for site in sites)
        return Registration(empty, _unseen(recording, empty), ())
    found = solve(compared(told, pairs, sites), len(sites))
    biases = tuple(_bias(place, sites, told, pairs, found) for place in range(len(sites)))
    notes = (*_unseen(recording, biases), *_together(sites, biases, found))
    return Registration(biases, notes, tuple(line for bias in biases for line in _alarms(bias)))


def corrected(polar: Records, registration: Registration) -> Records:
    """Return plots freed of what is to be removed, in the order of their new times."""
    out = polar.copy()
    for place, bias in enumerate(registration.biases):
        rows = polar["sensor"] == place
        for name, estimate in (("range_m", bias.range_m), ("azimuth_rad", bias.azimuth_rad), ("time_s", bias.time_s)):
            if estimate is not None and estimate.removed:
                out[name][rows] -= estimate.value
    out["azimuth_rad"] %= 2 * np.pi
    return out[np.argsort(out["time_s"], kind="stable")]


def _bias(place: int, sites: Sequence[Site], told: Reports, pairs: Pairs, found: Solved) -> Bias:
    rows = told.source[pairs.plot] == place
    seen_by = told.source[pairs.before] == place
    if not (rows | seen_by).any():
        return Bias(sites[place].name, None, None, None, 0, 0, 0, ())
    estimates = [_estimate(place, parameter, found) for parameter in range(PARAMETERS)]
    sources = np.unique(told.source[pairs.before[rows]]).tolist()
    against = tuple("ADS-B" if source == BROADCAST else sites[source].name for source in sources)
    noise = _noise(found.left[rows & (told.source[pairs.before] == BROADCAST)])
    return Bias(
        sites[place].name, estimates[RANGE], estimates[AZIMUTH], estimates[TIME], int(rows.sum()),
        len(np.unique(told.aircraft[pairs.plot[rows]])), int((found.weight[rows] == 0).sum()), against, *noise,
    )  # fmt: skip


def _noise(left: NDArray[np.float64]) -> tuple[float, float] | tuple[None, None]:
    """Return standard deviations of range and azimuth from what is left of the misfits, by their medians.

    The error of the positions is in them, too: they are a little too large rather than too small.
    """
    if len(left) < FEWEST_FOR_NOISE:
        return None, None
    range_sd, azimuth_sd = (1.4826 * np.median(np.abs(left), axis=0)).tolist()
    return range_sd, azimuth_sd


def _unseen(recording: Recording, biases: Sequence[Bias]) -> tuple[str, ...]:
    """Say which radars were compared with nothing, and why."""
    out = []
    for place, (site, bias) in enumerate(zip(recording.sites, biases, strict=True)):
        plots = int((recording.polar["sensor"] == place).sum())
        if plots and bias.range_m is None:
            why = "nothing saw its aircraft at the same time" if site.position_known else "nobody says where it stands"
            out.append(f"{site.name}: not registered, {why}: its bias cannot be told")
    return tuple(out)


def _estimate(place: int, parameter: int, found: Solved) -> Estimate:
    at = PARAMETERS * place + parameter
    limit = float(TOLD * PRIOR[parameter])
    value, sd = float(found.bias[place, parameter]), float(found.covariance[at, at]) ** 0.5
    apart = [_apart(found, at, other) for other in range(parameter, len(found.covariance), PARAMETERS) if other != at]
    shared = [each for each in apart if each[1] < limit] if sd >= limit else []
    beyond = any(abs(off) > CHANCE * off_sd for off, off_sd in ([(value, sd)] if sd < limit else shared))
    return Estimate(value, sd, told=sd < limit, shared=bool(shared), removed=beyond)


def _apart(found: Solved, first: int, second: int) -> tuple[float, float]:
    """Return the difference of two biases, by their places in the covariance, and its standard deviation."""
    variance = found.covariance[first, first] + found.covariance[second, second] - 2 * found.covariance[first, second]
    flat = found.bias.ravel()
    return float(flat[first] - flat[second]), max(float(variance), 0.0) ** 0.5


def _together(sites: Sequence[Site], biases: Sequence[Bias], found: Solved) -> tuple[str, ...]:
    """Say what could not be told of each radar, and what of the difference between two."""
    out = []
    for parameter, (name, unit) in enumerate((("range", "m"), ("azimuth", "rad"), ("time", "s"))):
        estimates = [(bias.range_m, bias.azimuth_rad, bias.time_s)[parameter] for bias in biases]
        untold = [place for place, each in enumerate(estimates) if each is not None and not each.told]
        out += [f"{sites[place].name}: its bias in {name} could not be told" for place in untold]
        for first, second in pairwise(untold):
            apart, sd = _apart(found, PARAMETERS * first + parameter, PARAMETERS * second + parameter)
            if sd < TOLD * PRIOR[parameter]:
                both = f"{sites[first].name} less {sites[second].name} in {name}: {apart:.3g} ± {sd:.2g} {unit}"
                done = "is removed" if abs(apart) > CHANCE * sd else "is no more than chance"
                out.append(f"{both}: the difference can be told, and {done}")
    return tuple(out)


def _alarms(bias: Bias) -> list[str]:
    """Say where a radar is misaligned."""
    out = []
    for name, estimate, limit, scale, unit in (
        ("range", bias.range_m, ALARM[RANGE], 1.0, "m"),
        ("azimuth", bias.azimuth_rad, ALARM[AZIMUTH], 1 / RAD_PER_DEG, "degrees"),
        ("time", bias.time_s, ALARM[TIME], 1.0, "s"),
    ):
        if estimate is not None and estimate.told and abs(estimate.value) > max(limit, SURE * estimate.sd):
            out.append(
                f"{bias.site.upper()} IS MISALIGNED: its {name} is out by {estimate.value * scale:+.1f} {unit} "
                f"(± {estimate.sd * scale:.2g}); without correction none of its plots is where it says"
            )
    return out
