"""A small scenario as text and as data, and a small library beside which nothing else is known."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from holdfire.catalogue import LIBRARY
from holdfire.reader.document import parse

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (LIBRARY / "templates" / "my-night.yaml").read_text(encoding="utf-8")
"""What `holdfire scenario new` writes."""

SMALL = (
    "rulesets/visual-confirmation", "rulesets/radar-permitted", "platforms/gerbera", "platforms/f-16c",
    "sensors/medium-range-3d", "sensors/ads-b-station", "sensors/fighter-radar", "sensors/eyes",
    "sensors/wind-turbines",
    "weapons/radar-missile", "weapons/heat-missile", "ladders/air-incidents",
)  # fmt: skip


def small_library(folder: Path) -> Path:
    """A library with no more than the small scenario names, so that messages do not change as ours grows."""
    for name in SMALL:
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(LIBRARY / f"{name}.yaml", path)
    return folder


def changed(*replacements: tuple[str, str]) -> str:
    """The small scenario with some of its text replaced, each of which stands there once."""
    text = TEXT
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def night(*replacements: tuple[str, str]) -> dict[str, Any]:
    """The same as data."""
    data = parse(changed(*replacements).encode(), "my-night.yaml").data
    assert isinstance(data, dict)
    return data
