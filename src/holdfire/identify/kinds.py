"""Which kinds of sensor saw an aircraft lately, which measured where it is, and which told what it is.

A report by telephone is minutes old and rough, and a broadcast that is suspected is the aircraft's word alone: neither
measures. What tells what an aircraft is, is a look that gave a class or an answer of its transponder. Civil answers
say civil, and a friend's own or allied military: nothing tells other military answers from civil ones.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from holdfire.compiled import kernel
from holdfire.identify.aboard import fresh
from holdfire.identify.items import codes, items
from holdfire.messages.vocabulary import ITEM, KINDS_OF_SENSOR

if TYPE_CHECKING:
    import numpy as np

_TRANSPONDER, _IFF, _CLASS, _SAW, _PLACED, _TOLD = items(
    "transponder", "iff", "visual_class", "independent_kinds", "position_kinds", "class_kinds",
)  # fmt: skip
_MILITARY, _7700, _SPOOF = codes("transponder", "military", "7700", "spoof-suspected")
(_FRIENDLY,) = codes("iff", "friendly")
_CIVIL, _OURS, _NOT_SURE = codes("visual_class", "civil", "own-or-allied-military", "not-established")
_SSR, _EO_IR, _EYE, _REPORT = map(KINDS_OF_SENSOR.index, ("iff-ssr", "eo-ir", "eye", "report"))
_N_KINDS, _AGE_S = len(KINDS_OF_SENSOR), ITEM["independent_kinds"].max_age_s


@kernel
def tell_kinds(row: np.void, known: int, track: np.void, contact: np.void, time_s: float) -> int:
    """Write the three sets and return their bits; our own records are complete, so that an empty one is known.

    It reads what the row says of looks, answers and IFF replies, which must stand in it.
    """
    code, kind_s = row["code"], track["kind_s"]
    saw, saw_s, placed, placed_s = 0, -inf, 0, -inf
    for kind in range(_N_KINDS):
        if time_s - kind_s[kind] <= _AGE_S:
            saw, saw_s = saw | 1 << kind, max(saw_s, kind_s[kind])
            if kind != _REPORT and not (kind == _SSR and code[_TRANSPONDER] == _SPOOF):
                placed, placed_s = placed | 1 << kind, max(placed_s, kind_s[kind])
    eye_s = contact["looked_s"] if contact["visual_class"] >= 0 else -inf
    if time_s - eye_s <= _AGE_S:
        saw, saw_s = saw | 1 << _EYE, max(saw_s, eye_s)
    told, told_s = who_told(row, known, track, contact, time_s)
    for item, kinds, newest_s in ((_SAW, saw, saw_s), (_PLACED, placed, placed_s), (_TOLD, told, told_s)):
        code[item], row["age_s"][item] = kinds, max(time_s - newest_s, 0.0) if kinds > 0 else 0.0
    return 1 << _SAW | 1 << _PLACED | 1 << _TOLD


@kernel
def who_told(row: np.void, known: int, track: np.void, contact: np.void, time_s: float) -> tuple[int, float]:
    """Return the kinds by which it was told what it is, as bits, and when last; -infinity where none did."""
    code, told, told_s, look = row["code"], 0, -inf, -1
    if fresh(row, known, _CLASS, _AGE_S) and code[_CLASS] != _NOT_SURE:
        look = int(code[_CLASS])
        if contact["visual_class"] == look and time_s - contact["looked_s"] <= _AGE_S:
            told, told_s = 1 << _EYE, contact["looked_s"]
        if track["visual_class"] == look and time_s - track["visual_s"] <= _AGE_S:
            told, told_s = told | 1 << _EO_IR, max(told_s, track["visual_s"])
    says, item = -1, _TRANSPONDER
    if fresh(row, known, _IFF, _AGE_S) and code[_IFF] == _FRIENDLY:
        says, item = _OURS, _IFF
    elif fresh(row, known, _TRANSPONDER, _AGE_S) and code[_TRANSPONDER] <= _7700:
        says = _OURS if code[_TRANSPONDER] == _MILITARY else _CIVIL
    if says >= 0 and (look < 0 or says == look):
        told, told_s = told | 1 << _SSR, max(told_s, time_s - row["age_s"][item])
    return told, told_s
