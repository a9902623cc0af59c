"""The answer to a claim in words."""

from __future__ import annotations

from typing import Any

from holdfire.claim.priced import MIDDLE
from holdfire.study.phrases import percent, plain
from holdfire.study.words_cost import NOT_COUNTED

Json = dict[str, Any]

_HAPPENS = {
    "arrived": "fighters reach {whom} before they have left",
    "seen": "{whom} {is} {step}",
    "permitted": "force is permitted against {whom}",
    "stopped": "{whom} {is} stopped",
}


def sentences(made: Json) -> list[str]:
    """Return what was found, what of it assumed numbers turn round, and what was changed for the claim."""
    open_ = made["measured"] and made["as_assumed"] == "not decidable"
    doubt = [_doubt(made["measured"], made["than"])] if open_ else []
    counted = [NOT_COUNTED] if made["claim"]["kind"] == "costs" else []
    out = [_found(made), *_apart(made["measured"]), *doubt, _turned(made), *counted, *made["notes"]]
    return [
        *out,
        "Archetypes, not the rules in force of any state. The nights are drawn; what is assumed is not known.",
    ]


def _doubt(found: Json, than: str | None) -> str:
    if than and found["differ_below"] is not None:
        below = percent(found["differ_below"])
        return f"The two are alike in each of those nights, and so differ in fewer than {below} % of nights (95 %)."
    return "So many nights leave it open; more, by --nights, may settle it."


def _found(made: Json) -> str:
    found = made["measured"]
    if found is None:
        return "Nobody of whom it is claimed came over the border in any night: there is nothing to decide by."
    if found["sort"] == "share":
        share = f"{percent(found['low'])} to {percent(found['high'])} %"
        modal = made["claim"]["modal"]
        bound = f"`{modal}` asks for {'at least' if modal == 'could' else 'more than'} {percent(found['bound'])} %"
        nights = f"{found['k']} of {found['nights']} nights ({share}, 95 %)"
        return f"Under {made['option']} {_event(made)} in {nights}; {bound}."
    more = "less" if made["claim"]["settings"].get("more", 1.0) < 0 else "more"
    unit = "million euros a night" if made["claim"]["kind"] == "costs" else "stopped a night"
    if found["low"] is None:
        against = f" against {made['than']}" if made["than"] else ""
        return f"{made['option']} comes to {_signed(found['value'])} {unit}{against}; so few nights give no interval."
    if made["than"] is None:
        low, high = sorted(abs(found[end]) for end in ("low", "high"))
        one, other, bound = plain(low, high, found["bound"])
        return f"{made['option']} costs {one} to {other} {unit} (95 %, {found['nights']} nights), held against {bound}."
    return (
        f"{made['option']} comes to {_signed(found['value'])} {unit} ({_signed(found['low'])} to "
        f"{_signed(found['high'])}, 95 %, {found['nights']} nights) against {made['than']}, counted as {more}; held "
        f"against {found['bound']:g}."
    )


def _signed(value: float) -> str:
    """Return a number with its sign and three figures, two decimals at the least."""
    small = 0.0 < abs(value) < 1.0
    return f"{value:+.3g}" if small else f"{value:+.2f}"


def _apart(found: Json | None) -> list[str]:
    """Say of a claim on alert which nights do not bear on it: crews that other traffic had set going before."""
    out = []
    if found and found["cued"]:
        out.append(
            f"In {_nights(found['cued'])} only a crew got there that had been ordered off after something else before "
            "they were first tracked: cued by something else, it does not count as on alert. "
            "An order that comes earlier is what got it there."
        )
    if found and found["left_out"]:
        out.append(f"{_nights(found['left_out']).capitalize()} with no crew left on alert by then decided nothing.")
    return out


def _nights(n: int) -> str:
    return f"{n} night{'s' if n > 1 else ''}"


def _event(made: Json) -> str:
    claim = made["claim"]
    count = claim["settings"].get("count")
    one = len(made["groups"]) == 1
    of = f"the {made['called'][0]}" if one else f"{len(made['groups'])} groups"
    n = "all" if claim["every"] else f"{count:g} or more" if count and count > 1 else "at least one"
    is_ = "is" if n == "at least one" else "are"
    step = claim["settings"].get("step", "detected")
    return _HAPPENS[claim["kind"]].format(whom=f"{n} of {of}", step=step, is_=is_, **{"is": is_})


def _turned(made: Json) -> str:
    if not made["tried"]:
        return "No assumed number that it rests on was tried."
    if not made["flips"]:
        numbers = f"{made['tried']} assumed number{'s' if made['tried'] > 1 else ''}"
        listed = "; ".join(each["called"] for each in made["numbers"])
        return f"At neither end of the range of {numbers} that were tried is that turned round: {listed}."
    ends = [f"{each['called']} is {_at(each)} ({each['verdict']})" for each in made["flips"]]
    opening = f"As assumed it is {made['as_assumed']}; it" if made["as_assumed"] != "not decidable" else "It"
    return f"{opening} would turn if {', or if '.join(ends)}."


def _at(each: Json) -> str:
    if each["as_run"] == MIDDLE:
        return f"{each['value']}, not {MIDDLE}"
    if ", " in each["as_run"]:
        return f"at the {each['end']} end of every range"
    return f"{each['value']} instead of {each['as_run']}"
