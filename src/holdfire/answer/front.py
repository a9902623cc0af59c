"""Who is on the Pareto front, who is best and who is worst, of options whose losses are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Losses = NDArray[np.float64]
    """(objectives, options, points): less is better."""
    Held = NDArray[np.bool_]


def on_front(losses: Losses) -> Held:
    """Return at which points each option is on the front, an array (options, points).

    It is where no other option is as good in every objective and better in one.
    """
    one, other = losses[:, :, None], losses[:, None]
    beaten: Held = ((other <= one).all(axis=0) & (other < one).any(axis=0)).max(axis=1)
    return np.logical_not(beaten)


def is_best(losses: Losses) -> Held:
    """Return where each option is best in each objective, alone or with others (objectives, options, points)."""
    held: Held = losses == losses.min(axis=1, keepdims=True)
    return held


def is_worst(losses: Losses) -> Held:
    """Return where each option is worst in each objective; where all are alike nobody is."""
    most = losses.max(axis=1, keepdims=True)
    held: Held = (losses == most) & (most > losses.min(axis=1, keepdims=True))
    return held


def never_worst(losses: Losses) -> Held:
    """Return where each option is worst in no objective (options, points)."""
    worst: Held = is_worst(losses).max(axis=0)
    return np.logical_not(worst)


def regret(losses: Losses) -> Losses:
    """Return how much worse each option is than the best of the same point, in each objective (L. J. Savage, 1951).

    "The theory of statistical decision", Journal of the American Statistical Association 46, doi
    10.1080/01621459.1951.10500768.
    """
    behind: Losses = losses - losses.min(axis=1, keepdims=True)
    return behind


def least_regret(losses: Losses) -> Held:
    """Return where each option has the smallest of the largest regrets (options, points).

    Regrets of objectives are made alike by the mean spread between the options over all points: a convention, which
    weighs each objective the same.
    """
    found = regret(losses)
    spread = (losses.max(axis=1) - losses.min(axis=1)).mean(axis=-1)
    largest = (found / np.where(spread > 0, spread, 1.0)[:, None, None]).max(axis=0)
    held: Held = largest == largest.min(axis=0, keepdims=True)
    return held
