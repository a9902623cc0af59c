"""What a night cost both sides, as ranges: flying and weapons on ours, aircraft lost on theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from holdfire.messages.aircraft import Part, Status
from holdfire.messages.response import What
from holdfire.sources import Grade
from holdfire.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from holdfire.messages.layout import Records
    from holdfire.messages.response import Response
    from holdfire.respond.means import Means


OWN: Final = ("cost_own_meur", "cost_own_low_meur", "cost_own_high_meur")
"""Figures of what a night cost our own side: in the middle of every range of a price, and with all at either end."""


class Cost(NamedTuple):
    """A sum in EUR: least and most."""

    low_eur: float
    high_eur: float

    @property
    def middle_eur(self) -> float:
        """What tables show where they show one number."""
        return (self.low_eur + self.high_eur) / 2

    @property
    def meur(self) -> tuple[float, float, float]:
        """The same in millions, then the least and the most, as `OWN` has them."""
        return self.middle_eur / 1e6, self.low_eur / 1e6, self.high_eur / 1e6


def own_cost(means: Means, response: Response, hour_eur: NDArray[np.float64]) -> Cost:
    """Return what flying, firing and sitting ready in the cockpit cost.

    `hour_eur` has the least and most cost of an hour's flying of each responder (responders, 2), EUR. The
    weapon of each shot is the value of its event.
    """
    hours = response.responders["flown_s"] / HOUR_S
    events = response.events[: max(int(response.counts[0]), 0)]
    fired = events[events["what"] == What.FIRED]["value"].astype(np.int64)
    eur = (hours[:, None] * hour_eur).sum(axis=0) + means.weapons["cost_eur"][fired].sum(axis=0)
    eur += (response.warned["stood_s"][:, None] / HOUR_S * means.warners.records["hour_eur"]).sum(axis=0)
    return Cost(float(eur[0]), float(eur[1]))


def other_cost(aircraft: Records, replacement_eur: NDArray[np.float64]) -> Cost:
    """Return what the other side lost: every intruder that did not come home, however it ended.

    `replacement_eur` has the least and most cost of a new one of each platform (platforms, 2), EUR. An aircraft
    that is built not to return is lost in any case, so that options differ only by those that would have left.
    """
    lost = np.isin(aircraft["status"], (Status.SHOT_DOWN, Status.DISRUPTED, Status.FELL, Status.ARRIVED))
    eur = replacement_eur[aircraft["platform"][lost & (aircraft["part"] == Part.INTRUDER)]].sum(axis=0)
    return Cost(float(eur[0]), float(eur[1]))


def weakest(grades: Iterable[Grade]) -> Grade:
    """Return the grade of a sum: that of its least attested part."""
    order = list(Grade)
    return max(grades, key=order.index, default=Grade.OFFICIAL)
