"""A film's series come back exactly, whatever they do, and what 16 bits cannot hold is refused by name."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.errors import CapacityError
from holdfire.messages.aircraft import AIRCRAFT, Part
from holdfire.messages.film import CitedSet, FilmedNight, FilmedTrack, Series
from holdfire.messages.response import EVENT, What
from holdfire.report.encode import differences, encode, positions

INT16 = np.iinfo(np.int16)


@given(st.integers(-20_000, 20_000), st.lists(st.integers(-400, 400), max_size=200))
def test_a_walk_comes_back_exactly(first: int, steps: list[int]) -> None:
    walk = np.clip(np.cumsum([first, *steps]), INT16.min, INT16.max).astype(np.int16)
    assert np.array_equal(positions(differences(walk, "a walk")), walk)


@pytest.mark.parametrize("values", [[], [5], [INT16.min, INT16.min], [INT16.max, 0], [INT16.min + 1, 0, INT16.max]])
def test_the_ends_of_the_range_come_back(values: list[int]) -> None:
    walk = np.array(values, np.int16)
    stored = differences(walk, "a walk")
    assert stored.dtype == np.dtype("<i2")
    assert np.array_equal(positions(stored), walk)


def test_a_leap_beyond_16_bits_is_refused_by_name() -> None:
    with pytest.raises(
        CapacityError, match=r"track 7 leaps by 40000 units of 50 m .* holds 32767, so leave .* --nights"
    ):
        differences(np.array([-20_000, 20_000], np.int16), "track 7")


def night(option: str, shift: int) -> FilmedNight:
    aircraft = np.zeros(3, AIRCRAFT)
    aircraft["entity"], aircraft["part"] = [11, 12, 13], [Part.FIGHTER, Part.INTRUDER, Part.FRIENDLY_DRONE]
    aircraft["state"] = 44
    same = Series(0, np.array([[0, 0, 10], [4, 1, 10], [8, 2, 11]], np.int16))
    own = Series(1, np.array([[100 + shift, -5, -20], [110 + shift, -9, -20]], np.int16))
    events = np.array([(12.0, What.TASKED, 9, 1, 0, 0.0)], EVENT)
    return FilmedNight(
        option=option,
        digest="d",
        steps=3,
        aircraft=aircraft,
        titles=("F-16C", "Gerbera", "Drone"),
        looks=("own-or-allied-military", "one-way-attack-type", "one-way-attack-type"),
        truth=((0, own), (1, same)),
        tracks=(FilmedTrack(9, 1, same), FilmedTrack(10, 0, own)),
        identities={9: [(0, 0), (2, 5)]},
        events=events,
        texts=("a fighter is sent to it",),
        ends={1: (25.0, "fell")},
        stories=(),
        cited={"set": CitedSet("A set", {"R-1": "Why it is so."})},
    )


def decoded(film: bytes) -> tuple[dict[str, Any], list[np.ndarray[Any, Any]]]:
    """Read a film as the page does."""
    raw = zlib.decompress(film)
    (length,) = struct.unpack_from("<I", raw)
    header = json.loads(raw[4 : 4 + length])
    at, out = 4 + length + -(4 + length) % 4, []
    for series in header["series"]:
        n = series["n"]
        columns = np.frombuffer(raw, "<i2", 3 * n, at).reshape(3, n)
        out.append(np.stack([positions(column) for column in columns], axis=1))
        at += 6 * n
    assert at == len(raw)
    return header, out


def test_what_is_the_same_under_every_option_is_kept_once() -> None:
    header, series = decoded(encode(4, [night("a", 0), night("b", 50)]))
    assert [header[name] for name in ("replication", "step_s", "unit_m", "steps", "options")] == [
        4,
        10,
        50,
        3,
        ["a", "b"],
    ]
    assert [(each["name"], each["part"]) for each in header["aircraft"]] == [("A0000", "fighter"), ("D01", "intruder")]
    ((of, shared),) = header["truth"]
    assert header["aircraft"][of]["name"] == "D01"
    assert series[shared].tolist() == [[0, 0, 10], [4, 1, 10], [8, 2, 11]]
    assert header["picture"] == [{"number": 9, "series": shared, "of": of}]
    for own, shift in zip(header["own"], (0, 50), strict=True):
        ((fighter, place),) = own["truth"]
        assert header["aircraft"][fighter]["name"] == "A0000"
        assert header["series"][place] == {"first": 1, "n": 2}
        assert series[place].tolist() == [[100 + shift, -5, -20], [110 + shift, -9, -20]]
        assert own["picture"] == [{"number": 10, "series": place, "of": fighter}]
        assert own["identities"] == {"9": [[0, 0], [20, 5]]}
        assert own["rules"] == {"set": {"title": "A set", "because": {"R-1": "Why it is so."}}}
        assert own["ends"] == {str(of): [25.0, "fell"]}
        assert own["events"] == [
            {"t": 12.0, "what": "tasked", "text": "a fighter is sent to it", "of": of, "track": 9, "by": fighter}
        ]


def test_the_same_nights_give_the_same_film() -> None:
    assert encode(4, [night("a", 0), night("b", 50)]) == encode(4, [night("a", 0), night("b", 50)])
