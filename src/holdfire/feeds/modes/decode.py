"""Frames become positions, by rs1090.

A position in ADS-B is halved over two frames, even and odd (compact position reporting, ICAO Doc 9871, C.2.6), so
frames go to rs1090 in the order of time and with what came shortly before them.
"""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Any, Final

from holdfire.feeds.accuracy import sigma_of_nacp, sigma_of_nucp
from holdfire.messages.plot import NO_CODE
from holdfire.messages.recording import Source
from holdfire.units import M_PER_FT, M_S_PER_KT, RAD_PER_DEG

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.feeds.intake import Intake, Row
    from holdfire.feeds.modes.frames import Frame

Message = dict[str, Any]
_AT_ONCE: Final = 20_000  # frames: rs1090 hands back some hundred times as many bytes
_BEFORE_S: Final = 30.0
"""Of frames given again with the next lot, so that halves meet (rs1090 pairs within 10 s)."""
_FRESH_S: Final = {"mode_a": 30.0, "callsign": 600.0, "sigma_m": 60.0}
"""How long what an aircraft said in another frame is taken with its positions (assumed)."""


def decoded(frames: Sequence[Frame]) -> Iterator[tuple[Frame, Message | None]]:
    """Yield every frame, in the order of time, with what rs1090 makes of it: None where it is damaged.

    Raises `ImportError` where rs1090 is not installed.
    """
    import rs1090

    ordered = sorted(frames, key=lambda frame: frame.time_s)
    for first in range(0, len(ordered), _AT_ONCE):
        begin = first
        while begin > max(first - _AT_ONCE, 0) and ordered[first].time_s - ordered[begin - 1].time_s <= _BEFORE_S:
            begin -= 1
        lot = ordered[begin : first + _AT_ONCE]
        messages: Any = rs1090.decode([frame.content for frame in lot], [frame.time_s for frame in lot])
        paired = _paired(lot, messages)
        yield from list(paired)[first - begin :]


def _paired(frames: Sequence[Frame], messages: Sequence[Message]) -> Iterator[tuple[Frame, Message | None]]:
    """Lay the messages, which leave damaged frames out, beside the frames."""
    left = iter(messages)
    message = next(left, None)
    for frame in frames:
        if message is not None and message["frame"] == frame.content:
            yield frame, message
            message = next(left, None)
        else:
            yield frame, None


def positions(file: str, frames: Sequence[Frame], intake: Intake) -> tuple[list[Row], dict[int, list[Frame]]]:
    """Return rows of `POSITION`, and by address the frames that gave none after others had; count all frames."""
    rows: list[Row] = []
    said: dict[int, dict[str, tuple[float, Any]]] = {}
    left: dict[int, list[Frame]] = {}
    for number, (frame, message) in enumerate(decoded(frames)):
        if message is None:
            intake.refuse(file, number, bytes.fromhex(frame.content), "frame of Mode S that is damaged")
            continue
        intake.counts[f"Mode S frames, DF{message['df']}"] += 1
        address = int(message.get("icao24") or "0", 16)
        heard = said.setdefault(address, {})
        _remember(message, frame.time_s, heard)
        if message.get("latitude") is not None and message.get("longitude") is not None:
            rows.append(row_of(message, frame, address, heard))
            left.setdefault(address, [])
        elif message.get("bds") == "05" and address in left:
            left[address].append(frame)
    intake.counts["positions of Mode S"] += len(rows)
    return rows, left


def _remember(message: Message, time_s: float, heard: dict[str, tuple[float, Any]]) -> None:
    if message.get("squawk") is not None:
        heard["mode_a"] = time_s, int(message["squawk"], 8)
    if message.get("callsign"):
        heard["callsign"] = time_s, message["callsign"].strip().encode("ascii", "replace")[:8]
    if message.get("NACp") is not None:
        heard["sigma_m"] = time_s, sigma_of_nacp(message["NACp"])


def row_of(message: Message, frame: Frame, address: int, heard: dict[str, tuple[float, Any]]) -> Row:
    """Return the row of a frame's message with a position, and with what its aircraft said lately of itself."""
    time_s = frame.time_s

    def lately(name: str, otherwise: Any) -> Any:  # noqa: ANN401 -- of the field's own type
        then_s, value = heard.get(name, (-1e9, otherwise))
        return value if time_s - then_s <= _FRESH_S[name] else otherwise

    on_ground = message.get("bds") == "06"
    barometric = message.get("altitude") is not None and message.get("source") == "barometric"
    speed, course = message.get("groundspeed"), message.get("track")
    return (
        time_s, message["latitude"], message["longitude"],
        message["altitude"] * M_PER_FT if barometric and not on_ground else nan,
        nan if speed is None else speed * M_S_PER_KT, nan if course is None else course * RAD_PER_DEG,
        lately("sigma_m", sigma_of_nucp(message.get("NUCp"))), address, lately("mode_a", NO_CODE), int(on_ground),
        int(Source.ADS_B if message["df"] == "17" else Source.TIS_B), int(frame.simulated), lately("callsign", b""),
    )  # fmt: skip
