"""Evidence, assessments and rulings as records, for the compiled stages.

A record of zeros is an aircraft about which nothing is known, assessed as nothing and permitted nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.messages.actions import ALL_ACTIONS
from holdfire.messages.evidence import Basis, Evidence, Known, code_of
from holdfire.messages.vocabulary import INDEX, ITEMS, Item, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

N_ITEMS: Final = len(ITEMS)
N_NAMED: Final = sum(item.kind is not Kind.NUMBER for item in ITEMS)
"""Items before this index have named values, those from it on are numbers."""
N_ACTIONS: Final = len(ALL_ACTIONS)

EVIDENCE: Final = np.dtype(
    [
        ("known", np.uint64),  # bit i: item i of ITEMS is known
        ("verified", np.uint64),  # bit i: item i is verified
        ("age_s", np.float64, (N_ITEMS,)),  # time since item i was observed
        ("value", np.float64, (N_ITEMS - N_NAMED,)),  # item N_NAMED + i, a number in its unit
        ("sd", np.float64, (N_ITEMS - N_NAMED,)),  # its standard deviation, same unit
        ("code", np.uint16, (N_NAMED,)),  # item i: the place among its values; of a set, its members as bits
        ("basis", np.uint8),  # a Basis; any other number, and 0, puts the row in error
    ],
    align=True,
)

ASSESSMENT: Final = np.dtype(
    [
        ("known", np.uint8),  # bit 0: hostile intent is settled, bit 1: hostile act is
        ("holds", np.uint8),  # the same bits: it holds
        ("identity", np.uint8),  # bit i: CONCLUSIONS[i] is possible
        ("error", np.uint8),  # 1: malformed evidence; nothing may follow from it
    ]
)

RULING: Final = np.dtype(
    [
        ("permitted", np.uint16),  # bit i: ALL_ACTIONS[i]
        ("authority", np.uint8, (N_ACTIONS,)),  # lowest roles, bit i: ROLES[i]; any one suffices
        ("executors", np.uint8, (N_ACTIONS,)),  # roles that may act, bit i: ROLES[i]
        ("rule", np.int16, (N_ACTIONS,)),  # permit that decided, or prohibition that withheld; -1: none
        ("caveat", np.uint8, (N_ACTIONS,)),  # bit i: the i-th of the binding sets withholds
        ("error", np.uint8),  # 1: malformed evidence; nothing but observing is permitted
    ]
)

Records = np.ndarray[Any, np.dtype[np.void]]


def evidence_records(rows: Sequence[Evidence]) -> Records:
    """Return one `EVIDENCE` record for each row."""
    out = np.zeros(len(rows), EVIDENCE)
    for record, row in zip(out, rows, strict=True):
        record["basis"] = row.basis
        for name, known in row.items.items():
            _fill(record, INDEX[name], known)
    return out


def _fill(record: np.void, index: int, known: Known) -> None:
    record["known"] |= np.uint64(1 << index)
    if known.verified:
        record["verified"] |= np.uint64(1 << index)
    record["age_s"][index] = known.age_s
    item = ITEMS[index]
    if item.kind is Kind.NUMBER:
        record["value"][index - N_NAMED] = known.value
        record["sd"][index - N_NAMED] = known.sd
    else:
        record["code"][index] = code_of(item, known)


def evidence_of(record: np.void) -> Evidence:
    """Return what a record says, for the reading in plain Python.

    A code outside its item's values comes back as that number in a text, which nothing allows.
    """
    items = {}
    for index, item in enumerate(ITEMS):
        if int(record["known"]) >> index & 1:
            items[item.name] = Known(
                value=_value(item, record, index),
                age_s=float(record["age_s"][index]),
                sd=float(record["sd"][index - N_NAMED]) if item.kind is Kind.NUMBER else 0.0,
                verified=bool(int(record["verified"]) >> index & 1),
            )
    return Evidence(Basis(int(record["basis"])), items)


def _value(item: Item, record: np.void, index: int) -> str | bool | float | frozenset[str]:
    if item.kind is Kind.NUMBER:
        return float(record["value"][index - N_NAMED])
    code = int(record["code"][index])
    if item.kind is Kind.SET:
        members = frozenset(value for bit, value in enumerate(item.values) if code >> bit & 1)
        return members if code < 1 << len(item.values) else frozenset({f"code {code}"})
    if code >= len(item.values):
        return f"code {code}"
    return item.values[code] == "true" if item.kind is Kind.FLAG else item.values[code]
