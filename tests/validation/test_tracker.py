"""The tracker against what its literature says of it, and on flights where trackers fail.

Every draw has a fixed name, so each figure is the same on every run.
"""

from __future__ import annotations

from math import atan2, cos, nan, pi, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.messages.plot import PLOT
from holdfire.messages.track import SNAPSHOT, TRACK, Stand
from holdfire.track.birth import begin
from holdfire.track.filter import carry, correct
from holdfire.track.models import take
from holdfire.track.recording import note
from holdfire.track.tuning import Tuning, tuning_record
from support.draws import uniforms
from support.plotted import Picture, normals, radars, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Path = Callable[[float], tuple[float, float]]

G = 9.80665


@pytest.mark.parametrize(("step_s", "sigma_m", "noise"), [(4.0, 50.0, 10.0), (10.0, 300.0, 10.0), (12.0, 30.0, 900.0)])
def test_gains_settle_at_those_of_the_alpha_beta_filter(step_s: float, sigma_m: float, noise: float) -> None:
    """Bar-Shalom, Li and Kirubarajan 2001, section 6.5: with white noise of acceleration the squared tracking index
    (Kalata 1984) is q T^3 / sigma^2 = beta^2 / (1 - alpha), and alpha = sqrt(2 beta + beta^2 / 12) - beta / 2.
    """
    record, plot = np.zeros(1, TRACK)[0], np.zeros(1, PLOT)[0]
    plot["var_x_m2"] = plot["var_y_m2"] = sigma_m**2
    plot["visual_class"] = plot["visual_load"] = -1
    begin(record, plot, 1, tuning_record()[0])
    states, fix = record["mode_state"], (0.0, 0.0, sigma_m**2, 0.0, sigma_m**2)
    for _ in range(300):
        carry(states, 0, step_s, 0.0, 1.0, 0.0, noise, step_s)
        correct(states, 0, fix, (1.0, 0.0, 0.0, 0.0), False)  # noqa: FBT003
    state = states[:, 0]
    alpha, beta = state[4] / sigma_m**2, step_s * state[6] / sigma_m**2  # K = P H' R⁻¹
    assert beta**2 / (1 - alpha) == pytest.approx(noise * step_s**3 / sigma_m**2, rel=1e-9)
    assert alpha == pytest.approx(sqrt(2 * beta + beta**2 / 12) - beta / 2, rel=1e-9)


N_ALONG, LOOKS, STEP_S, SIGMA_M, WANDER = 10, 40, 5.0, 150.0, 10.0


def wandering(noise: float) -> NDArray[np.float64]:
    """States (look, aircraft, x y vx vy) of 100 aircraft that fly as the filter assumes, far from one another."""
    n = N_ALONG**2
    grid = np.stack(np.meshgrid(np.arange(N_ALONG), np.arange(N_ALONG)), axis=-1).reshape(n, 2) * 110e3
    states = np.concatenate([grid, Tuning().first_speed_m_s * normals(950, (n, 2))], axis=1)
    out = [states]
    for look in range(1, LOOKS):
        first, second = normals(951 + look, (2, n, 2))
        kick = sqrt(noise * STEP_S) * first
        shift = STEP_S * (kick / 2 + sqrt(noise * STEP_S / 12) * second)  # Q's own Cholesky decomposition
        x, v = out[-1][:, :2], out[-1][:, 2:]
        out.append(np.concatenate([x + STEP_S * v + shift, v + kick], axis=1))
    return np.array(out)


def squared(off: NDArray[np.float64], p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared statistical distance for each row of deviations, by Cholesky's decomposition."""
    rest, left, total = p.copy(), off.copy(), np.zeros(len(off))
    for i in range(off.shape[1]):
        ratio = rest[:, i:, i] / rest[:, i, i, None]
        total += left[:, i] ** 2 / rest[:, i, i]
        left[:, i:] -= ratio * left[:, i, None]
        rest[:, i:, i:] -= ratio[:, :, None] * rest[:, i, None, i:]
    return total


def consistency(tuning: Tuning) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Average over the aircraft, for each look, of the squared errors of the states and of the innovations."""
    states, upper = wandering(WANDER), np.triu_indices(4)
    picture, nees, nis = Picture(radars(STEP_S), tuning), [], []
    for look, state in enumerate(states):
        time_s = STEP_S * look
        measured = state[:, :2] + SIGMA_M * normals(1000 + look, (len(state), 2))
        before = picture.tracks.track[picture.plots.fed[: len(state)]].copy()
        picture.take(time_s, seen(time_s, measured, SIGMA_M))
        after = picture.tracks.track[picture.plots.fed[: len(state)]]
        assert len(picture.used) == len(state)
        p = np.zeros((len(state), 4, 4))
        p[:, upper[0], upper[1]] = p[:, upper[1], upper[0]] = after["p"]
        error = np.stack([after[name] for name in ("x_m", "y_m", "vx_m_s", "vy_m_s")], axis=1) - state
        nees.append(squared(error, p).mean())
        if look > 0:
            wide = tuning.noise_m2_s3 * STEP_S**3 / 3 + SIGMA_M**2
            q = before["p"]
            s = np.zeros((len(state), 2, 2))
            s[:, 0, 0] = q[:, 0] + 2 * STEP_S * q[:, 2] + STEP_S**2 * q[:, 7] + wide
            s[:, 1, 1] = q[:, 4] + 2 * STEP_S * q[:, 6] + STEP_S**2 * q[:, 9] + wide
            s[:, 0, 1] = s[:, 1, 0] = q[:, 1] + STEP_S * (q[:, 3] + q[:, 5]) + STEP_S**2 * q[:, 8]
            predicted = np.stack([before["x_m"], before["y_m"]], 1)
            predicted += STEP_S * np.stack([before["vx_m_s"], before["vy_m_s"]], 1)
            nis.append(squared(measured - predicted, s).mean())
    return np.array(nees), np.array(nis)


def test_errors_are_as_large_as_the_filter_says() -> None:
    """Average NEES and NIS of 100 runs within their 95 % chi-square bounds (Bar-Shalom et al. 2001, 5.4.2)."""
    steady = Tuning(noise_m2_s3=WANDER, turn_share=0.0, manoeuvre_log_chance=-1e9)
    nees, nis = consistency(steady)
    n = N_ALONG**2
    # A chi-square of k n degrees of freedom over n: mean k, variance 2 k / n; n is large enough for a normal.
    assert np.mean(np.abs(nees - 4) <= 1.96 * sqrt(8 / n)) >= 0.85  # 95 % of looks, which are not independent
    assert np.mean(np.abs(nis - 2) <= 1.96 * sqrt(4 / n)) >= 0.85
    assert abs(nis.mean() - 2) <= 1.96 * sqrt(4 / (n * len(nis)))  # innovations are independent


@pytest.mark.parametrize(("turn_share", "least"), [(0.015, 3.4), (Tuning().turn_share, 3.0)])
def test_readiness_for_manoeuvres_makes_it_cautious_and_no_more(turn_share: float, least: float) -> None:
    """Flights that never turn, by a filter that expects turns.

    The more turns it expects, the more cautious it is of flight that has none, since the modes of turning widen what
    it says: NEES falls from 3.94 for none to 3.62 where 3 % of all flight turns, and to 3.09 for the 16 % of the
    tuning. A floor of 3.4 holds for the former.
    """
    nees, _ = consistency(Tuning(noise_m2_s3=WANDER, turn_share=turn_share))
    assert least < nees.mean() <= 4 + 1.96 * sqrt(8 / N_ALONG**2)


def test_a_straight_flight_errs_as_much_as_is_written_though_the_filter_is_ready_for_turns() -> None:
    """Two minutes straight, 300 times: the average NEES of what is written in its 95 % bounds, for once settled."""
    runs, looks, upper = 300, 120, np.triu_indices(4)
    errors, p = np.zeros((runs, 4)), np.zeros((runs, 4, 4))
    plot, record, out = np.zeros(1, PLOT)[0], np.zeros(1, TRACK)[0], np.zeros(1, SNAPSHOT)[0]
    plot["h_m"], plot["var_x_m2"], plot["var_y_m2"] = nan, 1600.0, 1600.0
    plot["visual_class"] = plot["visual_load"] = -1
    for run in range(runs):
        noise = 40.0 * normals(6000 + run, (looks, 2))
        for look in range(looks):
            plot["time_s"], plot["x_m"], plot["y_m"] = look, 225.0 * look + noise[look, 0], noise[look, 1]
            if look == 0:
                begin(record, plot, 1, tuning_record()[0])
            else:
                take(record, plot, (1.0, 0.0, 0.0, 0.0), 0.0, tuning_record()[0])
            record["hits"] += 1
        note(out, record, looks - 1.0, tuning_record()[0])
        errors[run] = [out[name] for name in ("x_m", "y_m", "vx_m_s", "vy_m_s")]
        p[run][upper] = out["p"]
    errors -= [225.0 * (looks - 1), 0.0, 225.0, 0.0]
    p += np.triu(p, 1).swapaxes(1, 2)
    assert abs(squared(errors, p).mean() - 4) <= 1.96 * sqrt(8 / runs)


def straight(x: float, y: float, heading: float, speed: float) -> Path:
    return lambda t: (x + speed * t * sin(heading), y + speed * t * cos(heading))


def turning(speed: float, load_m_s2: float, begin_s: float, angle: float) -> Path:
    """East, then a turn of so much acceleration through an angle, then straight on."""
    radius, rate = speed**2 / load_m_s2, load_m_s2 / speed

    def at(t: float) -> tuple[float, float]:
        turned = min(max(t - begin_s, 0.0) * rate, angle)
        on = speed * min(t, begin_s)
        rest = speed * max(t - begin_s - angle / rate, 0.0)
        return on + radius * sin(turned) + rest * cos(turned), radius * (1 - cos(turned)) + rest * sin(turned)

    return at


def fly(name: int, paths: list[Path], step_s: float, sigma_m: float, looks: int) -> tuple[Picture, NDArray[np.int64]]:
    """One radar sees all of them at each look; the number of the track (look, aircraft) that each plot went to."""
    picture, numbers = Picture(radars(step_s)), []
    for look in range(looks):
        time_s = step_s * look
        places = np.array([path(time_s) for path in paths]) + sigma_m * normals(name + look, (len(paths), 2))
        numbers.append(picture.take(time_s, seen(time_s, places, sigma_m)))
    return picture, np.array(numbers)


@pytest.mark.parametrize("degrees", [20, 40, 90])
def test_crossing_aircraft_keep_their_tracks(degrees: int) -> None:
    kept = 0
    for run in range(10):
        a, b = degrees / 360 * pi, -degrees / 360 * pi
        back = 40 * 200.0
        paths = [straight(-back * sin(h), -back * cos(h), h, 200.0) for h in (a, b)]  # both at 0, 0 after 40 s
        picture, numbers = fly(20_000 + 100 * run, paths, 4.0, 100.0, 21)
        kept += numbers[4].tolist() == numbers[-1].tolist() and len(picture.confirmed) == 2
    assert kept >= 9


@pytest.mark.parametrize(
    ("speed", "load", "step_s", "sigma_m"),
    [(250.0, 3 * G, 4.0, 100.0), (230.0, 4.6, 10.0, 300.0), (45.0, 4.0, 4.0, 150.0)],
    ids=["fighter at 3 g", "airliner at 25 degrees of bank", "drone"],
)
def test_a_turn_is_followed(speed: float, load: float, step_s: float, sigma_m: float) -> None:
    kept = 0
    for run in range(10):
        path = turning(speed, load, 60.0, 0.9 * pi)
        picture, numbers = fly(30_000 + 100 * run, [path], step_s, sigma_m, 40)
        (x, y), t = path(39 * step_s), 39 * step_s
        late = np.array(path(t)) - path(t - 1.0)
        kept += bool((numbers == 1).all())
        if (numbers == 1).all():
            (track,) = picture.confirmed
            assert np.hypot(track["x_m"] - x, track["y_m"] - y) < 4 * sigma_m
            assert abs(atan2(track["vx_m_s"], track["vy_m_s"]) - atan2(*late)) < 0.5 or speed < 100
    assert kept >= 9


def test_clutter_makes_few_tracks() -> None:
    """An hour of 30 false plots a look in 500 km by 500 km, without heights: at most two confirmed tracks."""
    picture = Picture(radars(10.0, clutter_per_m2=30 / 500e3**2))
    for look in range(360):
        time_s = 10.0 * look
        picture.take(time_s, seen(time_s, 500e3 * uniforms(40_000 + look, (30, 2)), 300.0))
    assert picture.tracks.counts[2] > 5000
    assert picture.tracks.counts[3] <= 2


def test_a_gap_is_coasted_through() -> None:
    picture = Picture(radars(4.0))
    path, stands = straight(0, 0, 1.0, 180.0), []
    for time_s in range(120):
        hidden = 60 <= time_s < 90
        plots = [seen(time_s, [path(time_s)])] if time_s % 4 == 0 and not hidden else []
        numbers = picture.take(time_s, *plots)
        assert (numbers == 1).all()
        stands.append(int(picture.used["stand"][0]))
    assert stands[59] == Stand.CONFIRMED
    assert stands[85] == Stand.COASTED
    assert stands[93] == Stand.CONFIRMED


def test_a_track_without_plots_is_dropped() -> None:
    picture = Picture(radars(4.0))
    for time_s in range(150):
        picture.take(time_s, *([seen(time_s, [(200.0 * time_s, 0)])] if time_s % 4 == 0 and time_s < 60 else []))
    assert picture.count == 0
    assert picture.tracks.counts.tolist() == [0, 1, 1, 1, 1]
