"""Radar recordings that others made, against the counts and values of an independent decode."""

from __future__ import annotations

import re
from math import isnan, tau
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.feeds.packets import packets, payload
from holdfire.feeds.read import read
from holdfire.messages.plot import NO_CODE
from support.shared import shared

if TYPE_CHECKING:
    from pathlib import Path

    from holdfire.messages.recording import Recording

pytest.importorskip("asterix.generated", reason="libasterix is not installed: it comes with the extra feeds")

COUNTS = {
    "croatiacontrol/cat_062_065.pcap": {"CAT062 records": 2, "CAT065 records": 1},
    "croatiacontrol/cat062cat065.raw": {"CAT062 records": 2, "CAT065 records": 1},
    "croatiacontrol/cat048.raw": {"CAT048 records": 1},
    "croatiacontrol/cat034.raw": {"CAT034 records": 1},
    "croatiacontrol/cat21_re.ast": {"CAT021 records": 2},
    "croatiacontrol/cat_001_002.pcap": {"CAT001 records": 7, "CAT002 records": 1},
    "croatiacontrol/parsegps.gps": {"CAT034 records": 3, "CAT048 records": 15},
    "jasterix/cat001ed1.1.bin": {"CAT001 records": 1},
    "jasterix/cat002ed1.0.bin": {"CAT002 records": 1},
    "jasterix/cat021ed0.26.bin": {"CAT021 records": 1},
    "jasterix/cat021ed2.1.bin": {"CAT021 records": 1},
    "jasterix/cat034ed1.26.bin": {"CAT034 records": 1},
    "jasterix/cat048ed1.15.bin": {"CAT048 records": 1},
    "jasterix/cat048ed1.23.bin": {"CAT048 records": 1},
    "jasterix/cat062ed1.12.bin": {"CAT062 records": 1},
    "jasterix/cat062ed1.16.bin": {"CAT062 records": 1},
    "jasterix/cat063ed1.0.bin": {"CAT063 records": 1},
    "jasterix/cat065ed1.3.bin": {"CAT065 records": 1},
}


def _of(name: str) -> Recording:
    return read([shared(f"asterix/{name}")])


@pytest.mark.parametrize("name", COUNTS)
def test_as_many_records_as_the_independent_decode(name: str) -> None:
    counts = _of(name).counts
    assert {kind: counts[kind] for kind in counts if kind.endswith(" records")} == COUNTS[name]


def test_every_packet_twice_is_every_plot_once() -> None:
    recording = _of("croatiacontrol/cat_034_048.pcap")
    assert (recording.counts["packets"], recording.counts["duplicate packets"]) == (100, 50)
    # 34 and 128 with their duplicates.
    assert (recording.counts["CAT034 records"], recording.counts["CAT048 records"]) == (17, 64)
    assert recording.counts["plots without a position"] == 64 - len(recording.polar)
    assert {(site.sac, site.sic) for site in recording.sites} == {
        (25, sic) for sic in (11, 12, 13, 14, 201, 204, 205)
    }  # fmt: skip
    assert not recording.quarantined
    assert recording.epoch_s == 1_462_406_400.0  # 2016-05-05
    times = recording.polar["time_s"]
    assert 27_336 <= times.min() <= times.max() <= 27_357
    assert 21 <= recording.polar["range_m"].min() / 1852.0 <= recording.polar["range_m"].max() / 1852.0 <= 245


def test_only_one_of_seven_radars_says_where_it_stands() -> None:
    sites = {site.sic: site for site in _of("croatiacontrol/cat_034_048.pcap").sites}
    assert [sic for sic, site in sites.items() if site.position_known] == [12]
    assert (sites[12].lat_deg, sites[12].lon_deg, sites[12].h_m) == pytest.approx((43.57102, 16.40606, 780), abs=1e-5)
    assert all(isnan(site.lat_deg) for sic, site in sites.items() if sic != 12)


def test_the_old_edition_is_recognised_and_nothing_of_it_is_taken() -> None:
    recording = _of("croatiacontrol/asterix.pcap")
    assert len(recording.system) == 0
    assert recording.counts["refused: block of an older edition, which is not read"] == 100
    assert len(recording.quarantined) == 100
    assert all(one.content[0] == 62 and "older edition" in one.reason for one in recording.quarantined)


def test_the_old_edition_is_refused_without_a_packet_clock_too(tmp_path: Path) -> None:
    data = shared("asterix/croatiacontrol/asterix.pcap").read_bytes()
    carried = [payload(1, packet.content)[0] for packet in packets(data)]
    assert len(carried) == 100
    bare = tmp_path / "old.ast"
    bare.write_bytes(b"".join(carried))
    recording = read([bare])
    assert len(recording.system) == 0
    assert sum(count for name, count in recording.counts.items() if name.startswith("refused")) > 0
    assert any("is past 86400" in one.reason for one in recording.quarantined)


def test_values_of_the_padded_recording_are_those_printed_beside_it() -> None:
    recording = _of("croatiacontrol/parsegps.gps")
    text = shared("asterix/croatiacontrol/parsegps.txt").read_text(errors="replace")
    assert recording.counts["bytes of padding"] == 2200

    def printed(pattern: str) -> list[float]:
        return [float(value) for value in re.findall(pattern, text)]

    ranges, azimuths = printed(r"RHO: \d+ \(([\d.]+) NM\)"), printed(r"THETA: \d+ \(([\d.]+) deg\)")
    got = recording.polar
    np.testing.assert_allclose(np.sort(got["range_m"] / 1852.0), np.sort(ranges), atol=1e-6)
    np.testing.assert_allclose(np.sort(got["azimuth_rad"] * 360.0 / tau), np.sort(azimuths), atol=1e-6)
    codes = sorted(int(code, 8) for code in re.findall(r"Mode-3/A reply code: (\d+)", text))
    assert sorted(got["mode_a"][got["mode_a"] != NO_CODE].tolist()) == codes
    levels = printed(r"FlightLevel: -?\d+ \((-?[\d.]+) FL\)")
    heights = got["h_m"][np.isfinite(got["h_m"])] / 30.48
    np.testing.assert_allclose(np.sort(heights), np.sort(levels), atol=1e-6)
    assert np.isnan(got["h_m"]).any()  # a level that is not there is no level of 0


def test_the_trailer_after_each_block_is_passed_over() -> None:
    recording = _of("croatiacontrol/parsegps.gps")
    assert recording.counts["CAT034 blocks"] + recording.counts["CAT048 blocks"] == 15
    assert recording.counts["bytes around blocks"] == 14 * 10
    assert recording.counts["refused: bytes that are no block"] == 1  # the first of them, before it was usual


def test_system_tracks_are_those_of_the_oracle() -> None:
    from asterix.base import Bits
    from asterix.generated import Cat_062_1_21

    recording = _of("croatiacontrol/cat062cat065.raw")
    raw = shared("asterix/croatiacontrol/cat062cat065.raw").read_bytes()
    records = Cat_062_1_21.cv_uap.parse(Bits.from_bytes(raw[3 : int.from_bytes(raw[1:3], "big")]))
    for track, record in zip(recording.system, records, strict=True):
        where = record.get_item("105").variation
        lat = where.get_item("LAT").variation.content.as_quantity("°")
        assert track["lat_deg"] == pytest.approx(lat, abs=1e-9)
        assert track["number"] == record.get_item("040").as_uint()
        assert track["mode_a"] == record.get_item("060").as_uint() & 0xFFF
        assert track["h_m"] == pytest.approx(record.get_item("136").as_uint() * 25 * 0.3048)
