"""The recordings that ship: made again bit for bit, read whole, and true to the scene they were made of."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.catalogue import LIBRARY
from holdfire.cli.main import EXTRAS
from holdfire.errors import UnreadableError
from holdfire.feeds.asterix import layout
from holdfire.feeds.plots import Accuracy, polar_to_plots
from holdfire.feeds.read import read
from holdfire.geo.frame import Frame
from holdfire.messages.plot import NO_CODE
from holdfire.reader.core import build, compose

if TYPE_CHECKING:
    from holdfire.messages.recording import Recording

HERE = LIBRARY / "recordings"
SCRIPT = Path(__file__).parents[2] / "scripts" / "recordings.py"
CENTRE = Frame(45.0, -20.0)


def _of(*names: str) -> Recording:
    pytest.importorskip("asterix.generated", reason="libasterix is not installed: it comes with the extra feeds")
    pytest.importorskip("rs1090", reason="rs1090 is not installed: it comes with the extra feeds")
    return read([HERE / name for name in names])


def test_made_again_bit_for_bit(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("recordings", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.make(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in HERE.iterdir()
    }


def test_every_file_has_its_provenance_and_digest() -> None:
    root = compose((HERE / "sources.yaml").read_bytes())
    assert root is not None
    said = build(root, aliased=False)
    assert isinstance(said, dict)
    assert set(said) == {path.name for path in HERE.iterdir()} - {"sources.yaml"}
    for name, entry in said.items():
        assert isinstance(entry, dict)
        assert entry["sha256"] == hashlib.sha256((HERE / str(name)).read_bytes()).hexdigest()
        assert entry["what"]
        assert entry["made_by"]


def test_the_packets_hold_what_the_blocks_hold() -> None:
    bare, packed = _of("radars.ast"), _of("radars.pcap.gz")
    assert packed.counts["duplicate packets"] * 2 == packed.counts["packets"]
    for name in bare.polar.dtype.names or ():
        np.testing.assert_array_equal(bare.polar[name], packed.polar[name])
    assert isnan(bare.epoch_s)
    assert packed.epoch_s == 1_740_787_200.0
    assert bare.sites == packed.sites
    assert all(site.position_known for site in bare.sites)
    assert [site.period_s for site in bare.sites] == [4.0, 6.0]


def test_midnight_does_not_turn_time_back() -> None:
    for name in ("radars.ast", "radars.pcap.gz", "system.ast"):
        recording = _of(name)
        times = recording.polar["time_s"] if len(recording.polar) else recording.system["time_s"]
        assert times.min() < 86_400.0 < times.max()
        assert times.max() - times.min() < 361.0
        assert "clock jumps" not in recording.counts


def test_every_report_says_that_it_is_simulated() -> None:
    recording = _of("radars.ast", "system.ast", "frames.jsonl.gz")
    assert recording.polar["simulated"].all()
    assert recording.position["simulated"].all()
    assert _of("truth.csv.gz").position["simulated"].all()
    assert recording.system["simulated"].all()


def test_what_the_second_radar_does_not_hear_is_not_there() -> None:
    polar = _of("radars.ast").polar
    second = polar[polar["sensor"] == 1]
    assert not second["address"].any()
    false = second[second["kinds"] == 1]
    assert len(false) > 10
    assert np.isnan(false["h_m"]).all()
    assert (false["mode_a"] == NO_CODE).all()


def test_plots_lie_where_the_truth_is_within_their_covariance() -> None:
    recording, truth = _of("radars.pcap.gz"), _of("truth.csv.gz").position
    origin = [int(line or "0", 16) for line in (HERE / "origin.txt").read_text().split("\n")[:-1]]
    accuracy = Accuracy(50.0, 0.0012, height_sd_m=9.0, pressure_sd_m=9.0)
    plots = polar_to_plots(recording.polar, recording.sites, CENTRE, accuracy)
    assert len(plots) == len(origin)
    distances = []
    for plot, address in zip(plots, origin, strict=True):
        if not address:
            continue
        path = truth[truth["address"] == address]
        where = [float(np.interp(plot["time_s"], path["time_s"], path[name])) for name in ("lat_deg", "lon_deg")]
        x_m, y_m = CENTRE.to_local(where[0], where[1])
        dx, dy = plot["x_m"] - x_m, plot["y_m"] - y_m
        vx, vy, c = plot["var_x_m2"], plot["var_y_m2"], plot["cov_xy_m2"]
        distances.append((vy * dx * dx - 2.0 * c * dx * dy + vx * dy * dy) / (vx * vy - c * c))
    # A chi-squared of two degrees: its mean, over 1,100 plots, is 2 within three standard errors.
    assert np.mean(distances) == pytest.approx(2.0, abs=3 * 2.0 / len(distances) ** 0.5)


def test_frames_give_the_positions_of_the_truth() -> None:
    recording, truth = _of("frames.jsonl.gz"), _of("truth.csv.gz").position
    assert len(np.unique(recording.position["address"])) == 8
    off = []
    for one in recording.position:
        path = truth[truth["address"] == one["address"]]
        nearest = path[np.argmin(np.abs(path["time_s"] - np.floor(one["time_s"])))]
        off.append(max(abs(one["lat_deg"] - nearest["lat_deg"]), abs(one["lon_deg"] - nearest["lon_deg"])))
        assert abs(one["h_m"] - nearest["h_m"]) < 4.0  # half of 25 ft
    assert max(off) < 1e-4  # a bin of 17 bits over a zone of six degrees, about 5 m
    lost = recording.position[recording.position["address"] == 0x4CA006]
    assert (lost["mode_a"][-1], lost["callsign"][-1]) == (0o7600, b"MADE06")
    assert (recording.position["mode_a"][recording.position["address"] == 0x4CA007] == NO_CODE).all()


def test_system_tracks_come_back_as_written() -> None:
    recording = _of("system.ast")
    assert recording.counts["CAT065 records"] == 72
    assert len(recording.system) == 8 * 72
    assert set(recording.system["number"]) == set(range(1, 9))
    assert (recording.system["sigma_m"] == 30.0).all()
    climbing = recording.system[recording.system["number"] == 3]
    assert climbing["vh_m_s"][0] == pytest.approx(9.0, abs=0.02)
    assert climbing["h_m"][-1] - climbing["h_m"][0] == pytest.approx(9.0 * 355.0, abs=10.0)


@pytest.mark.parametrize(("module", "name"), [("asterix", "system.ast"), ("rs1090", "frames.jsonl.gz")])
def test_without_the_extra_the_error_names_what_brings_it(
    module: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout._all_editions.cache_clear()  # noqa: SLF001 -- what was read before of libasterix
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError) as raised:
        read([HERE / name])
    layout._all_editions.cache_clear()  # noqa: SLF001
    assert raised.value.name == module
    assert EXTRAS[module] == "feeds"


def test_a_table_needs_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("asterix", "rs1090"):
        monkeypatch.setitem(sys.modules, module, None)
    assert len(read([HERE / "truth.csv.gz"]).position) == 2_880


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(UnreadableError, match=r"nowhere\.ast cannot be read \(No such file"):
        read([Path("nowhere.ast")])
