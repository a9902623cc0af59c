"""What drifts where no wind is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.errors import Finding
from holdfire.logic.checks import mappings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.logic.checks import Raw


def windless(data: Raw) -> Iterator[Finding]:
    """Yield a finding for each group that goes with a wind which the scenario does not tell."""
    if data.get("wind") is not None:
        return
    text = "it drifts with a wind that the scenario does not tell: add the section `wind`"
    for index, group in mappings(data.get("intruders")):
        if group.get("drifts") is True:
            yield Finding(("intruders", index, "drifts"), text)
    background = data.get("background")
    if isinstance(background, dict) and background.get("balloons") is not None:
        yield Finding(("background", "balloons"), text)
