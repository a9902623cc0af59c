"""A property and its refutation in words: what is forbidden, what was known, and by which rule it was permitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.examine.pairs import rests_on
from holdfire.logic.words import ROLE_WORDS, age, condition_in_words, roles_in_words, title, value_in_words
from holdfire.messages.vocabulary import ITEM, ITEMS
from holdfire.units import span_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from holdfire.examine.encoded import Encoded
    from holdfire.examine.prove import Counterexample
    from holdfire.examine.smt.search import Witness
    from holdfire.logic.conditions import Observed
    from holdfire.logic.property import Forbidden, Pair, Property
    from holdfire.logic.ruleset import Rule
    from holdfire.messages.ruling import RuleState


def forbids(asked: Property) -> Iterator[str]:
    """Yield each situation, or pair of them, that a property forbids, with every number in it."""
    yield from map(_forbids, asked.situations)
    yield from map(_pair, asked.pairs)


def _forbids(each: Forbidden) -> str:
    who = f" by anyone under the {ROLE_WORDS[each.below]}" if each.below else ""
    parts = [f"while known: {_listed(each.when)}"] if each.when else []
    if each.not_known:
        parts.append(f"while none of this is known: {_listed(each.not_known, 'or')}")
    parts += [f"unless all of this is known: {_listed(group)}" for group in each.unless]
    if each.unknown:
        parts.append(f"with no knowledge of: {_names(each.unknown)}")
    if each.only_known is not None:
        parts.append(f"with no knowledge but of: {_names(each.only_known)}")
    return "; ".join([f"{', '.join(each.actions)} permitted{who}", *parts])


def _pair(each: Pair) -> str:
    lost = {
        "any": "anything is lost",
        "unlisted": "anything is lost but what the set's releases rest on",
    }
    parts = [f"first, known: {_listed(each.when)}"] if each.when else []
    if each.loses:
        parts.append(lost[each.loses] if isinstance(each.loses, str) else f"lost: {_names(each.loses)}")
    if each.becomes:
        parts.append(f"any of this becomes known: {_listed(each.becomes)}")
    return "; ".join([f"{', '.join(each.actions)} permitted, or on a lower authority, only then", *parts])


def _listed(conditions: Iterable[Observed], joined: str = "and") -> str:
    words = list(map(condition_in_words, conditions))
    compound = ("," in each or " or " in each or " and " in each for each in words)
    shown = [f"({each})" if inner and len(words) > 1 else each for each, inner in zip(words, compound, strict=True)]
    return f" {joined} ".join(shown)


def _names(items: Iterable[str]) -> str:
    given = set(items)
    return ", ".join(title(item) for item in ITEMS if item.name in given)


def permitted_by(encoded: Encoded, refuted: Counterexample) -> Iterator[str]:
    """Yield, for each permission that breaks a property, which rule gives it, to whom and why."""
    for permission in refuted.permissions:
        who = roles_in_words(permission.authorities)
        for state in permission.rules:
            rule = _rule(encoded, state)
            by = f", all together by the {who}" if len(encoded.sets) > 1 else f" by the {who}"
            yield f"{rule.id} ({state.ruleset}) permits {permission.action}{by}: {rule.because}"
        for state in permission.let_go:
            yield f"{state.rule} ({state.ruleset}) would forbid it, but lets go where that is not known."


def _rule(encoded: Encoded, state: RuleState) -> Rule:
    sets = [each for each in (*encoded.sets, encoded.defence) if each and each.id == state.ruleset]
    return next(rule for rule in sets[0].rules if rule.id == state.rule)


def known(seen: tuple[Witness, ...]) -> list[tuple[str, ...]]:
    """Return a row for each item known in any state: its name, and what is known of it in each."""
    names = [item.name for item in ITEMS if any(item.name in each.evidence.items for each in seen)]
    rows = [(title(ITEM[name]), *(_known(name, each) for each in seen)) for name in names]
    return [(name, first, *("the same" if other == first else other for other in rest)) for name, first, *rest in rows]


def turned(encoded: Encoded, items: Iterable[str]) -> Iterator[str]:
    """Yield each item whose loss alone turns hold into engage, with the rules that then let go."""
    spots = [(each, *spot) for each in encoded.sets for spot in each.blind_spots()]
    for name in items:
        rules = dict.fromkeys(rule for each, rule, c in spots if name in rests_on(each, c.condition))
        yield f"{title(ITEM[name])} ({', '.join(rules)})"


def _known(name: str, seen: Witness) -> str:
    found = seen.evidence.items.get(name)
    if found is None:
        return "not known"
    lasted = max((timer.true_s for lasting, timer in seen.held.items() if lasting.item == name), default=0.0)
    parts = [found.source, age(found.age_s)]
    if found.verified and ITEM[name].kinematic:
        parts.append("verified")
    if lasted > 0:
        parts.append(f"so for {span_in_words(lasted)}")
    return f"{value_in_words(ITEM[name], found)} ({', '.join(parts)})"
