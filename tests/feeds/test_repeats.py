"""Files given twice, copies of them, and files that overlap: each report counts once, and it is said."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import numpy as np
import pytest

from holdfire.feeds.intake import Intake
from holdfire.feeds.read import take
from support.damaged import PIECES, RECORDINGS, whole

if TYPE_CHECKING:
    from holdfire.messages.recording import Recording

pytest.importorskip("asterix.generated", reason="libasterix is not installed: it comes with the extra feeds")
pytest.importorskip("rs1090", reason="rs1090 is not installed: it comes with the extra feeds")


def _read(*files: bytes) -> Recording:
    intake = Intake()
    for number, data in enumerate(files):
        take(f"file {number}", data, intake)
    return intake.recording()


def _rows(recording: Recording) -> tuple[int, int, int]:
    return len(recording.polar), len(recording.position), len(recording.system)


def test_a_file_given_twice_is_read_once() -> None:
    data = (RECORDINGS / "radars.ast").read_bytes()
    once, twice = _read(data), _read(data, gzip.compress(data), data)
    assert _rows(once) == _rows(twice)
    assert (twice.counts["files"], twice.counts["files given twice"]) == (1, 2)
    assert twice.counts["CAT048 records"] == once.counts["CAT048 records"]
    assert "file 1 holds, byte for byte, what file 0 does: it is read once." in twice.notes


@pytest.mark.parametrize("kind", ["blocks", "system", "station", "pcap", "json", "states-csv", "trace"])
def test_files_that_overlap_count_once(kind: str) -> None:
    pieces = PIECES[kind][:400]
    both = _read(whole(kind, pieces[:250]), whole(kind, pieces[150:]))
    one = _read(whole(kind, pieces))
    again = both.counts["reports that an earlier file has too"]
    assert again > 20
    assert abs(sum(_rows(both)) - sum(_rows(one))) <= (16 if kind == "json" else 0)  # halves of a position
    assert any(f"The files overlap: {again} reports" in note for note in both.notes)


def test_packets_and_the_blocks_in_them_are_the_same_reports() -> None:
    blocks, packets = ((RECORDINGS / name).read_bytes() for name in ("radars.ast", "radars.pcap.gz"))
    both, one = _read(blocks, packets), _read(packets)
    for name in one.polar.dtype.names or ():
        np.testing.assert_array_equal(both.polar[name], one.polar[name])
    assert both.counts["reports that an earlier file has too"] == len(one.polar)


def test_what_one_file_repeats_or_two_radars_see_alike_is_not_the_same() -> None:
    first, second = PIECES["blocks"][:200], PIECES["blocks"][200:400]
    apart = _read(whole("blocks", first), whole("blocks", second))
    assert "reports that an earlier file has too" not in apart.counts
    assert not any("overlap" in note for note in apart.notes)
    other = [piece.replace(b"\x02\x0b", b"\x02\x0e").replace(b"\x02\x0c", b"\x02\x0f") for piece in first]
    assert len(_read(whole("blocks", first), whole("blocks", other)).polar) == 2 * len(
        _read(whole("blocks", first)).polar
    )
