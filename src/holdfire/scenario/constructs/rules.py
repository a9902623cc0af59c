"""Rule sets instead: of the states that guard, of those whose armed crews fly beside them, and of the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from holdfire.scenario.change import HOST, Change, NoSenseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from holdfire.logic.checks import Raw
    from holdfire.logic.option_entry import Of


def guards(data: Raw) -> list[str]:
    """Return the states whose airspace is guarded."""
    return [state["id"] for state in data["states"] if state["guards"]]


def armed_crews(data: Raw) -> list[str]:
    """Return the states that do not guard and whose crews carry a weapon or a jammer."""
    armed = {each["crew"] for each in own(data) if _armed(each)}
    return [state["id"] for state in data["states"] if not state["guards"] and state["id"] in armed]


def own(data: Raw) -> Iterator[dict[str, Any]]:
    """Yield every entry of own aircraft, on alert and on patrol."""
    for base in data.get("bases", []):
        yield from base.get("aircraft", [])
    yield from data.get("patrols", [])


def _armed(each: Mapping[str, Any]) -> bool:
    bursts = 0 if "orbit" in each else 3  # what the schema gives a patrol, and one on alert
    return bool(each.get("missiles", 2) or each.get("gun_bursts", bursts) or each.get("jams", False))


def rules(data: Raw, given: Mapping[Of, str]) -> Change:
    """Return which states are bound by what instead; `given` is by `guards`, `crews` and `chain`.

    Raises `NoSenseError` where crews are to be bound as their host is and there are several hosts.
    """
    of: dict[Of, list[str]] = {"guards": guards(data), "crews": armed_crews(data), "chain": ["chain"]}
    sets = {state["id"]: state["ruleset"] for state in data["states"]}
    hosts = {sets[state] for state in guards(data)}
    out = {}
    for whose, name in given.items():
        for state in of[whose]:
            if name == HOST and len(hosts) > 1:
                message = (
                    f"the states that guard have sets of their own ({', '.join(sorted(hosts))}): there is no one host"
                )
                raise NoSenseError(message)
            out[state] = min(hosts) if name == HOST else name
    return Change(rules=out)
