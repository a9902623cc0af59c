"""The parts of a brief as HTML, each number of which is a row of the ledger."""

from __future__ import annotations

import html
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.answer import groups
from holdfire.answer.answer import COLLISION, LEAST_POINTS, at_nights
from holdfire.answer.beaten import CLEARLY, ON_AVERAGE
from holdfire.answer.front import never_worst
from holdfire.messages.score import TRACED
from holdfire.report.brief.ledger import Ledger, Origin, Study
from holdfire.scenario.option import rule_sets
from holdfire.sources import Source, bibliography
from holdfire.study.phrases import percent, plain
from holdfire.study.versus import pair_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    Json = dict[str, Any]

_FIGURES: Final = {
    "stopped": ("stopped",),
    "met": ("intercepted",),
    "wrongful": ("wrongful_civil", "wrongful_friendly"),
    "cost": ("cost_own_meur",),
    "rung": ("peak_rung_own", "peak_rung_other"),
    "closing": ("cost_closing_meur",),
    "exposed": ("exposed_min",),
}
"""What objectives are made of."""
_TRACED: Final = tuple(f"traced_{cause.replace('-', '_')}" for cause in TRACED)
_FELL: Final = ("people_harmed_debris", "people_harmed_weapon")
_FRONT: Final = {None: "yes", ON_AVERAGE: "not clear", CLEARLY: "no"}
ASSUMED, VALIDATED, SOURCES, LADDER = 7, 7, 9, 4
"""Lines of each kind that two pages take; the rest stands in the appendix."""
POINTS: Final = 64
"""Points of a space that the brief asks for where there are too few."""


@dataclass(slots=True)
class Made:
    """What a brief is made of: the study, the space if one was explored, what was computed of them, and the ledger."""

    study: Study
    space: Study | None
    comparison: Json
    answer: Json
    survives: Json | None
    stressed: Json | None
    validation: Json | None
    ladder: Json | None
    ledger: Ledger

    @property
    def base(self) -> str:
        """The option that the others are held against."""
        return str(self.comparison["base"])

    def origin(self, objective: str, option: str, *, against: bool = False) -> Origin:
        """Return where a number of an objective comes from."""
        other = self.base if against and option != self.base else None
        return Origin(self.study, _FIGURES[objective], option, _compare(self), other)


def options(made: Made) -> Iterator[str]:
    """Yield a line an option: its title, and what it changes."""
    data = made.study.results.manifest["scenario"]["data"]
    listed = {each["id"]: each for each in data.get("options", ())}
    for option in made.comparison["options"]:
        rules = rule_sets({key: each for key, each in data.items() if key != "explored"}, option["id"])
        changed = [f"{html.escape(place)} {html.escape(str(value))}" for place, value in _set(listed, option["id"])]
        said = [f"rules {html.escape(_grouped(rules))}"] if rules else []
        yield (
            f"<li><b>{html.escape(option['title'])}</b> <code>{html.escape(option['id'])}</code>"
            f" <span class=dim>{'; '.join((*said, *changed[:2]))}{' …' if len(changed) > 2 else ''}</span></li>"
        )


def _set(listed: dict[str, Json], option: str) -> list[tuple[str, object]]:
    given = listed.get(option, {}).get("set") or {}
    return [(place, _short(value)) for place, value in given.items()]


def _short(value: object) -> object:
    return f"{value['low']} to {value['high']}" if isinstance(value, dict) and {"low", "high"} <= set(value) else value


def _grouped(rules: dict[str, str]) -> str:
    by_set: dict[str, list[str]] = {}
    for state, name in rules.items():
        by_set.setdefault(name, []).append(state)
    return ", ".join(f"{name} ({', '.join(states)})" for name, states in by_set.items())


def sentences(made: Made) -> Iterator[str]:
    """Yield the three sentences of the comparison; below each what turns it round."""
    pair = _pair(made)
    origins = [
        (r"itself stands on rung", _stands(made, pair, _standing(made, pair))),
        (r"Traced to their causes", Origin(made.study, _TRACED, pair, _compare(made))),
        (r"may harm people", Origin(made.study, _FELL, pair, _compare(made))),
        (r"truly was near", Origin(made.study, ("exposed_min",), pair, _compare(made))),
        (r"strays", Origin(made.study, ("stopped_strays",), pair, _compare(made))),
        (r"[Cc]ivil or friendly", made.origin("wrongful", pair)),
        (r"[Cc]ivil aircraft", Origin(made.study, ("wrongful_civil",), pair, _compare(made))),
        (r"[Ff]riendly aircraft", Origin(made.study, ("wrongful_friendly",), pair, _compare(made))),
        (r"million euros|[Cc]ost", made.origin("cost", pair, against=True)),
        (r"[Oo]ur own side|our own rung", Origin(made.study, ("peak_rung_own",), pair, _compare(made))),
        (r"[Tt]he other side", Origin(made.study, ("peak_rung_other",), pair, _compare(made))),
        (r"", made.origin("stopped", pair, against=True)),
    ]
    for sentence in made.comparison["sentences"]:
        yield f"<p>{made.ledger.sentence(sentence['text'], origins)}</p>"


def _standing(made: Made, option: str) -> int:
    return next(int(each["standing"]) for each in made.comparison["options"] if each["id"] == option)


def _compare(made: Made) -> str:
    return shlex.join(["holdfire", "compare", made.study.folder])


def _pair(made: Made) -> str:
    """Return the option that the sentences are about, held against the base."""
    one, other = pair_of(made.comparison)
    return str(next((each for each in (one, other) if each not in {None, made.base}), made.base))


def tradeoff(made: Made) -> str:
    """Return the table of options, and of the same once the other side has reacted where that was run."""
    out = _table(made, made.answer, made.survives)
    if reacted := made.answer["reacted"]:
        out += "<p class=dim>Once the other side reacts; an option whose reaction was not run stands as it is:</p>"
        out += _table(made, reacted, made.survives["reacted"] if made.survives else None)
    return out


def _table(made: Made, answered: Json, survives: Json | None) -> str:
    shared = survives["space"] if survives else None
    counted = "met" if "met" in answered["tradeoff"][0] else "stopped"
    head = [
        "option",
        "met by fighters, none stopped" if counted == "met" else "stopped a night",
        f"wrongly engaged, ratio to {answered['base']}",
        "own cost, M€",
        "rung own / other",
    ]
    head += ["traffic exposed, min"] if "exposed" in answered["tradeoff"][0] else []
    head += ["on the front"] + (["worst in nothing, % of space"] if shared else [])
    rows = [_row(made, row, survives if shared else None) for row in answered["tradeoff"]]
    cells = "".join(f"<th>{html.escape(each)}</th>" for each in head)
    front = made.ledger.sentence(answered["sentences"][0], [("", made.origin("stopped", answered["base"]))])
    return (
        f"<div class=wide><table><thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        f"<p>{front}{f' {html.escape(COLLISION)}' if 'exposed' in answered['tradeoff'][0] else ''}</p>"
    )


def _row(made: Made, row: Json, survives: Json | None) -> str:
    option, number, counted = row["option"], made.ledger.number, "met" if "met" in row else "stopped"
    cells = [
        f"<td><code>{html.escape(option)}</code></td>",
        f"<td>{_estimate(made, row[counted], made.origin(counted, option))}</td>",
        f"<td>{_ratio(made, row['ratio'], made.origin('wrongful', option))}</td>",
        f"<td>{_estimate(made, row['cost'], made.origin('cost', option))}</td>",
    ]
    rungs = [
        number(
            plain(row["rungs"][side]["value"])[0], Origin(made.study, (f"peak_rung_{side}",), option, _compare(made))
        )
        for side in ("own", "other")
        if row["rungs"][side]["value"] is not None
    ]
    stands = row["standing"]
    itself = f"; itself on {number(str(stands), _stands(made, option, stands))}" if stands else ""
    cells += [f"<td>{' / '.join(rungs) or 'none'}{itself}</td>"]
    cells += [f"<td>{_estimate(made, row['exposed'], made.origin('exposed', option))}</td>"] if "exposed" in row else []
    cells += [f"<td>{_FRONT[row['beaten']]}</td>"]
    if survives:
        parts = [found[option] for found in survives["space"]["shares"]["never_worst"].values()]
        origin = _held(made, survives, "worst in nothing", option)
        ends = [number(percent(value), origin) for value in (parts[0]["value"], _low(parts), _high(parts))]
        cells.append(f"<td>{ends[0]} <span class=i>{ends[1]} to {ends[2]}</span></td>")
    return f"<tr>{''.join(cells)}</tr>"


def _stands(made: Made, option: str, rung: int) -> Origin:
    """Return where the rung comes from on which an option stands by itself: it is the same in every night."""
    command = shlex.join(["holdfire", "ladder", made.study.folder])
    held = np.full(made.study.replications, float(rung))
    return Origin(made.study, (), option, command, said="the rung that it stands on by itself", held=held)


def _low(parts: list[Json]) -> float:
    return min(float(each["low"]) for each in parts)


def _high(parts: list[Json]) -> float:
    return max(float(each["high"]) for each in parts)


def _estimate(made: Made, found: Json, origin: Origin) -> str:
    if found["value"] is None:
        return "none"
    if found["low"] is None:
        return made.ledger.number(plain(found["value"])[0], origin)
    value, low, high = plain(found["value"], max(found["low"], 0.0), found["high"])
    mean = made.ledger.number(value, origin)
    ends = f"{made.ledger.number(low, origin)} to {made.ledger.number(high, origin)}"
    return f"{mean} <span class=i>{ends}</span>"


def _ratio(made: Made, ratio: Json | None, origin: Origin) -> str:
    if ratio is None:
        return "1"
    for bound in ("below", "above"):
        if ratio[bound] is not None:
            return f"{bound} {made.ledger.number(plain(ratio[bound])[0], origin)}"
    return "none in either" if ratio["value"] is None else _estimate(made, ratio, origin)


def ladder(made: Made) -> Iterator[str]:
    """Yield what the options do to the ladder, as far as ranges tell it."""
    told = made.ladder["sentences"] if made.ladder else []
    command = shlex.join(["holdfire", "ladder", made.study.folder])
    for each in told[:LADDER]:
        option = next((name for name in made.study.results.figures if each.startswith(name)), _pair(made))
        origin = Origin(made.study, ("peak_rung_other",), option, command)
        yield f"<li>{made.ledger.sentence(each, [('', origin)])}</li>"
    if len(told) > LADDER:
        yield f"<li class=dim>and more: <code>{html.escape(command)}</code></li>"


def depends(made: Made) -> Iterator[str]:
    """Yield what the answer depends on: what a space showed, and which assumed number turns a sentence round."""
    if made.survives and made.survives["space"] and made.space:
        space = made.survives["space"]
        for each in space["discovered"]:
            origin = _held(made, made.survives, f"not best ({each['objective']})", each["leader"], each["objective"])
            yield f"<li>{made.ledger.sentence(each['text'], [('', origin)])}</li>"
        steady = _held(made, made.survives, "worst in nothing", _steadiest(space))
        yield f"<li>{made.ledger.sentence(made.survives['sentences'][1], [('', steady)])}</li>"
        listed = "; ".join(f"{each['id']}: {each['label']}" for each in space["measures"])
        yield f"<li class=dim>Measures of the space: {html.escape(listed)}. None of them is a probability.</li>"
    elif made.survives and made.space:
        more = shlex.join(["holdfire", "explore", made.comparison["scenario"]["id"], "--out", made.space.folder])
        more += f" --resume --points {POINTS}"
        yield (
            f"<li>Too few points of the unknowns for shares of the space and for what turns the answer round: "
            f"{made.survives['points']}, where {LEAST_POINTS} are the least: <code>{html.escape(more)}</code></li>"
        )
    else:
        scenario = html.escape(shlex.join(["holdfire", "explore", made.comparison["scenario"]["id"]]))
        yield f"<li>No space of unknowns was explored: <code>{scenario}</code> says what survives them.</li>"
    flips = [sentence["flips"].replace("RESULTS", made.study.folder) for sentence in made.comparison["sentences"]]
    if made.stressed is None:
        yield f"<li>{html.escape(flips[0])}</li>"
        return
    origin = Origin(
        made.study, ("stopped",), _pair(made), shlex.join(["holdfire", "stress", made.study.folder]), made.base
    )
    for each in dict.fromkeys(flips):
        yield f"<li>{made.ledger.sentence(each, [('', origin)])}</li>"


def _held(made: Made, answered: Json, said: str, option: str, objective: str | None = None) -> Origin:
    """Return where a share of the space comes from: whether it holds of an option, night by night."""
    study = made.space
    if study is None:
        message = "a share of a space was told where none was explored"
        raise ValueError(message)
    names = [each["id"] for each in answered["options"]]
    lost = at_nights(groups.of(study.results, names))
    if objective is None:
        held = never_worst(lost)
    else:
        each = lost[[found["name"] for found in answered["objectives"]].index(objective)]
        held = each > each.min(axis=0)
    command = shlex.join(["holdfire", "answer", study.folder])
    return Origin(study, (), option, command, said=said, held=held[names.index(option)].astype(np.float64))


def _steadiest(space: Json) -> str:
    """Return the option that the sentence on steadiness is about."""
    by_measure = list(space["shares"]["never_worst"].values())
    return str(max(by_measure[0], key=lambda option: min(found[option]["value"] for found in by_measure)))


def assumed(made: Made) -> Iterator[str]:
    """Yield the assumed numbers that bear most."""
    listed = made.comparison["assumptions"]
    for each in listed[:ASSUMED]:
        yield f"<li>{html.escape(each['place'])}: {html.escape(each['value'])}</li>"
    if len(listed) > ASSUMED:
        yield f"<li class=dim>and {len(listed) - ASSUMED} more, all in the appendix.</li>"


def validated(made: Made) -> Iterator[str]:
    """Yield every outcome that the scenario was held against, inside the interval foretold or not."""
    found = made.validation
    if found is None:
        yield "<li>It never happened, or was not run as it is written: nothing could be held against a record.</li>"
        return
    outcomes = [each for each in found["facts"] if each["kind"] == "outcome" and each["inside"] is not None]
    command = shlex.join(["holdfire", "validate", made.study.folder])
    for each in outcomes[:VALIDATED]:
        origin = Origin(made.study, (each["figure"],), found["option"], command)
        ends = [made.ledger.number(f"{each['interval'][end]:.3g}", origin) for end in ("low", "high")]
        seen = _seen(each["observed"])
        verdict = "inside" if each["inside"] else "<b>outside</b>"
        yield f"<li>{html.escape(each['what'])}: {seen} seen; foretold {ends[0]} to {ends[1]} (80 %): {verdict}.</li>"
    yield (
        f"<li class=dim>{found['inside']} of {found['scored']} outcomes lie inside the 80 % interval. "
        "One night is one draw: it would not show that the model is right.</li>"
    )


def _seen(observed: Json) -> str:
    low, high = observed["low"], observed["high"]
    if low is None or high is None:
        return f"at least {low:g}" if low is not None else f"at most {high:g}"
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def sources(made: Made) -> Iterator[str]:
    """Yield the sources of the scenario itself, the best attested first."""
    listed = made.study.results.manifest["bibliography"]
    fields = ("id", "title", "grade", "url", "date")
    given = made.study.results.manifest["scenario"]["data"].get("sources", ())
    own = bibliography(Source(**{name: each.get(name) for name in fields}) for each in given)
    shown = [each for each in own if "[assumed]" not in each][:SOURCES]
    for each in shown:
        yield f"<li>{html.escape(each)}</li>"
    if len(listed) > len(shown):
        yield f"<li class=dim>and {len(listed) - len(shown)} more in the appendix.</li>"
