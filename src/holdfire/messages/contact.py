"""What our own side has done about a track and what came of it, as crews and controllers report it.

One record a track, written by whoever responds, read by whoever identifies. It holds no truth: a look that
was wrong stands here as it was reported.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np

CONTACT: Final = np.dtype(
    [
        ("number", np.int64),  # the track's number that it is about; 0: none
        ("responder", np.int64),  # who is tasked with it, -1: nobody
        ("done", np.int64),  # bits of vocabulary.ACTIONS that were carried out on it
        ("done_s", np.float64, (11,)),  # when each was last done; -inf: never
        ("hailed_s", np.float64),  # when it was first called; inf: never
        ("radio", np.int64),  # 0: not called or no verdict yet, 1: answering, 2: silent
        ("radio_s", np.float64),  # when that was found
        ("visual_class", np.int64),  # place in vocabulary.CLASSES, -1: nobody looked
        ("visual_load", np.int64),  # place in the item's values, -1: nobody looked
        ("looked_s", np.float64),  # when; -inf: never
        ("seen_as", np.int64),  # bits of CLASSES ever given
        ("warned", np.int64),  # bits of the item's values
        ("warned_s", np.float64),  # when first; inf: never
        ("complying", np.int64),  # -1: not known, 0: no, 1: yes
        ("complying_s", np.float64),
        ("attack", np.int64),  # place in the item's values, -1: nobody looked
        ("attack_s", np.float64),
        ("hijack", np.int64),  # 1: suspected by someone with reason to know
        ("iff", np.int64),  # own fighter's interrogation: 1 friend, 2 no reply, 0 not asked
        ("iff_s", np.float64),
    ],
    align=True,
)


class SightingOf(IntEnum):
    """Who looks."""

    EYE = 0
    CAMERA = 1


SIGHTING: Final = np.dtype(
    [
        ("responder", np.int64),  # whose look
        ("aircraft", np.int64),  # what it really fell on, for scoring; -1: nothing there
        ("track", np.int64),  # the track's place that it is reported on
        ("seen", np.int64),  # 1: something was seen
        ("visual_class", np.int64),  # what it was taken for
        ("visual_load", np.int64),
        ("by", np.int64),  # a SightingOf
        ("time_s", np.float64),
    ],
    align=True,
)
