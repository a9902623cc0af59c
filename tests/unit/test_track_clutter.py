"""What is learned of clutter, and what silence says of a track's existence."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from holdfire.messages.plot import SENSOR_AS_TRACKED
from holdfire.messages.track import Stand
from holdfire.track.clutter import clutter_cell, density, watched
from holdfire.track.expected import innovation
from holdfire.track.recording import TOO_LATE, track_all
from holdfire.track.room import CLUTTER_SIDE
from holdfire.track.tuning import Tuning, tuning_record
from support.draws import uniforms
from support.plotted import Picture, radars, seen

EAST = np.array([200.0, 0.0])


def test_density_is_the_mean_of_a_gamma_posterior() -> None:
    stated = np.zeros(1, SENSOR_AS_TRACKED)[0]
    stated["period_s"], stated["clutter_per_m2"] = 4.0, 1e-10
    tuning = Tuning(new_per_m2=0.0)
    settings, area_m2 = tuning_record(tuning)[0], tuning.clutter_cell_m**2
    assert density(0.0, watched(0.0, stated, settings), settings) == pytest.approx(1e-10)
    prior, looks = tuning.clutter_prior, 100
    posterior = (prior + 50.0) / (prior / (1e-10 * area_m2) + looks) / area_m2
    assert density(50.0, watched(4.0 * looks, stated, settings), settings) == pytest.approx(posterior)


def test_every_sensor_has_a_map_of_its_own() -> None:
    settings, places = tuning_record(Tuning())[0], 3e5 * uniforms(77, (200, 2)) - 1.5e5
    cells = [{clutter_cell(sensor, x_m, y_m, settings) for x_m, y_m in places} for sensor in range(3)]
    assert len(cells[0]) > 100
    assert len(set.union(*cells)) == sum(map(len, cells))
    assert max(cells[2]) < 3 * CLUTTER_SIDE**2


def test_a_cluttered_place_makes_fewer_tracks_once_it_is_known() -> None:
    """A wind farm of 8 km that gives 20 false plots a look, of which nothing is stated.

    Twelve times: the ratio of one time to another deviates by 0.06, so that a bound on one alone says little.
    """
    confirmed = {Tuning().clutter_prior: 0, 1e12: 0}  # learning, and not
    for prior in confirmed:
        for run in range(12):
            picture = Picture(radars(4.0, clutter_per_m2=1e-11), Tuning(clutter_prior=prior))
            for look in range(100):
                false = 8e3 * uniforms(5000 + 1000 * run + look, (20, 2))
                picture.take(4.0 * look, seen(4.0 * look, false, 100.0))
            confirmed[prior] += int(picture.tracks.counts[3])
    assert confirmed[Tuning().clutter_prior] < 0.8 * confirmed[1e12]


def test_every_sensor_that_saw_a_track_is_heard_when_it_is_silent() -> None:
    """Each missed look costs ln(1 - 0.9), of both radars that cover it and not of the third, which never did."""
    picture = Picture(radars(4.0, 4.0, 4.0))
    for look in range(10):
        at_s = 4.0 * look
        picture.take(at_s, seen(at_s, EAST * at_s), seen(at_s, EAST * at_s, sensor=1))
    assert picture.used["score"].tolist() == [Tuning().most_score]
    for time_s in range(37, 42):  # due at 36 + 5.2 s
        picture.take(time_s)
    assert picture.used["score"].tolist() == [Tuning().most_score]
    picture.take(42)
    assert picture.used["score"][0] == pytest.approx(Tuning().most_score + 2 * log(0.1))
    picture.take(46)
    assert picture.used["score"][0] == pytest.approx(Tuning().most_score + 4 * log(0.1))


def test_where_no_sensor_looks_any_more_silence_says_nothing() -> None:
    picture = Picture(radars(4.0), Tuning(covers_looks=2.0))
    for look in range(10):
        picture.take(4.0 * look, seen(4.0 * look, EAST * 4.0 * look))
    for time_s in range(37, 90):
        picture.take(time_s)
    (track,) = picture.used
    assert track["score"] == pytest.approx(Tuning().most_score + 2 * log(0.1))
    assert track["stand"] == Stand.COASTED


def test_a_recording_is_tracked_as_the_loop_tracks_it() -> None:
    picture, numbers, plots = Picture(radars(4.0)), [], []
    for time_s in range(60):
        now = seen(time_s, EAST * time_s) if time_s % 4 == 0 else seen(time_s, np.zeros((0, 2)))
        plots.append(now)
        numbers.extend(picture.take(time_s, now).tolist())
    history, fed = track_all(np.concatenate(plots), radars(4.0), None, 1.0, np.array([30.0, 56.0]))
    assert fed.tolist() == numbers
    assert history["time_s"].tolist() == [30.0, 56.0]
    (track,), last = picture.used, history[-1]
    assert (last["number"], last["x_m"], last["vx_m_s"]) == (1, track["x_m"], track["vx_m_s"])
    assert last["modes"][0] > Tuning().steady_least
    steady, spare = track["mode_state"][:, 0], track["spare"][:, 0]
    off = steady[:4] - [track[name] for name in ("x_m", "y_m", "vx_m_s", "vy_m_s")]
    assert last["p"] == pytest.approx((steady - spare)[4:] + np.outer(off, off)[np.triu_indices(4)])
    assert (last["p"][[0, 7]] < track["p"][[0, 7]]).all()
    assert last["existence"] == pytest.approx(1 / (1 + exp(-track["score"])))
    assert history[0]["x_m"] == pytest.approx(200.0 * 30, abs=60)


def test_a_recording_that_is_not_sorted_is_refused() -> None:
    plots = np.concatenate([seen(4.0, (0, 0)), seen(0.0, (0, 0))])
    with pytest.raises(ValueError, match="sorted by time"):
        track_all(plots, radars(4.0))


def test_late_plots_are_waited_for_and_no_longer_than_stated() -> None:
    plots = np.concatenate([seen(4.0 * look, EAST * 4.0 * look) for look in range(10)])
    came = np.array([0, 1, 3, 2, 4, 5, 7, 8, 9, 6])  # the third 4 s late, the seventh 12 s
    history, fed = track_all(plots[came], radars(4.0), delay_s=5.0)
    expected, numbers = track_all(plots[came[:-1]][np.argsort(came[:-1])], radars(4.0))
    assert fed.tolist() == [*numbers.tolist(), TOO_LATE]
    assert history.tobytes() == expected.tobytes()
    history, fed = track_all(plots[came], radars(4.0), delay_s=12.0)
    assert (fed == 1).all()


def test_innovations_are_those_of_what_was_believed_a_tick_before() -> None:
    """Whatever frames are noted, and in whichever order the plots came; of first plots nothing was expected."""
    plots = np.concatenate([seen(4.0 * look + 0.5, EAST * 4.0 * look + (0, 30.0 * (look % 2))) for look in range(12)])
    found, late = np.zeros(12), np.zeros(12)
    history, fed = track_all(plots, radars(4.0), nis=found)
    came = np.array([0, 1, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11])
    track_all(plots[came], radars(4.0), None, 1.0, np.array([30.0]), delay_s=5.0, nis=late)
    assert (fed == 1).all()
    assert np.isfinite(found).tolist() == [False] * 3 + [True] * 9
    assert late[np.argsort(came)] == pytest.approx(found, nan_ok=True)
    for row in range(3, 12):
        (state,) = history[history["time_s"] == plots["time_s"][row] - 0.5]
        assert found[row] == innovation(state, 1, plots[row])


def test_an_empty_recording_has_no_tracks() -> None:
    history, fed = track_all(seen(0.0, np.zeros((0, 2))), radars(4.0))
    assert (history.size, fed.size) == (0, 0)
