"""Whether a report says that it is simulated, stands on the ground or is a test, by format and edition."""

from __future__ import annotations

import json

import pytest

from holdfire.feeds.asterix.broadcast import position
from holdfire.feeds.intake import Intake
from holdfire.feeds.read import UNSTATED, take
from holdfire.messages.recording import POSITION
from support.damaged import PIECES, whole

_PLACE = {"010": b"\x02\x2a", "080": b"\x4c\xa0\x01", "130": bytes(8)}
_NAMES = POSITION.names or ()


@pytest.mark.parametrize(
    ("described", "on_ground", "simulated"),
    [(b"\x00\x30", 0, 0), (b"\x40\x30", 1, 0), (b"\x20\x20", 0, 1), (b"\x00\xe0", 0, 0)],
)
def test_the_kind_of_address_in_early_editions_of_cat021_is_no_simulation(
    described: bytes, on_ground: int, simulated: int
) -> None:
    """Editions 0.23 to 0.26 have these bits in the first byte, and the kind of address in the second."""
    row = position({**_PLACE, "030": bytes(3), "040": described}, None).row
    assert row is not None
    said = dict(zip([name for name in _NAMES if name != "time_s"], row, strict=True))
    assert (said["on_ground"], said["simulated"]) == (on_ground, simulated)


@pytest.mark.parametrize(
    ("described", "on_ground", "simulated"), [(b"\x20", 0, 0), (b"\x01\x40", 1, 0), (b"\x01\x20", 0, 1)]
)
def test_editions_since_2_have_them_in_the_second(described: bytes, on_ground: int, simulated: int) -> None:
    row = position({**_PLACE, "071": bytes(3), "040": described}, None).row
    assert row is not None
    said = dict(zip([name for name in _NAMES if name != "time_s"], row, strict=True))
    assert (said["on_ground"], said["simulated"]) == (on_ground, simulated)


@pytest.mark.parametrize(("timed", "described"), [("030", b"\x10\x00"), ("071", b"\x01\x10")])
def test_a_test_target_is_no_aircraft(timed: str, described: bytes) -> None:
    said = position({**_PLACE, timed: bytes(3), "040": described}, None)
    assert (said.row, said.note) == (None, "reports of test targets")


@pytest.mark.parametrize("kind", ["json", "csv", "beast", "states-csv", "states-json", "trace"])
def test_frames_and_tables_are_simulated_where_they_say_so(kind: str) -> None:
    pytest.importorskip("rs1090", reason="rs1090 is not installed: it comes with the extra feeds")
    states = kind in ("json", "states-csv")
    intake = Intake()
    take("x", whole(kind, PIECES[kind][:100]), intake)
    made = intake.recording()
    assert len(made.position) > 20
    assert made.position["simulated"].all() == states
    assert made.counts.get(UNSTATED, 0) == (0 if states else len(made.position))


@pytest.mark.parametrize("said", [False, None, "true", 1])
def test_only_true_is_a_simulation(said: object) -> None:
    pytest.importorskip("rs1090", reason="rs1090 is not installed: it comes with the extra feeds")
    lines = [json.dumps({**json.loads(piece), "simulated": said}).encode() + b"\n" for piece in PIECES["json"][:60]]
    intake = Intake()
    take("x", b"".join(lines), intake)
    assert not intake.recording().position["simulated"].any()
