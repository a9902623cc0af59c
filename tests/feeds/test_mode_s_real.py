"""Mode S frames and tables of positions that others recorded, against their own decodes."""

from __future__ import annotations

import gzip
import json
from typing import Any

import numpy as np
import pytest

from holdfire.feeds.modes.decode import decoded
from holdfire.feeds.modes.frames import Frame
from holdfire.feeds.read import read
from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import Source
from support.shared import shared

pytest.importorskip("rs1090", reason="rs1090 is not installed: it comes with the extra feeds")

REGISTERS: dict[str, dict[str, tuple[str, float]]] = {  # theirs, rs1090's, and how far apart they may be
    "BDS20": {},
    # rs1090 rounds steps of 16 ft to what a dial can be set to, of the flight management system 64 and 80 ft to 0.
    "BDS40": {
        "selected_altitude_mcp": ("selected_mcp", 50.0), "selected_altitude_fms": ("selected_fms", 80.0),
        "baro_pressure_setting": ("barometric_setting", 0.05),
    },
    "BDS50": {
        "roll": ("roll", 0.0), "true_track": ("track", 0.0), "groundspeed": ("groundspeed", 0.0),
        "true_airspeed": ("TAS", 0.0), "track_rate": ("track_rate", 0.0),
    },
    # The least negative rate is read as none by rs1090, as -32 ft/min by the other.
    "BDS60": {
        "magnetic_heading": ("heading", 0.0), "indicated_airspeed": ("IAS", 0.0), "mach": ("Mach", 1e-9),
        "baro_vertical_rate": ("vrate_barometric", 32.0), "inertial_vertical_rate": ("vrate_inertial", 32.0),
    },
}  # fmt: skip
LEAST_TURN = -1 / 32
"""The least negative track rate, degrees a second: all bits set, which rs1090 reads as none and the other as a rate."""
TYPES = {"05": {*range(9, 19), 20, 21, 22}, "06": {5, 6, 7, 8}, "08": {1, 2, 3, 4}, "09": {19}}
"""Type codes by register (ICAO Doc 9871, appendix A): rs1090 says the code of positions only."""
COMPARED = {"typecode": 200, "track_rate": 107, "selected_altitude_fms": 18}


def test_a_flight_of_57793_frames_gives_the_stored_positions() -> None:
    path = shared("adsb/rs1090/full_flight_short.jsonl.gz")
    stored, squawks = {}, {NO_CODE}
    for line in gzip.decompress(path.read_bytes()).splitlines():
        said = json.loads(line)
        if said.get("squawk") is not None:
            squawks.add(int(said["squawk"], 8))
        if said.get("latitude") is not None:
            stored[round(said["timestamp"], 6), round(said["latitude"], 9), round(said["longitude"], 9)] = said
    recording = read([path])
    assert recording.counts["Mode S frames"] == 57_793
    assert len(recording.position) == 6_870
    for one in recording.position:
        said = stored[
            round(recording.epoch_s + one["time_s"], 6),
            round(float(one["lat_deg"]), 9),
            round(float(one["lon_deg"]), 9),
        ]
        assert one["address"] == 0x393322
        assert one["on_ground"] == (said["bds"] == "06")
        if said["bds"] == "05" and said["altitude"] is not None:
            assert one["h_m"] == pytest.approx(said["altitude"] * 0.3048)
    assert recording.position["callsign"][-1] == b"AFR34ZG"
    assert set(recording.position["mode_a"].tolist()) <= squawks


def test_600_expected_decodes_are_met() -> None:
    expected: dict[str, Any] = json.loads(shared("adsb/pymodes/golden_v2.json").read_text())
    # Far apart in time, so that no position is made of two of them.
    frames = [Frame(100.0 * number, content) for number, content in enumerate(expected)]
    met = 0
    for frame, message in decoded(frames):
        assert message is not None
        _same(expected[frame.content], message)
        met += 1
    assert met == 600
    for name, count in COMPARED.items():
        assert sum(name in one for one in expected.values()) == count


def _same(expected: dict[str, Any], message: dict[str, Any]) -> None:
    assert int(message["df"]) == expected["df"]
    assert message["icao24"] == expected["icao"].lower()
    for name in {"altitude", "squawk"} & expected.keys():
        assert message[name] == expected[name]
    if expected["df"] == 17:
        _same_broadcast(expected, message)
    elif expected.get("bds") in REGISTERS:
        register = message[expected["bds"].lower()]
        for theirs, (ours, apart) in REGISTERS[expected["bds"]].items():
            if theirs == "track_rate" and expected.get(theirs) == LEAST_TURN:
                assert register[ours] is None
            else:
                assert theirs not in expected or register[ours] == pytest.approx(expected[theirs], abs=apart)
        if "callsign" in expected:
            assert register["callsign"] == expected["callsign"].strip("_")


def _same_broadcast(expected: dict[str, Any], message: dict[str, Any]) -> None:
    assert expected["typecode"] in TYPES[message["bds"]]
    assert message.get("tc", expected["typecode"]) == expected["typecode"]
    assert ("tc" in message) == ("cpr_format" in expected)
    if "cpr_format" in expected:
        assert message["parity"] == ("odd" if expected["cpr_format"] else "even")
    if "callsign" in expected:
        assert message["callsign"] == expected["callsign"].strip("_")
    for name, apart in (("groundspeed", 1.0), ("track", 1e-9), ("vertical_rate", 0.0)):
        assert name not in expected or message[name] == pytest.approx(expected[name], abs=apart)


def test_beast_with_escapes() -> None:
    recording = read([shared("adsb/dump1090/sample_dump1090.bin")])
    assert recording.counts["Mode S frames"] == 239
    assert sum(count for name, count in recording.counts.items() if name.startswith("Mode S frames, DF")) == 239
    assert not recording.quarantined
    assert np.isnan(recording.epoch_s)


def test_lines_of_csv_with_the_frame_in_either_place() -> None:
    assert read([shared("adsb/pymodes/sample_data_adsb.csv")]).counts["Mode S frames, DF17"] == 2_000
    for kind in (20, 21):
        recording = read([shared(f"adsb/pymodes/sample_data_commb_df{kind}.csv")])
        assert recording.counts[f"Mode S frames, DF{kind}"] == 5_000


def test_a_trace_of_readsb() -> None:
    path = shared("adsb/readsb/trace_full_ac671b.json")
    said = json.loads(path.read_bytes())
    recording = read([path])
    assert len(recording.position) == len(said["trace"]) == 2_500
    first, point = recording.position[0], said["trace"][0]
    assert recording.epoch_s + first["time_s"] == pytest.approx(said["timestamp"] + point[0])
    assert (first["lat_deg"], first["lon_deg"], first["address"]) == (point[1], point[2], 0xAC671B)
    assert first["h_m"] == pytest.approx(32_000 * 0.3048)
    assert first["source"] == Source.ADS_B


def test_a_busy_sky_over_paris() -> None:
    recording = read([shared("adsb/collections/quickstart.json.gz")])
    assert len(recording.position) == 284_505
    assert len(np.unique(recording.position["address"])) == 213
    assert recording.epoch_s == 1_633_564_800.0  # 2021-10-07
    assert 12 * 3600 <= recording.position["time_s"].min() <= recording.position["time_s"].max() <= 15 * 3600


def test_states_of_opensky_repeat_their_last_position() -> None:
    recording = read([shared("adsb/stonesoup/OpenSky_Plane_States.csv")])
    assert recording.counts["states with a position"] + recording.counts["states that repeat a position"] == 6_052
    assert len(np.unique(recording.position["address"])) == 84
    assert 0o1174 in recording.position["mode_a"]  # written as 1174.0
