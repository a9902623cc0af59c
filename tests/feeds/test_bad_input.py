"""Damaged recordings: counted, put aside with bytes and reason, and never a crash, a hang or growth."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.feeds.intake import CUT, KEPT, Intake
from holdfire.feeds.read import take
from support.damaged import PIECES, TRAILER, WAYS, blocks, damaged, noise, whole
from support.draws import Draws

if TYPE_CHECKING:
    from holdfire.messages.recording import Recording

pytest.importorskip("asterix.generated", reason="libasterix is not installed: it comes with the extra feeds")
pytest.importorskip("rs1090", reason="rs1090 is not installed: it comes with the extra feeds")

A_FILE = 50
CATEGORIES = (21, 34, 48, 62, 65)
KINDS_OF_COUNT = 80  # there are no more, whatever the bytes


def _read(data: bytes) -> Recording:
    intake = Intake()
    take("damaged", data, intake)
    return intake.recording()


def _hold(recording: Recording, data: bytes) -> None:
    """What is true of any recording."""
    polar, position, system = recording.polar, recording.position, recording.system
    assert len(polar) + len(position) + len(system) <= len(data)
    for part in (position, system):
        assert (np.abs(part["lat_deg"]) <= 90.0).all()
        assert (np.abs(part["lon_deg"]) <= 180.0).all()
    for part in (polar, position, system):
        assert np.isfinite(part["time_s"]).all()
        assert (np.diff(part["time_s"]) >= 0.0).all()
        assert ((part["mode_a"] >= -1) & (part["mode_a"] < 4096)).all()
        assert ((part["address"] >= 0) & (part["address"] < 1 << 24)).all()
        heights = part["h_m"][np.isfinite(part["h_m"])]
        assert (np.abs(heights) < 130_000.0).all()
    assert not len(polar) or polar["sensor"].max() < len(recording.sites)
    assert len(recording.counts) <= KINDS_OF_COUNT
    assert len(recording.quarantined) <= KEPT * len(recording.counts)
    for one in recording.quarantined:
        assert one.reason
        assert len(one.content) <= CUT
    refused = sum(count for name, count in recording.counts.items() if name.startswith("refused"))
    assert (refused == 0) == (not recording.quarantined)


def _many(kind: str, name: int, pieces: int) -> None:
    draws = Draws(name)
    for _ in range(pieces // A_FILE):
        data = damaged(kind, draws, A_FILE)
        _hold(_read(data), data)


@pytest.mark.parametrize("kind", PIECES)
def test_twenty_thousand_pieces_of_every_format(kind: str) -> None:
    _many(kind, 1, 20_000)


@pytest.mark.long
@pytest.mark.parametrize("kind", PIECES)
def test_ten_million_pieces(kind: str) -> None:
    _many(kind, 2, 10_000_000 // len(PIECES))


@pytest.mark.parametrize(
    ("kind", "categories"),
    [("blocks", {34, 48}), ("padded", {34, 48}), ("pcap", {34, 48}), ("system", {62, 65}), ("station", {21})],
)
def test_the_damaged_recordings_are_of_every_category_that_is_read(kind: str, categories: set[int]) -> None:
    """Whole, all of their blocks are read; damaged, some of each category are, and some are refused."""
    counts = _read(whole(kind, PIECES[kind])).counts
    assert {name for name in counts if name.endswith("blocks")} >= {
        f"CAT{category:03} blocks" for category in categories
    }
    assert sum(count for name, count in counts.items() if name.startswith("refused")) <= (kind == "padded")
    for category in categories:
        assert counts[f"CAT{category:03} records"] >= 60
    assert len(PIECES[kind]) > 6 * A_FILE
    hurt = _read(damaged(kind, Draws(1), 6 * A_FILE)).counts
    for category in categories:
        assert 0 < hurt[f"CAT{category:03} records"] < counts[f"CAT{category:03} records"]
    assert [name for name in hurt if name.startswith("refused")]


def test_a_time_is_warped_in_every_format() -> None:
    way = WAYS[-1]
    for kind, pieces in PIECES.items():
        moved = [bytearray(piece) for piece in pieces[:60]]
        for place in range(60):
            way(moved, place, Draws(5))
        assert sum(bytes(one) != piece for one, piece in zip(moved, pieces, strict=False)) >= 50, kind
        assert all(len(one) == len(piece) for one, piece in zip(moved, pieces, strict=False)), kind


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 24, 100, 5_000])
def test_noise(size: int) -> None:
    draws = Draws(3)
    for _ in range(200):
        data = noise(draws, size)
        _hold(_read(data), data)
        _hold(_read(b"\xd4\xc3\xb2\xa1" + data), data)
        _hold(_read(b"\x1a3" + data), data)
        _hold(_read(b"\x1f\x8b\x08" + data), data)
        _hold(_read(b'[{"frame"' + data), data + b'[{"frame"')


@pytest.mark.parametrize("kind", ["blocks", "padded", "pcap", "system", "station"])
def test_one_damaged_block_costs_only_its_neighbours(kind: str) -> None:
    draws = Draws(4)
    for _ in range(50):
        first = draws.below(len(PIECES[kind]) - 60)
        pieces = PIECES[kind][first : first + 60]
        sound = sum(_read(whole(kind, pieces)).counts.get(f"CAT{category:03} records", 0) for category in CATEGORIES)
        hit = bytearray(pieces[30])
        for _ in range(3):
            hit[draws.below(len(hit))] ^= 1 << draws.below(8)
        counts = _read(whole(kind, [*pieces[:30], bytes(hit), *pieces[31:]])).counts
        left = sum(counts.get(f"CAT{category:03} records", 0) for category in CATEGORIES)
        most = max(len(piece) for piece in pieces) // 20 + 4
        assert left >= sound - most


def test_a_trailer_after_each_block() -> None:
    listed = blocks("radars.ast")
    sound = _read(b"".join(listed))
    for trailer in (b"\0\0\0\0", TRAILER, b"\xff", bytes(range(60, 72))):
        trailed = _read(b"".join(block + trailer for block in listed))
        assert trailed.counts["CAT048 records"] == sound.counts["CAT048 records"]
        for name in ("time_s", "range_m"):
            np.testing.assert_array_equal(trailed.polar[name], sound.polar[name])


def test_a_radar_whose_clock_jumps_by_an_hour() -> None:
    listed = PIECES["pcap"]
    sound = _read(whole("pcap", listed))
    hour = 3600 * 128
    shifted = []
    for place, packet in enumerate(listed):
        content = bytearray(packet)
        at = content.find(b"\x02\x0b", 58) if place > len(listed) // 2 else -1  # radar 2/11
        if at > 0:
            at += 2 if content[58] == 48 else 3
            of_day = (int.from_bytes(content[at : at + 3], "big") + hour) % (86_400 * 128)
            content[at : at + 3] = of_day.to_bytes(3, "big")
        shifted.append(bytes(content))
    jumped = _read(whole("pcap", shifted))
    refused = jumped.counts["refused: record that cannot be"]
    assert refused > 100
    assert len(jumped.polar) < len(sound.polar)
    assert any("3600 s off the packet's clock" in one.reason for one in jumped.quarantined)
    assert (jumped.polar["sensor"] == 1).sum() == (sound.polar["sensor"] == 1).sum()  # the other radar is not hit


def test_a_jump_without_packets_is_counted_and_said() -> None:
    listed = blocks("radars.ast")
    kept = listed[:300]
    moved = []
    for block in listed[300:]:
        content = bytearray(block)
        at = content.find(b"\x02\x0b", 4)
        if at > 0:
            at += 2 if content[0] == 48 else 3
            of_day = (int.from_bytes(content[at : at + 3], "big") + 3600 * 128) % (86_400 * 128)
            content[at : at + 3] = of_day.to_bytes(3, "big")
        moved.append(bytes(content))
    recording = _read(b"".join(kept + moved))
    assert recording.counts["clock jumps"] >= 1
    assert any("clock jumps" in note for note in recording.notes)


@pytest.mark.parametrize("kind", ["json", "csv", "beast"])
def test_a_receiver_whose_clock_jumps_by_an_hour_is_counted_and_said(kind: str) -> None:
    pieces = PIECES[kind][:300]
    assert "clock jumps" not in _read(whole(kind, pieces)).counts
    moved = [_later(kind, piece) if 100 <= place < 200 else piece for place, piece in enumerate(pieces)]
    recording = _read(whole(kind, moved))
    assert recording.counts["clock jumps"] == 2  # there and back
    assert any("clock jumps by more than ten minutes" in note for note in recording.notes)


def _later(kind: str, piece: bytes) -> bytes:
    """The same frame as a clock that is an hour and a second ahead would give it."""
    if kind == "beast":
        content = piece[2:].replace(b"\x1a\x1a", b"\x1a")
        ticks = int.from_bytes(content[:6], "big") + 3601 * 12_000_000
        return piece[:2] + (ticks.to_bytes(6, "big") + content[6:]).replace(b"\x1a", b"\x1a\x1a")
    return re.sub(rb"\d{10}\.\d+", lambda found: repr(float(found.group()) + 3601.0).encode(), piece)


def test_gzip_in_parts_and_cut_short() -> None:
    raw = b"".join(PIECES["blocks"])
    whole_once, twice = gzip.compress(raw), gzip.compress(raw[:9_000]) + gzip.compress(raw[9_000:])
    sound = _read(raw).counts["CAT048 records"]
    assert _read(whole_once).counts["CAT048 records"] == _read(twice).counts["CAT048 records"] == sound
    short = _read(whole_once[: len(whole_once) // 2])
    assert short.counts["refused: gzip ends early"] == 1
    assert 0 < short.counts["CAT048 records"] < sound


def test_duplicated_blocks_are_read_once() -> None:
    listed = blocks("radars.ast")
    recording = _read(b"".join(block * 2 for block in listed))
    assert recording.counts["duplicate blocks"] == len(listed)
    assert recording.counts["CAT048 records"] == sum(block[0] == 48 for block in listed)


def test_reordered_blocks_come_in_the_order_of_time() -> None:
    listed = blocks("radars.ast")
    sound = _read(b"".join(listed))
    turned = _read(b"".join(block for pair in zip(listed[1::2], listed[::2], strict=False) for block in pair))
    np.testing.assert_array_equal(np.sort(sound.polar["time_s"][: len(turned.polar)]), np.sort(turned.polar["time_s"]))
