"""One option's night, as the loop hands it to a study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from holdfire.messages.layout import Records


@dataclass(frozen=True, slots=True)
class OptionNight:
    """What came of one replication under one option.

    Attributes
    ----------
    option
        Its id.
    digest
        Hexadecimal digest of everything that happened: equal digests, equal nights.
    figures
        Every name of `score.FIGURES`; NaN where there was nothing to count.
    aircraft
        `score.SCORED` rows.
    events
        `response.EVENT` rows, in the order of time.
    """

    option: str
    digest: str
    figures: Mapping[str, float]
    aircraft: Records
    events: Records
