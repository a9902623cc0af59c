"""Records are cut as libasterix parses them: the same are accepted, and every item has the same bytes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.catalogue import LIBRARY
from holdfire.feeds.asterix import radar, system
from holdfire.feeds.asterix.layout import READ, Layout, MalformedError, editions
from holdfire.feeds.asterix.split import Items, cut_record

pytest.importorskip("asterix.generated", reason="libasterix is not installed: it comes with the extra feeds")

LAYOUTS = [layout for category in sorted(READ) for edition in editions(category) for layout in edition]


def _described(layout: Layout) -> Any:
    from asterix import generated

    described = getattr(generated, f"Cat_{layout.category:03}_{layout.edition.replace('.', '_')}")
    if hasattr(described, "cv_record"):
        return described.cv_record
    pair = next(pair for pair in editions(layout.category) if pair[0].edition == layout.edition)
    return list(described.cv_uap.cv_uaps.values())[[each.items for each in pair].index(layout.items)]


def _theirs(layout: Layout, content: bytes) -> tuple[Items, int] | None:
    from asterix.base import Bits, ParsingMode

    try:
        said = _described(layout).parse(ParsingMode.StrictParsing, Bits.from_bytes(content))
    except (TypeError, AssertionError):  # it does not expect a field after the last that there is
        return None
    if isinstance(said, ValueError):
        return None
    record, left = said
    return {name: item.unparse().to_bytes() for name, item in record.items_regular.items()}, len(content) - len(
        left
    ) // 8


def _ours(layout: Layout, content: bytes) -> tuple[Items, int] | None:
    try:
        return cut_record(content, 0, layout)
    except MalformedError:
        return None


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: f"{layout.category:03}-{layout.edition}")
@given(st.binary(min_size=1, max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_cut_alike(layout: Layout, content: bytes) -> None:
    assert _ours(layout, content) == _theirs(layout, content)


@pytest.mark.parametrize("layout", [one for one in LAYOUTS if one.category in (48, 62)], ids=lambda one: one.edition)
@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_damaged_record_is_cut_alike(layout: Layout, data: st.DataObject) -> None:
    name, length = ("radars.ast", 40_000) if layout.category == 48 else ("system.ast", 20_000)
    raw = (LIBRARY / "recordings" / name).read_bytes()
    first = data.draw(st.integers(0, min(length, len(raw) - 200)))
    content = bytearray(raw[first : first + 120])
    for _ in range(data.draw(st.integers(0, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    assert _ours(layout, bytes(content)) == _theirs(layout, bytes(content))


def test_the_units_are_those_of_libasterix() -> None:
    from asterix.generated import Cat_048_1_32, Cat_062_1_21

    def unit(record: Any, item: str, *parts: str) -> float:
        variation = record.cv_items_dict[item].cv_rule.cv_variation
        for part in parts:
            described = variation.spec(part)
            variation = getattr(described, "cv_rule", described).cv_variation
        return float(variation.cv_rule.cv_content.cv_lsb)

    plot, track = Cat_048_1_32.cv_record, Cat_062_1_21.cv_record
    assert unit(plot, "040", "RHO") * 1852.0 == radar.RANGE_M
    assert unit(plot, "200", "GSP") * 1852.0 == radar.SPEED_M_S
    assert unit(track, "185", "VX") == system.SPEED_M_S
    assert unit(track, "130") * 0.3048 == pytest.approx(system.HEIGHT_M)
    assert unit(track, "220") * 0.3048 / 60.0 == pytest.approx(system.CLIMB_M_S)
    assert unit(track, "500", "APC", "X") == system.SIGMA_M
