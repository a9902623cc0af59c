"""Every message about a bad ladder, word for word.

Each case changes a few words of the small ladder below; the `.txt` of its name in `ladders/` is exactly what a person
is told. To write those files anew, run with HOLDFIRE_REWRITE_GOLDEN=1, and read the difference as an author would.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_messages import plain, templates

import holdfire
from holdfire.catalogue import load_ladder
from holdfire.errors import InputError
from holdfire.escalate.traits_schema import CONSENTS

TOLD = Path(__file__).parent / "ladders"
KNOWN = "source: [own], because: Nobody knows"
STEP = "option: speak, own: say, because: It is that step, source: [own]"
SMALL = f"""\
id: small
title: A small ladder
summary: Two steps of each side.
sources:
  - {{id: own, title: My own assumption, grade: assumed}}
rungs:
  - {{id: say, rung: 1, side: own, title: Say so, precedent: often, source: [own],
     reversible: yes, visible: public, consent: [government], judged: assumed,
     cost: {{low: 0, high: 1, unit: M€ once, grade: assumed}}}}
  - {{id: shoot, rung: 2, side: own, title: Shoot, precedent: once, source: [own]}}
  - {{id: enter, rung: 1, side: other, title: Enter, precedent: often, source: [own]}}
  - {{id: strike, rung: 2, side: other, title: Strike, precedent: never, source: [own]}}
moves:
  - {{id: came, when: {{event: entered, intruder: true}}, own: say, other: enter, because: It was said, source: [own]}}
groups:
  - {{first: 1, last: 2, title: All of them, source: [own]}}
standing:
  - {{{STEP}}}
exchange:
  horizon_days: 30
  answers_at_most: 4
  beyond: {{own: shoot, other: strike}}
  other:
    up_nothing_lost: {{low: 0.1, high: 0.5, {KNOWN}}}
    up_uncrewed_lost: {{low: 0.1, high: 0.8, {KNOWN}}}
    down: {{low: 0, high: 0.4, {KNOWN}}}
    days: {{low: 1, high: 14, {KNOWN}}}
  own:
    up_uncrewed_entered: {{low: 0.1, high: 0.9, {KNOWN}}}
    up_crewed_entered: {{low: 0.1, high: 0.9, {KNOWN}}}
    up_struck: {{low: 0.1, high: 1, {KNOWN}}}
    down: {{low: 0, high: 0.3, {KNOWN}}}
    days: {{low: 1, high: 7, {KNOWN}}}
  ratios:
    crewed_to_uncrewed: {{low: 0.5, high: 8, {KNOWN}}}
    elsewhere_to_own: {{low: 1, high: 3, {KNOWN}}}
    unattributed_to_attributed: {{low: 0.3, high: 1, {KNOWN}}}
    after_step_up: {{low: 1, high: 3, {KNOWN}}}
    after_step_down: {{low: 0.2, high: 1, {KNOWN}}}
"""

CASES: dict[str, tuple[str, str]] = {
    "ratio-without-one": ("{low: 0.5, high: 8,", "{low: 2, high: 8,"),
    "chance-above-one": ("{low: 0.1, high: 0.8,", "{low: 0.1, high: 1.8,"),
    "range-swapped": ("{low: 0.1, high: 0.8,", "{low: 0.8, high: 0.1,"),
    "answered-in-no-time": ("{low: 1, high: 14,", "{low: 0, high: 14,"),
    "step-up-answered-less": ("after_step_up: {low: 1,", "after_step_up: {low: 0.5,"),
    "range-of-nobody": ("high: 14, source: [own],", "high: 14, source: [atlas],"),
    "range-misspelt": ("up_uncrewed_lost", "up_uncrewd_lost"),
    "beyond-no-rung": ("beyond: {own: shoot,", "beyond: {own: strike,"),
    "state-in-words": ("answers_at_most: 4", "answers_at_most: 4\n  other_states: [Russia]"),
    "exchange-without-ratios": (SMALL[SMALL.index("  ratios:") :], ""),
    "not-judged": (" judged: assumed,", ""),
    "consent-of-none-and-others": ("consent: [government]", "consent: [none, government]"),
    "consent-misspelt": ("consent: [government]", "consent: [goverment]"),
    "reversible-as-yaml-1.1": ("reversible: yes", "reversible: true"),
    "cost-swapped": ("cost: {low: 0,", "cost: {low: 3,"),
    "cost-of-no-unit": ("unit: M€ once", "unit: EUR"),
    "cost-attested-by-nobody": ("unit: M€ once, grade: assumed", "unit: M€ once, grade: official"),
    "group-swapped": ("first: 1, last: 2,", "first: 3, last: 2,"),
    "standing-on-no-rung": ("option: speak, own: say", "option: speak, own: sya"),
    "standing-of-nothing": ("option: speak, own: say", "own: say"),
    "signal-of-one-way": (STEP, f"{STEP}, signals: {{low: 0.3, high: 0.9, {KNOWN}}}"),
    "signal-of-a-rule-set": (STEP, f"{STEP.replace('option', 'ruleset')}, signals: {{low: 0.5, high: 2, {KNOWN}}}"),
    "signal-of-nobody": (STEP, f"{STEP}, signals: {{low: 0.5, high: 2, source: [atlas], because: Nobody knows}}"),
    "signal-beyond-bounds": (STEP, f"{STEP}, signals: {{low: 0.5, high: 200, {KNOWN}}}"),
    "signal-twice": (
        f"  - {{{STEP}}}\n",
        "".join(f"  - {{{STEP}, signals: {{low: 0.5, high: 2, {KNOWN}}}}}\n" for _ in range(2)),
    ),
    "signal-that-nothing-weighs": (
        SMALL[SMALL.index(STEP) :],
        f"{STEP}, signals: {{low: 0.5, high: 2, {KNOWN}}}}}\n",
    ),
    "rung-twice": ("id: shoot, rung: 2", "id: say, rung: 2"),
    "height-taken": ("id: shoot, rung: 2", "id: shoot, rung: 1"),
    "move-to-no-rung": ("own: say, other: enter, because: It was said", "because: It was said"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_bad_ladder_is_told_word_for_word(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rewrite: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    old, new = CASES[name]
    assert SMALL.count(old) == 1
    Path("small.yaml").write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_ladder("small.yaml")
    path = TOLD / f"{name}.txt"
    if rewrite:
        path.write_text(f"{caught.value}\n", encoding="utf-8")
    assert str(caught.value) == path.read_text(encoding="utf-8").removesuffix("\n")


def test_the_small_ladder_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert load_ladder(str(path)).exchange


def test_every_text_belongs_to_a_case() -> None:
    assert {path.stem for path in TOLD.iterdir()} == set(CASES)


def all_templates() -> list[str]:
    package = Path(holdfire.__file__).parent / "escalate"
    sources = ("contradictions", "exchange_schema", "traits_schema")
    found = {each for name in sources for each in templates((package / f"{name}.py").read_text("utf-8"))}
    return sorted(each for each in found if plain(each) not in CONSENTS.values())


@pytest.mark.parametrize("template", all_templates(), ids=plain)
def test_every_message_is_told_by_some_case(template: str) -> None:
    assert any(re.search(template, path.read_text(encoding="utf-8")) for path in TOLD.iterdir())
