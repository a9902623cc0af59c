"""The evidence of a case at any second: what was told so far, each item as old as it then is.

Three rules turn moments into evidence. An item stays known, and ages by one second a second, until it is told
anew or lost; beyond its longest age it is not known, as everywhere. `warned_s` is a clock and runs on. And
`held_s` runs on with time; told anew with the same value before it has lapsed, an item carries its `held_s` on,
else it begins again with what the file says. No other number changes unless it is told anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from holdfire.errors import InputError
from holdfire.logic.situation import Situation
from holdfire.messages.evidence import Basis, Evidence
from holdfire.messages.vocabulary import ITEM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from holdfire.logic.case import Case, Told
    from holdfire.messages.evidence import Known


@dataclass(frozen=True, slots=True)
class Moment:
    """One second of a case at which something changed or was decided, and all that is known then.

    `says` is empty where nothing changed.
    """

    at_s: float
    says: str
    situation: Situation


def at(case: Case, at_s: float) -> Situation:
    """Return what is known `at_s` seconds into a case.

    Raises `InputError` for a second before anything is known, or without end.
    """
    if not case.begins_s <= at_s < inf:
        message = f"second {at_s:g} is outside {case.id}: give one from {case.begins_s:g} on"
        raise InputError(message)
    items: dict[str, Known] = {}
    now = case.begins_s
    for told in case.timeline:
        if told.at_s > at_s:
            break
        items = _told(_later(items, told.at_s - now), told)
        now = told.at_s
    basis = Basis.HYPOTHETICAL if case.transposed or case.hypothetical else Basis.HISTORICAL
    return Situation(case.id, case.title, case.really, Evidence(basis, _later(items, at_s - now)))


def moments(case: Case) -> tuple[Moment, ...]:
    """Return every second at which something changed or was decided, in order, with what is known then."""
    says = {told.at_s: told.says for told in case.timeline}
    seconds = sorted({*says, *case.decides_at_s})
    return tuple(Moment(second, says.get(second, ""), at(case, second)) for second in seconds)


def transposed(case: Case) -> Case:
    """Return the case as if all of it had been in own airspace, all other evidence as it was.

    What is told only inside a border, as `depth_m`, stays unknown where nobody told it.
    """
    timeline = tuple(replace(told, known=_own(told.known)) for told in case.timeline)
    title = f"{case.title} (transposed into own airspace)"
    return replace(case, title=title, where="own", timeline=timeline, transposed=True)


def _own(known: Mapping[str, Known]) -> dict[str, Known]:
    return {name: replace(item, value="own") if name == "airspace" else item for name, item in known.items()}


def _later(items: Mapping[str, Known], seconds: float) -> dict[str, Known]:
    return {name: _aged(name, item, seconds) for name, item in items.items()}


def _aged(name: str, item: Known, seconds: float) -> Known:
    aged = replace(item, age_s=item.age_s + seconds, held_s=item.held_s + seconds)
    if name == "warned_s":
        assert isinstance(item.value, float)  # noqa: S101  # the schema lets nothing else through
        return replace(aged, value=item.value + seconds)
    return aged


def _told(items: Mapping[str, Known], told: Told) -> dict[str, Known]:
    kept = {name: item for name, item in items.items() if name not in told.lost}
    fresh = {name: _carried(name, kept.get(name), item) for name, item in told.known.items()}
    return kept | fresh


def _carried(name: str, before: Known | None, item: Known) -> Known:
    if before is None or before.value != item.value or before.age_s > ITEM[name].max_age_s:
        return item
    return replace(item, held_s=max(item.held_s, before.held_s))
