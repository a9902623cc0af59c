"""A case as a seminar rules on it: what changed at each moment, and how every set rules there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from holdfire.catalogue import SELF_DEFENCE, load_ruleset
from holdfire.errors import InputError
from holdfire.examine.answer import answer
from holdfire.findings import not_allowed
from holdfire.logic.timeline import moments
from holdfire.logic.words import age, title, value_in_words
from holdfire.messages.actions import Action
from holdfire.messages.vocabulary import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from holdfire.examine.answer import Answer
    from holdfire.examine.computed import Computed
    from holdfire.logic.case import Case
    from holdfire.logic.ruleset import RuleSet
    from holdfire.logic.timeline import Moment
    from holdfire.messages.evidence import Known

HOLD: Final = "hold"
RULINGS: Final = (HOLD, *map(str, Action))


@dataclass(frozen=True, slots=True)
class Ruled:
    """One moment, with what changed; the participant's ruling (`None`: none), its action, and every set's on that."""

    moment: Moment
    changed: tuple[str, ...]
    given: str | None
    action: Action
    answers: tuple[Answer, ...]


def ruling_of(text: str) -> str:
    """Return `hold` or the action that was typed; raises `InputError` for anything else, with the nearest."""
    typed = text.strip().lower()
    if typed not in RULINGS:
        raise InputError(not_allowed("ruling", typed, RULINGS))
    return typed


def changes(before: Moment | None, now: Moment) -> Iterator[str]:
    """Yield in words what is known anew, what is no longer known, and what has grown too old."""
    old = before.situation.evidence.items if before else {}
    items = now.situation.evidence.items
    for name, item in items.items():
        held = old.get(name)
        if held is None or held.value != item.value or (_lapsed(name, held) and not _lapsed(name, item)):
            yield f"{title(ITEM[name])}: {value_in_words(ITEM[name], item)} ({item.source}, {age(item.age_s)})"
    for name, held in old.items():
        if name not in items:
            yield f"{title(ITEM[name])}: no longer known"
        elif _lapsed(name, items[name]) and not _lapsed(name, held):
            yield f"{title(ITEM[name])}: too old to count as known"


def _lapsed(name: str, item: Known) -> bool:
    return item.age_s > ITEM[name].max_age_s


def ruled(case: Case, given: Sequence[str | None], rulesets: Sequence[RuleSet | Computed]) -> tuple[Ruled, ...]:
    """Return each moment with the participant's ruling and every set's on the same action.

    Where the participant held or said nothing, the action is the one that the case asks about first.
    """
    defence = load_ruleset(SELF_DEFENCE)
    every = moments(case)
    padded = [*given, *[None] * (len(every) - len(given))]
    made = []
    for before, moment, text in zip((None, *every[:-1]), every, padded, strict=True):
        action = case.expects[0].action if text in {None, HOLD} else Action(str(text))
        answers = tuple(answer(ruleset, moment.situation, defence) for ruleset in rulesets)
        made.append(Ruled(moment, tuple(changes(before, moment)), text, action, answers))
    return tuple(made)
