"""What is written: simulated, or a day old, and it says so; read again, it is the same."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.clock import SimulatedClock
from holdfire.errors import InputError
from holdfire.feeds.asterix.write import RECORDED, cat048, write_cat062
from holdfire.feeds.intake import Intake
from holdfire.feeds.modes import write as frames
from holdfire.feeds.modes.decode import decoded
from holdfire.feeds.modes.frames import Frame
from holdfire.feeds.read import read, take
from holdfire.messages.recording import POLAR, POSITION, SYSTEM_TRACK, Site

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.messages.layout import Records

pytest.importorskip("asterix.generated", reason="libasterix is not installed: it comes with the extra feeds")
pytest.importorskip("rs1090", reason="rs1090 is not installed: it comes with the extra feeds")

EPOCH_S = 1_740_787_200.0
SITES = [Site("system 2/99", 2, 99, nan, nan, nan, None, position_known=False)]


def _track(**said: float) -> Records:
    track = np.zeros(1, SYSTEM_TRACK)
    bare = {
        "number": 7, "time_s": 3600.0, "lat_deg": 50.0, "lon_deg": 20.0, "vx_m_s": nan, "vy_m_s": nan, "h_m": nan,
        "vh_m_s": nan, "sigma_m": nan, "mode_a": -1, "confirmed": 1, "simulated": 1,
    }  # fmt: skip
    for name, value in {**bare, **said}.items():
        track[name] = value
    return track


def _written(track: Records, path: Path, now_s: float = EPOCH_S) -> Records:
    write_cat062(track, SITES, EPOCH_S, path, SimulatedClock(now_s))
    return read([path]).system


def test_a_track_that_is_no_simulation_waits_a_day(tmp_path: Path) -> None:
    path = tmp_path / "tracks.ast"
    live = _track(simulated=0)
    with pytest.raises(InputError, match="recorded 86399 s ago"):
        _written(live, path, EPOCH_S + 3600.0 + 86_399.0)
    assert not path.exists()
    assert not _written(live, path, EPOCH_S + 3600.0 + 86_400.0)["simulated"].any()
    assert RECORDED in path.read_bytes()


def test_a_track_of_an_unknown_day_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown day"):
        write_cat062(_track(simulated=0), SITES, nan, tmp_path / "x", SimulatedClock(EPOCH_S * 2))
    write_cat062(_track(), SITES, nan, tmp_path / "x", SimulatedClock(EPOCH_S))


def test_one_live_track_among_simulated_ones_stops_all(tmp_path: Path) -> None:
    both = np.concatenate([_track(), _track(simulated=0)])
    with pytest.raises(InputError):
        _written(both, tmp_path / "tracks.ast")
    assert not (tmp_path / "tracks.ast").exists()


def test_a_simulated_track_says_so(tmp_path: Path) -> None:
    assert _written(_track(), tmp_path / "tracks.ast")["simulated"].all()


def test_what_is_not_known_stays_unknown(tmp_path: Path) -> None:
    track = _written(_track(), tmp_path / "tracks.ast")[0]
    for name in ("vx_m_s", "vy_m_s", "h_m", "vh_m_s", "sigma_m"):
        assert np.isnan(track[name])
    assert (track["mode_a"], track["address"]) == (-1, 0)


@pytest.mark.parametrize("said", [{"lat_deg": nan}, {"vx_m_s": 9000.0, "vy_m_s": 0.0}, {"number": 65_536}])
def test_what_does_not_fit_is_refused(said: dict[str, float], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not fit ASTERIX"):
        _written(_track(**said), tmp_path / "tracks.ast")


@given(
    time_s=st.floats(0, 86_399), lat_deg=st.floats(-89, 89), lon_deg=st.floats(-179, 179),
    vx_m_s=st.floats(-900, 900), vy_m_s=st.floats(-900, 900), h_m=st.floats(-400, 20_000), vh_m_s=st.floats(-90, 90),
    sigma_m=st.floats(0, 9_000), mode_a=st.integers(0, 4095), address=st.integers(1, (1 << 24) - 1),
    confirmed=st.integers(0, 1), coasted=st.integers(0, 1), ended=st.integers(0, 1), number=st.integers(0, 65_535),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_a_track_comes_back(tmp_path_factory: pytest.TempPathFactory, **said: float) -> None:
    track = _written(_track(**said), tmp_path_factory.getbasetemp() / "one.ast")[0]
    steps = {
        "time_s": 1 / 128, "lat_deg": 6e-6, "lon_deg": 6e-6, "vx_m_s": 0.25, "vy_m_s": 0.25, "h_m": 7.62,
        "vh_m_s": 0.032, "sigma_m": 0.5,
    }  # fmt: skip
    for name, value in said.items():
        assert track[name] == pytest.approx(value, abs=steps.get(name, 0.0) / 2 + 1e-9), name


def test_a_plot_of_a_real_radar_is_not_written() -> None:
    with pytest.raises(InputError, match="no simulation"):
        cat048(np.zeros(1, POLAR)[0], SITES[0])


@given(
    lat=st.floats(-84, 84),
    lon=st.floats(-179.9, 179.9),
    h_m=st.floats(0, 12_000),
    address=st.integers(1, (1 << 24) - 1),
)
@settings(max_examples=200, deadline=None)
def test_positions_of_made_up_aircraft_are_decoded_where_they_are(
    lat: float, lon: float, h_m: float, address: int
) -> None:
    heard = [Frame(float(odd), frames.position(address, lat, lon, h_m, odd=odd)) for odd in (False, True, False)]
    messages = [message for _, message in decoded(heard)]
    assert all(message is not None and int(message["icao24"], 16) == address for message in messages)
    last = messages[-1]
    assert last is not None
    assert abs(last["altitude"] * 0.3048 - h_m) < 3.82
    if last.get("latitude") is not None:  # where the two are in different zones, none is given
        assert last["latitude"] == pytest.approx(lat, abs=1e-4)
        assert (last["longitude"] - lon + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=1e-2)


def test_two_aircraft_with_one_address_are_told_and_kept_apart() -> None:
    lines = []
    for second in range(120):
        for shift, (lat, lon) in enumerate(((50.0 + 0.001 * second, 10.0), (52.5, 14.0 - 0.0015 * second))):
            frame = frames.position(0x3C0001, lat, lon, 10_000.0, odd=bool(second % 2))
            lines.append(f'{{"timestamp":{EPOCH_S + second + 0.4 * shift},"frame":"{frame}"}}\n')
    intake = Intake()
    take("two", "".join(lines).encode(), intake)
    recording = intake.recording()
    assert recording.counts["addresses of more than one aircraft"] == 1
    assert any("3c0001" in note for note in recording.notes)
    for one in recording.position:
        second = one["time_s"] % 86_400
        there = abs(one["lat_deg"] - 50.0 - 0.001 * second) < 0.01 and abs(one["lon_deg"] - 10.0) < 0.01
        other = abs(one["lat_deg"] - 52.5) < 0.01 and abs(one["lon_deg"] - 14.0 + 0.0015 * second) < 0.01
        assert there or other
    assert len(recording.position) > 50


def test_one_address_twice_in_plots_stays_two_plots() -> None:
    assert POSITION.names is not None
    plots = np.zeros(2, POLAR)
    plots["simulated"], plots["address"], plots["mode_a"] = 1, 0x3C0001, -1
    plots["kinds"], plots["h_m"], plots["range_m"] = 2, nan, (50_000.0, 90_000.0)
    radar = Site("radar 1/1", 1, 1, 50.0, 10.0, 100.0, 4.0, position_known=True)
    content = b"".join(cat048(plot, radar) for plot in plots)
    intake = Intake()
    take("two", b"\x30" + (len(content) + 3).to_bytes(2, "big") + content, intake)
    assert len(intake.recording().polar) == 2
