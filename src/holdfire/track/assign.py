"""Which plot goes to which track: the assignment of most likelihood over all plots of one look together.

The method is that of shortest augmenting paths: R. Jonker and A. Volgenant, "A shortest augmenting path
algorithm for dense and sparse linear assignment problems", Computing 38, 1987, doi 10.1007/BF02278710, for
rectangular problems as in D. F. Crouse, "On implementing 2D rectangular assignment algorithms", IEEE
Transactions on Aerospace and Electronic Systems 52, 2016, doi 10.1109/TAES.2016.140952.

A pair costs what it gains less than the row's best; to leave a row without a column costs all of that best.
Only pairs within gates exist, so a search stays among the plots and tracks that compete with one another, and
a plot whose best track is free is given it without any search.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.track.room import PAIRS

if TYPE_CHECKING:
    from holdfire.messages.layout import Records


@kernel
def assign(count: int, rows: Records, pairs: Records, columns: Records) -> None:
    """Give each of the first `count` rows a column or none (-1) in `taken`, by the largest possible sum of gains.

    The columns in their pairs must have `owner` -1, `price` 0 and `mark` 0 before.
    """
    for index in range(count):
        row = rows[index]
        row["taken"], row["price"] = -1, 0.0
        if row["pairs"] > 0:
            column = pairs[best_of(index, row["pairs"], pairs)]["column"]
            if columns[column]["owner"] < 0:
                # The pair costs nothing and a free column has no price: it belongs to a best assignment so far.
                row["taken"], columns[column]["owner"] = column, index
            else:
                _search(index, rows, pairs, columns)


@kernel
def best_of(row: int, count: int, pairs: Records) -> int:
    """Return the place of a row's pair of most gain."""
    best = row * PAIRS
    for pair in range(best + 1, row * PAIRS + count):
        if pairs[pair]["gain"] > pairs[best]["gain"]:
            best = pair
    return best


@kernel
def _search(start: int, rows: Records, pairs: Records, columns: Records) -> None:  # noqa: C901, PLR0912, PLR0915
    """Find the cheapest way to place one more row, by Dijkstra's algorithm on reduced costs, and go it."""
    count, row, spent = 0, start, 0.0
    idle, idle_far, end = -1, math.inf, -1  # row to be left without a column, what that costs; or a free column
    while True:
        begin, size = row * PAIRS, rows[row]["pairs"]
        rest = spent - rows[row]["price"] + pairs[best_of(row, size, pairs)]["gain"]
        if rest < idle_far:
            idle, idle_far = row, rest
        for index in range(begin, begin + size):
            pair = pairs[index]
            column = columns[pair["column"]]
            cost = rest - pair["gain"] - column["price"]
            if column["mark"] == 0:
                column["mark"], column["far"], columns[count]["reached"] = 1, math.inf, pair["column"]
                count += 1
            if column["mark"] == 1 and cost < column["far"]:
                column["far"], column["via"] = cost, row
        nearest, spent = -1, idle_far
        for index in range(count):
            place = columns[index]["reached"]
            if columns[place]["mark"] == 1 and columns[place]["far"] < spent:
                nearest, spent = place, columns[place]["far"]
        if nearest < 0:
            break
        if columns[nearest]["owner"] < 0:
            end = nearest
            break
        columns[nearest]["mark"], row = 2, columns[nearest]["owner"]
    rows[start]["price"] += spent
    for index in range(count):
        column = columns[columns[index]["reached"]]
        if column["mark"] == 2:
            rows[column["owner"]]["price"] += spent - column["far"]
            column["price"] -= spent - column["far"]
        column["mark"] = 0
    if end < 0:  # one row gives its column up; where it is the new one, nothing else moves
        end, rows[idle]["taken"] = rows[idle]["taken"], -1
    while end >= 0:
        row = columns[end]["via"]
        columns[end]["owner"] = row
        end, rows[row]["taken"] = rows[row]["taken"], end
