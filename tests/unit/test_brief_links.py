"""Each number that can be said leads to the row of its own figure and options; nothing else is a link."""
# ruff: noqa: E501  # rows of a table stand whole

from __future__ import annotations

import html
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from holdfire.answer.discovery import said as discovery_said
from holdfire.answer.sentences import said as answer_said
from holdfire.report.brief import parts
from holdfire.report.brief.appendix import appendix
from holdfire.report.brief.ledger import Ledger, Study, words
from holdfire.report.brief.parts import Made
from holdfire.study.compare import compare
from holdfire.study.ladder_words import said as ladder_said
from holdfire.study.said import Kind, Number, Of, say
from holdfire.study.words import said
from support.made_study import MORE, SOME, STUDIES, TITLES, jagged, study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.study.results import Results

EVERY = "was, look, radar"
CIVIL, FRIENDLY = "civil aircraft", "friendly aircraft"
OWN_COST, CLOSING_COST = "cost, own side, M€", "cost, of it by closed airports, M€"
CLOSED, OWN, OTHER = "closed, all airports, min", "highest rung, own side", "highest rung, other side"
NEITHER = f"{CIVIL}, {FRIENDLY}: {EVERY} (share of nights with any)"
STOPS = {"was": jagged(2, 1), "look": 1.0, "radar": jagged(4, 0.5)}
SHIFTED = {"was": SOME, "look": np.roll(SOME, 1), "radar": np.roll(SOME, 2)}
ALONE: dict[str, Any] = {"options": ("look",)}

SENTENCES: dict[str, tuple[Results, str, list[tuple[str, str]]]] = {
    "stops most": (study(stopped=STOPS), "intruders a night", [("1.8", "stopped: radar less was"), ("2.2", "stopped: radar less was")]),
    "base stops most": (
        study(stopped={"was": jagged(5, 1), "look": 2.0, "radar": 3.0}), "stops most", [("1.7", "stopped: was less radar"), ("2.3", "stopped: was less radar")],
    ),
    "not told apart": (
        study(stopped={"was": 2.5, "look": np.where(np.arange(40) % 3 == 0, 8.0, 0.0)}), "cannot be told apart: the first stops",
        [("0.9", "stopped: look less was"), ("1.5", "stopped: look less was")],
    ),
    "none came": (study(), "No intruder comes", [("7.2", f"entered: {EVERY} (share of nights with any)")]),
    "none stopped": (study(entered=dict.fromkeys(TITLES, 1.0)), "No intruder is stopped", [("7.2", f"stopped: {EVERY} (share of nights with any)")]),
    "alike": (study(stopped=dict.fromkeys(TITLES, 2.0)), "stops the same in each", [("2", f"stopped: {EVERY}")]),
    "one night": (study(1, stopped={"radar": 3.0, "was": 2.0}), "one night cannot", [("3", "stopped: radar"), ("2", "stopped: was")]),
    "one option": (study(**ALONE, stopped={"look": jagged(3, 1)}), "nothing is set beside it", [("2.7", "stopped: look"), ("3.3", "stopped: look")]),
    "nobody wronged": (study(), "No civil or friendly aircraft", [("7.2", NEITHER)]),
    "wronged in one option": (study(**ALONE, wrongful_friendly={"look": SOME}), "were fired at", [("27", f"{FRIENDLY}: look (share of nights with any)")]),
    "a ratio": (
        study(wrongful_civil={"was": SOME, "radar": MORE}), "fired at most",
        [(each, f"{CIVIL}: radar (times as often as was)") for each in ("4", "1.8", "8.8")] + [("7.2", f"{CIVIL}, {FRIENDLY}: look (share of nights with any)")],
    ),
    "a ratio above": (
        study(wrongful_friendly={"radar": MORE}), "more than", [("6.2", f"{FRIENDLY}: radar (times as often as was)"), ("7.2", f"{CIVIL}, {FRIENDLY}: look, was (share of nights with any)")],
    ),
    "a ratio below": (
        study(wrongful_civil={"was": MORE}), "less than", [("0.16", f"{CIVIL}: look (times as often as was)"), ("7.2", f"{CIVIL}, {FRIENDLY}: look, radar (share of nights with any)")],
    ),
    "as many": (
        study(wrongful_civil=SHIFTED), "times as many",
        [("5", f"{CIVIL}: {EVERY} (in all nights)"), ("0.3", f"{CIVIL}: look (times as often as was)"), ("3.7", f"{CIVIL}: radar (times as often as was)")],
    ),
    "as many in the same nights": (
        study(wrongful_civil=dict.fromkeys(TITLES, SOME)), "gives no ratio",
        [("5", f"{CIVIL}: {EVERY} (in all nights)"), ("27", f"{CIVIL}: {EVERY} (share of nights with any)")],
    ),
    "costs more": (
        study(stopped=STOPS, cost_own_meur={"radar": jagged(0.6, 0.2)}), "million euros a night more",
        [("0.54", f"{OWN_COST}: radar less was"), ("0.66", f"{OWN_COST}: radar less was")],
    ),
    "costs less, the base being said of": (
        study(stopped={"was": jagged(5, 1)}, cost_own_meur={"look": jagged(0.6, 0.2)}), "million euros a night less",
        [("0.54", f"{OWN_COST}: was less look"), ("0.66", f"{OWN_COST}: was less look")],
    ),
    "costs alone": (study(**ALONE, cost_own_meur={"look": jagged(3, 1)}), "costs our own side", [("2.7", f"{OWN_COST}: look"), ("3.3", f"{OWN_COST}: look")]),
    "costs in one night": (study(1, stopped={"radar": 3.0}, cost_own_meur={"radar": 2.5}), "in that one night", [("2.5", f"{OWN_COST}: radar less was")]),
    "airports": (
        study(stopped=STOPS, closed_min={"was": jagged(180, 20), "radar": jagged(300, 10)}, cost_closing_meur={"was": jagged(2, 0.2)}), "Airports are closed",
        [("174", f"{CLOSED}: was"), ("186", f"{CLOSED}: was"), ("1.9", f"{CLOSING_COST}: was"), ("2.1", f"{CLOSING_COST}: was"),
         ("174", f"{CLOSED}: look less was"), ("186", f"{CLOSED}: look less was"), ("117", f"{CLOSED}: radar less was"), ("123", f"{CLOSED}: radar less was")],
    ),
    "rungs": (
        study(stopped=STOPS, peak_rung_own={"radar": np.where(np.arange(40) < 20, 12, 0)}, peak_rung_other={"was": MORE}), "climbs higher than",
        [("34", f"{OWN}: radar (share of nights higher than was)"), ("66", f"{OWN}: radar (share of nights higher than was)"),
         ("7.2", f"{OWN}: radar (share of nights lower than was)"), ("7.2", f"{OTHER}: radar (share of nights higher than was)"),
         ("34", f"{OTHER}: radar (share of nights lower than was)"), ("66", f"{OTHER}: radar (share of nights lower than was)")],
    ),
}  # fmt: skip


def made_of(results: Results, **given: Any) -> Made:
    manifest: dict[str, Any] = results.manifest
    manifest["versions"] = {"holdfire": "1", "source": "0"}
    manifest["bibliography"] = []
    study_ = Study("results", "somewhere", "holdfire run night", results)
    unsaid: dict[str, Any] = dict.fromkeys(("space", "survives", "stressed", "validation", "ladder"))
    taken = unsaid | {"risks": {}} | given
    return Made(
        study=study_, comparison=compare(results, stress=taken["stressed"]), answer={}, ledger=Ledger(), **taken
    )


def links(made: Made, page: str) -> list[tuple[str, str]]:
    """Return the numbers of a page that are links, each with what the row that it leads to shows it to be of."""
    rows = dict(re.findall(r'<tr id="(n\d+)"><td>.*?</td><td>.*?</td><td>(.*?)</td>', appendix(made)))
    shown = re.findall(r'<a class="n" id="r\d+" href="#(n\d+)"[^>]*>([^<]*)</a>', page)
    return [(html.unescape(text), html.unescape(rows[place])) for place, text in shown]


@pytest.mark.parametrize("name", SENTENCES)
def test_each_number_of_a_sentence_leads_to_its_own_figure_and_options(name: str) -> None:
    results, phrase, meant = SENTENCES[name]
    made = made_of(results)
    (page,) = (each for each in parts.sentences(made) if phrase in re.sub("<.*?>", "", each))
    found = links(made, page)
    if name.startswith(("costs", "airports", "rungs")):  # one sentence says all three
        subject = meant[0][1].partition(":")[0].partition(",")[0]
        found = [each for each in found if each[1].startswith(subject) or each in meant]
    assert found == meant


@pytest.mark.parametrize("results", STUDIES)
@pytest.mark.parametrize("base", list(TITLES))
def test_each_number_is_one_of_its_own_figure(results: Results, base: str) -> None:
    made = compare(results, base)
    for sentence in said(made):
        for number in sentence.text.numbers:
            there = {abs(value) * (100 if number.of.kind in _SHARES else 1) for value in _values(made, number.of)}
            decimals = len(number.text.partition(".")[2])
            assert number.text in {f"{value:.{decimals}f}" for value in there}, (number, sentence.text.text)


@pytest.mark.parametrize("results", STUDIES)
def test_what_is_no_link_is_a_number_of_nights_or_the_level_of_all_intervals(results: Results) -> None:
    for sentence in said(compare(results)):
        left = "".join(each for each in sentence.text.parts if isinstance(each, str))
        assert not re.search(r"\d", re.sub(r"\d+ nights?\b|95 %|\d+ of them alike", "", left)), left


_SHARES = {Kind.SHARE, Kind.HIGHER, Kind.LOWER}
_TURNED = {Kind.HIGHER: Kind.LOWER, Kind.LOWER: Kind.HIGHER}


def _values(made: dict[str, Any], of: Of) -> Iterator[float]:
    """Yield all that the comparison says of a figure and options, read as a number of them is."""
    figures = {figure["name"]: figure["options"] for group in made["groups"] for figure in group["figures"]}
    if of.kind is Kind.STANDING:
        yield from (float(each["standing"]) for each in made["options"] if each["id"] in of.options)
    for name in of.figures:
        for option in of.options:
            turned = of.against not in {None, made["base"]}  # the base is said of, held against another
            against = figures[name][of.against if turned else option]["against_base"]
            taken = _read(figures[name][option], against, _TURNED.get(of.kind, of.kind) if turned else of.kind)
            yield from (float(value) for value in taken.values() if value is not None)


def _read(found: dict[str, Any], against: dict[str, Any], kind: Kind) -> dict[str, Any]:
    match kind:
        case Kind.LEVEL:
            low = found["estimate"]["low"]
            return {**found["estimate"], "from": None if low is None else max(low, 0.0)}
        case Kind.TOTAL:
            return {"total": found["total"]}
        case Kind.SHARE if "estimate" in found:
            return {"below": found["estimate"]["share_below"]}
        case Kind.SHARE:
            return dict(found["nights_with_any"])
        case Kind.DIFFERENCE | Kind.RATIO:
            return dict(against["ratio" if kind is Kind.RATIO else "difference"])
        case _:
            return dict(against["shift"]["higher" if kind is Kind.HIGHER else "lower"])


def test_the_night_of_a_number_is_read_as_it_is() -> None:
    results = study(stopped={"was": 1.0, "radar": np.arange(40)}, wrongful_civil={"radar": 3 * MORE})
    made = made_of(results)
    for of, nights in (
        (Of(("stopped",), ("radar",)), np.arange(40)),
        (Of(("stopped",), ("radar",), "was", Kind.DIFFERENCE), np.arange(40) - 1),
        (Of(("stopped",), ("radar",), "was", Kind.LOWER), np.arange(40) < 1),
        (Of(("wrongful_civil", "wrongful_friendly"), ("radar",), kind=Kind.SHARE), MORE),
        (Of(("wrongful_civil",), ("radar",), "was", Kind.RATIO), 3 * MORE),
    ):
        assert made.compared(of).nights().tolist() == nights.tolist(), words(of)


def tried(figure: str) -> dict[str, Any]:
    still, moved = ({"value": value, "low": None, "high": None} for value in (0.5, 0.25))
    figures = {
        name: {each: {"low": still, "high": moved if name == figure else still} for each in ("look", "radar")}
        for name in ("stopped", "wrongful", "cost_own_meur", "peak_rung_own", "peak_rung_other")
    }
    luck = {"place": "luck", "as_run": "0", "low": "-9", "high": "9", "options": figures["stopped"], "figures": figures}
    return {"base": "was", "nights": 20, "tried": [luck]}


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ("stopped", "stopped: radar"),
        ("wrongful", f"{CIVIL} + {FRIENDLY}: radar"),
        ("cost_own_meur", f"{OWN_COST}: radar"),
        ("peak_rung_other", f"{OTHER}: radar"),
    ],
)
def test_what_turns_nothing_round_leads_to_what_it_moves(figure: str, shown: str) -> None:
    rising = {"was": jagged(2, 1), "look": 1.0, "radar": jagged(4, 0.5)}
    results = study(
        stopped=rising,
        wrongful_civil={"radar": MORE, "was": SOME},
        cost_own_meur=rising,
        peak_rung_other={"radar": MORE},
    )
    made = made_of(results, stressed=tried(figure))
    found = links(made, "".join(parts.depends(made)))
    assert {*found} == {(each, f"{shown} less was (at an end of luck)") for each in ("+0.50", "+0.25")}
    assert "holdfire stress somewhere" in appendix(made)
    assert "--replication" not in appendix(made)


def test_a_space_says_of_which_option_and_objective_its_shares_are() -> None:
    box = {"limits": [{"words": "luck is above 0.25"}], "points": 8, "cases": 7, "coverage": 0.7, "p": 0.005}
    found = {"objective": "cost", "leader": "radar", "alike": False, "not_best": 0.25, "points": 40, "box": box}
    of = Of(("cost_own_meur",), ("radar",), kind=Kind.NOT_BEST)
    assert [*discovery_said(found, TITLES).numbers] == [Number(each, of) for each in ("7", "3", "70", "0.50")]
    assert [*discovery_said({**found, "box": None}, TITLES).numbers] == [Number("10", of)]
    assert not discovery_said({**found, "alike": True}, TITLES).numbers
    assert not discovery_said({**found, "not_best": 0.0}, TITLES).numbers
    share = {"was": {"value": 0.5, "low": 0.4, "high": 0.6}, "radar": {"value": 0.75, "low": 0.7, "high": 0.9}}
    made = {
        "options": [{"id": each, "title": TITLES[each]} for each in share], "points": 40, "nights": 2, "tradeoff": [],
        "base": "was", "came": {"more": [], "fewer": []},
        "objectives": [{"name": "stopped", "label": "stopped"}, {"name": "wrongful", "label": "wrongly engaged"}],
        "space": {"shares": {"never_worst": {"even": share}}, "discovered": [found]},
    }  # fmt: skip
    front, steady, _ = answer_said(made)
    of = Of(("stopped", "wrongful_civil", "wrongful_friendly"), ("radar",), kind=Kind.NEVER_WORST)
    assert not front.numbers
    assert [*steady.numbers] == [Number(each, of) for each in ("75", "70", "90")]


def test_a_ladder_says_of_which_option_its_numbers_are() -> None:
    moved = {
        "direction": "open", "low": -0.1, "high": 0.2, "higher_share": 0.6, "lower_share": 0.4,
        "needs_ratio_above_1": False, "holds_below_1": True,
    }  # fmt: skip
    even = {
        "figure": "cost_own_meur", "gain": {"value": 0.5, "low": 0.4, "high": 0.6}, "gain_in": "M€ saved", "told": True,
        "curve": [{"rate": 10.0, "raise": 0.05, "low": 0.04, "high": 0.06}], "outweighed_above_rate": 2.5,
    }  # fmt: skip
    made = {
        "base": "was",
        "options": [{"id": "radar", "against_base": {"next_rung": moved, "signals": [], "break_even": [even]}}],
    }
    risk, gain = ladder_said(made)
    assert [*risk.numbers] == [
        Number(each, Of((), ("radar",), "was", Kind.NEXT_RUNG)) for each in ("-10", "+20", "60", "40")
    ]
    cost = {"figures": ("cost_own_meur",), "options": ("radar",), "against": "was"}
    assert [(each.text, asdict(each.of) | {"kind": each.of.kind}) for each in gain.numbers] == [
        (text, {**cost, "kind": kind, "moved": ""})
        for texts, kind in ((("0.5", "0.4", "0.6"), Kind.DIFFERENCE), (("5", "4", "6", "2.5"), Kind.BREAKS_EVEN))
        for text in texts
    ]
    on_page = made_of(study(), ladder=made, risks={"was": np.zeros(40), "radar": np.arange(40) / 100})
    found = links(on_page, "".join(parts.ladder(on_page)))
    assert found[0] == ("-10", "risk of the other side's next rung: radar less was")
    nearest = on_page.ledger.entries[0].nearest()
    assert nearest
    assert nearest[1] == pytest.approx(0.19)


def test_a_sentence_is_filled_in_order_and_titles_are_no_template() -> None:
    number = Number("2", Of(("stopped",), ("was",)))
    made = say("{} stops {}; {}", "“Rule {5}”", number, say("{} more", number))
    assert made.text == "“Rule {5}” stops 2; 2 more"
    assert made.numbers == (number, number)
    with pytest.raises(ValueError, match="longer"):
        say("{} and {}", "one")
