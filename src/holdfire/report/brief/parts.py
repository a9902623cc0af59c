"""The parts of a brief as HTML, each number of which is a row of the ledger."""

from __future__ import annotations

import html
import shlex
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from holdfire.answer import groups
from holdfire.answer.answer import COLLISION, LEAST_POINTS, at_nights
from holdfire.answer.beaten import CLEARLY, ON_AVERAGE
from holdfire.answer.front import never_worst
from holdfire.answer.objectives import MADE_OF
from holdfire.answer.sentences import said as said_of_answer
from holdfire.report.brief.ledger import Ledger, Origin, Study
from holdfire.scenario.option import rule_sets
from holdfire.sources import Source, bibliography
from holdfire.study.ladder_words import said as said_of_ladder
from holdfire.study.phrases import percent, plain
from holdfire.study.said import Kind, Of
from holdfire.study.words import said as said_of
from holdfire.study.words_cost import NOT_COUNTED
from holdfire.units import three

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    Json = dict[str, Any]

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
    risks: Mapping[str, NDArray[np.float64]]
    ledger: Ledger

    def compared(self, of: Of) -> Origin:
        """Return where a number of the comparison comes from."""
        return self.printed_by("compare", of)

    def printed_by(self, command: str, of: Of) -> Origin:
        """Return where a number comes from that a command of `holdfire` on the results prints."""
        return Origin(self.study, of, shlex.join(["holdfire", command, self.study.folder]))


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
    if not (isinstance(value, dict) and {"low", "high"} <= set(value)):
        return value
    low, high = value["low"], value["high"]
    return low if low == high else f"{low} to {high}"


def _grouped(rules: dict[str, str]) -> str:
    by_set: dict[str, list[str]] = {}
    for state, name in rules.items():
        by_set.setdefault(name, []).append(state)
    return ", ".join(f"{name} ({', '.join(states)})" for name, states in by_set.items())


def sentences(made: Made) -> Iterator[str]:
    """Yield the three sentences of the comparison, before them what the other side's reaction turns round."""
    for text in (made.survives or made.answer).get("reversals", ()):
        yield f"<p><b>{html.escape(text)}</b></p>"
    for each in said_of(made.comparison, made.stressed):
        yield f"<p>{made.ledger.sentence(each.text, partial(_of_comparison, made))}</p>"


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
    rows = [_row(made, row, survives if shared else None, answered["base"]) for row in answered["tradeoff"]]
    cells = "".join(f"<th>{html.escape(each)}</th>" for each in head)
    return (
        f"<div class=wide><table><thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
        f"<p>{html.escape(answered['sentences'][0])}"
        f"{f' {html.escape(COLLISION)}' if 'exposed' in answered['tradeoff'][0] else ''}</p>"
        f"<p class=dim>{html.escape(NOT_COUNTED)}</p>"
    )


def _row(made: Made, row: Json, survives: Json | None, base: str) -> str:
    option, number, counted = row["option"], made.ledger.number, "met" if "met" in row else "stopped"
    level = {name: made.compared(Of(MADE_OF[name], (option,))) for name in (counted, "cost")}
    ratio = made.compared(Of(MADE_OF["wrongful"], (option,), base, Kind.RATIO))
    cells = [
        f"<td><code>{html.escape(option)}</code></td>",
        f"<td>{_estimate(made, row[counted], level[counted])}</td>",
        f"<td>{_ratio(made, row['ratio'], ratio)}</td>",
        f"<td>{_estimate(made, row['cost'], level['cost'])}</td>",
    ]
    rungs = [
        number(plain(row["rungs"][side]["value"])[0], made.compared(Of((f"peak_rung_{side}",), (option,))))
        for side in ("own", "other")
        if row["rungs"][side]["value"] is not None
    ]
    stands = row["standing"]
    itself = f"; itself on {number(str(stands), _stands(made, option))}" if stands else ""
    cells += [f"<td>{' / '.join(rungs) or 'none'}{itself}</td>"]
    cells += (
        [f"<td>{_estimate(made, row['exposed'], made.compared(Of(MADE_OF['exposed'], (option,))))}</td>"]
        if "exposed" in row
        else []
    )
    cells += [f"<td>{_FRONT[row['beaten']]}</td>"]
    if survives:
        parts = [found[option] for found in survives["space"]["shares"]["never_worst"].values()]
        figures = tuple(name for each in survives["objectives"] for name in MADE_OF[each["name"]])
        origin = _held(made, survives, Of(figures, (option,), kind=Kind.NEVER_WORST))
        ends = [number(percent(value), origin) for value in (parts[0]["value"], _low(parts), _high(parts))]
        cells.append(f"<td>{ends[0]} <span class=i>{ends[1]} to {ends[2]}</span></td>")
    return f"<tr>{''.join(cells)}</tr>"


def _of_comparison(made: Made, of: Of) -> Origin:
    return _stands(made, of.options[0]) if of.kind is Kind.STANDING else made.compared(of)


def _stands(made: Made, option: str) -> Origin:
    """Return where the rung comes from on which an option stands by itself: it is the same in every night."""
    rung = next(each["standing"] for each in made.comparison["options"] if each["id"] == option)
    origin = made.printed_by("ladder", Of((), (option,), kind=Kind.STANDING))
    return replace(origin, by_night=np.full(made.study.replications, float(rung)))


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
    told = said_of_ladder(made.ladder) if made.ladder else []
    for each in told[:LADDER]:
        yield f"<li>{made.ledger.sentence(each, partial(_of_ladder, made))}</li>"
    if len(told) > LADDER:
        command = shlex.join(["holdfire", "ladder", made.study.folder])
        yield f"<li class=dim>and more: <code>{html.escape(command)}</code></li>"


def _of_ladder(made: Made, of: Of) -> Origin:
    """Return where a number of the ladder comes from: night by night the risk, in the middle of what nobody knows."""
    origin = made.printed_by("ladder", of)
    if of.kind is not Kind.NEXT_RUNG or of.against is None:
        return origin
    return replace(origin, by_night=made.risks[of.options[0]] - made.risks[of.against])


def depends(made: Made) -> Iterator[str]:
    """Yield what the answer depends on: what a space showed, and which assumed number turns a sentence round."""
    if made.survives and made.survives["space"] and made.space:
        space = made.survives["space"]
        steady, *discovered = said_of_answer(made.survives)[1:]
        for each in (*discovered, steady):
            yield f"<li>{made.ledger.sentence(each, partial(_held, made, made.survives))}</li>"
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
    flips = [each.flips for each in said_of(made.comparison, made.stressed)]
    for each in dict.fromkeys(flips if made.stressed else flips[:1]):
        told = made.ledger.sentence(each, partial(made.printed_by, "stress"))
        yield f"<li>{told.replace('RESULTS', html.escape(made.study.folder))}</li>"


def _held(made: Made, answered: Json, of: Of) -> Origin:
    """Return where a share of the space comes from: whether it holds of an option, night by night."""
    study = made.space
    if study is None:
        message = "a share of a space was told where none was explored"
        raise ValueError(message)
    names = tuple(each["id"] for each in answered["options"])
    lost = at_nights(groups.of(study.results, names))
    if of.kind is Kind.NEVER_WORST:
        held = never_worst(lost)
    else:
        made_of = [MADE_OF[found["name"]] for found in answered["objectives"]]
        each = lost[made_of.index(of.figures)]
        held = each > each.min(axis=0)
    command = shlex.join(["holdfire", "answer", study.folder])
    return Origin(study, of, command, held[names.index(of.options[0])].astype(np.float64))


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
    for each in outcomes[:VALIDATED]:
        origin = made.printed_by("validate", Of((each["figure"],), (found["option"],), kind=Kind.FORETOLD))
        ends = [made.ledger.number(three(each["interval"][end]), origin) for end in ("low", "high")]
        seen = _seen(each["observed"])
        verdict = "inside" if each["inside"] else "<b>outside</b>"
        yield f"<li>{html.escape(each['what'])}: {seen} seen; foretold {ends[0]} to {ends[1]} (80 %): {verdict}.</li>"
    yield (
        f"<li class=dim>{found['inside']} of {found['scored']} outcomes lie inside the 80 % interval. "
        "One night is one draw: it would not show that the model is right.</li>"
    )
    stays = len(found["not_left_out"])
    known = f" What could not be left out ({stays}) is listed by" if stays else " See"
    yield (
        f"<li class=dim>Foretold by the scenario as it is written, with what was read from the incident in it.{known} "
        f"<code>holdfire validate {html.escape(found['scenario'])}</code>; with <code>--all</code> in its place the "
        "whole incident is left out.</li>"
    )


def _seen(observed: Json) -> str:
    low, high = observed["low"], observed["high"]
    if low is None or high is None:
        return f"at least {three(low)}" if low is not None else f"at most {three(high)}"
    return three(low) if low == high else f"{three(low)} to {three(high)}"


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
