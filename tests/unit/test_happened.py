"""What an event says, in words."""

from __future__ import annotations

import numpy as np
import pytest

from holdfire.messages.response import EVENT, What
from holdfire.rehearsal.happened import HAPPENED, in_words
from holdfire.respond.warners import state_number


def event(what: What, value: float = 0.0, aircraft: int = 3) -> np.void:
    made: np.void = np.zeros(1, EVENT)[0]
    made["what"], made["value"], made["aircraft"] = what, value, aircraft
    return made


@pytest.mark.parametrize("what", What)
def test_whatever_can_happen_has_words(what: What) -> None:
    assert HAPPENED[what]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (event(What.FOREWARNED, state_number("LV")), "LV warns by telephone"),
        (event(What.FOREWARNED, state_number("BY"), -1), "BY warns by telephone of what is not there"),
        (event(What.SCRAMBLE), "fighters are ordered off"),
        (event(What.SCRAMBLE, 360.0), "fighters are ordered off, 6 min nearer to take-off since a neighbour's warning"),
    ],
)
def test_a_warning_and_what_it_came_to_are_told(given: np.void, words: str) -> None:
    assert in_words(given) == words
