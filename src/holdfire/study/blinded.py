"""A scenario as somebody would have foretold it who knew nothing of the incident but what the scenario was given.

Left out are the rule sets that were made since the incident, and every number that was fitted to it. Instead of a rule
set stand the archetypes that were not made from the incident, with equal weights; instead of a number what the
library's file `blind/<scenario>.yaml` says. What nothing stands for is told, and its scenario is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from holdfire.catalogue import SELF_DEFENCE, ids, load_ruleset
from holdfire.errors import UnknownNameError
from holdfire.scenario.blind import addresses
from holdfire.scenario.option import rule_sets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from holdfire.logic.checks import Raw
    from holdfire.logic.ruleset import RuleSet
    from holdfire.scenario.blind import BlindModel
    from holdfire.sources import Source

PREFIX: Final = "without-it"
"""Of the ids of options that foretell without the incident."""


@dataclass(frozen=True, slots=True)
class Blinded:
    """How a scenario is foretold without its incident.

    Attributes
    ----------
    options
        The option that changes nothing, then one for each rule set that is tried instead, as a scenario lists them.
    members
        Ids of the options whose nights, with equal weights, are the forecast.
    replaced
        The rule set that is left out, by state.
    because
        Why, by rule set.
    instead
        Rule sets that are tried.
    later
        Of those, what rests on statements since the incident, though not on it.
    restated
        The numbers that stand instead of fitted ones, and why.
    missing
        Fitted numbers that nothing stands for: it cannot be left out.
    kept
        The other rule sets that bind, in words: of which states, and of when the latest source is.
    stays
        What of the incident is in the forecast all the same, in words: of the library's file, else of the scenario.
    """

    options: tuple[Raw, ...]
    members: tuple[str, ...]
    replaced: dict[str, str]
    because: dict[str, str]
    instead: tuple[str, ...]
    later: tuple[str, ...]
    restated: tuple[Raw, ...]
    missing: tuple[str, ...]
    stays: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def blinded(data: Raw, as_was: Raw, said: BlindModel | None, near: Path | None = None) -> Blinded:
    """Return how a sound scenario is foretold without its incident.

    `as_was` is its option that changes nothing. Raises `UnknownNameError` where `said` names a rule set or a number
    that is not there.
    """
    day, cited = str(data["start"])[:10], [*data["sources"]]
    bound = rule_sets(data, as_was["id"])
    because = {
        name: why for name in sorted(set(bound.values())) if (why := _since(load_ruleset(name, near), day, said))
    }
    replaced = {state: name for state, name in bound.items() if name in because}
    instead = _instead(day, cited, said) if replaced else ()
    restated = {where: each for each in (said.restated if said else ()) for where in addresses(data, each.address)}
    values = {where: each.value for where, each in restated.items()}
    options, members = [as_was], []
    for name in instead or ([None] if values else []):
        rules = dict.fromkeys(replaced, name) if name else {}
        if not values and all(bound[state] == ruleset for state, ruleset in rules.items()):
            members.append(as_was["id"])
            continue
        made = {
            "id": f"{PREFIX}-{name}" if name else PREFIX,
            "title": f"Without the incident{f', {name}' if name else ''}",
        }
        options.append({**made, "rules": rules, "set": values})
        members.append(str(made["id"]))
    fitted = dict.fromkeys(each for fact in data.get("observed", ()) for each in fact.get("fitted", ()))
    return Blinded(
        options=tuple(options),
        members=tuple(members) or (as_was["id"],),
        replaced=replaced,
        because=because,
        instead=instead,
        later=tuple(filter(None, (_later(load_ruleset(name), day) for name in instead))),
        restated=tuple(
            {"address": where, "value": each.value, "why": each.why, "grade": str(each.grade)}
            for where, each in restated.items()
        ),
        missing=tuple(each for each in fitted if not _is_covered(data, each, restated)),
        stays=tuple(said.not_left_out if said else data.get("validation", {}).get("not_left_out", ())),
        kept=tuple(
            _before(load_ruleset(name, near), [state for state, its in bound.items() if its == name])
            for name in dict.fromkeys(bound.values())
            if name not in because
        ),
    )


def _is_covered(data: Raw, fitted: str, restated: Mapping[str, object]) -> bool:
    """Whether something stands instead of every number that an address of a fitted one leads to."""
    try:
        return set(addresses(data, fitted)) <= set(restated)
    except UnknownNameError:  # words that are no address
        return False


def _instead(day: str, cited: Sequence[Raw], said: BlindModel | None) -> tuple[str, ...]:
    """Return the rule sets that are tried: those named, else every archetype that was not made from the incident."""
    if said and said.instead:
        return tuple(load_ruleset(name).id for name in said.instead)
    from_it = set(said.made_from_it) if said else set()
    sets = (load_ruleset(name) for name in ids("rulesets") if name != SELF_DEFENCE and name not in from_it)
    return tuple(each.id for each in sets if each.kind == "archetype" and not _from_it(each, day, cited))


def _since(ruleset: RuleSet, day: str, said: BlindModel | None) -> str:
    """Say why a rule set that binds is left out: what it cites since the incident; empty where it was made before."""
    if said and ruleset.id in said.made_from_it:
        return "it is said to be made or chosen from the incident"
    return _cites(source for source in ruleset.sources if _is_since(source, day))


def _before(ruleset: RuleSet, states: Sequence[str]) -> str:
    """Say of a rule set that was made before the incident of when its latest source is."""
    latest = max((source.date for source in ruleset.sources if source.date), default="")
    return f"{ruleset.id} of {', '.join(states)} ({f'latest source of {latest}' if latest else 'no source has a date'})"


def _later(ruleset: RuleSet, day: str) -> str:
    said = _cites(source for source in ruleset.sources if _is_since(source, day))
    return f"{ruleset.id}: {said}" if said else ""


def _cites(sources: Any) -> str:  # noqa: ANN401  # any iterable of sources
    listed = [f"{source.title} ({source.date})" for source in sources]
    return f"it cites {'; '.join(listed)}" if listed else ""


def _from_it(ruleset: RuleSet, day: str, cited: Sequence[Raw]) -> bool:
    """Whether a set cites a document since the incident that the scenario cites of it, by address or by title."""
    mine = {each[name] for each in cited for name in ("url", "title") if each.get(name)}
    return any(_is_since(source, day) and mine & {source.url, source.title} for source in ruleset.sources)


def _is_since(source: Source, day: str) -> bool:
    """Whether a document bears the incident's day or a later one; of a month or a year alone, where it can."""
    return source.date is not None and source.date >= day[: len(source.date)]
