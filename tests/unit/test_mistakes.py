"""Mistakes that authors of rule sets make: each is told with its place, what was written, what may be, and the fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from holdfire.catalogue import load_ruleset
from holdfire.cli.main import run
from holdfire.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
id: my-rules
title: My rules
kind: archetype
summary: Mine, not the rules in force.
sources:
  - {id: own, title: Own, grade: assumed}
rules:
  - id: A-1
    permit: [engage]
    by: crew
    when:
      airspace: own
      speed_m_s: {at_most: 50}
    because: It is slow.
    source: [own]
  - id: A-2
    forbid: [engage]
    when: {iff: friendly}
    because: It is a friend.
    source: [own]
"""
SPEED, FRIEND, ROLE = "speed_m_s: {at_most: 50}", "{iff: friendly}", "by: crew"
ITEMS = "is not one of act, airspace, airway, "
MISTAKES = [
    # an item, and what carries its unit in its name
    ("airspace: own", "airspcae: own", "12:7", f"field 'airspcae' {ITEMS}", "did you mean 'airspace'?"),
    (SPEED, "speed_kmh: {at_most: 180}", "13:7", f"field 'speed_kmh' {ITEMS}", "did you mean 'speed_m_s'? (in m/s)"),
    (SPEED, "altitude_ft: {at_least: 500}", "13:7", f"'altitude_ft' {ITEMS}", "did you mean 'altitude_m'? (in m)"),
    (SPEED, "depth_km: {at_least: 2}", "13:7", f"field 'depth_km' {ITEMS}", "did you mean 'depth_m'? (in m)"),
    (SPEED, "max_age_s: 5", "13:7", "'max_age_s' has no place here", "it belongs to one item, as in airspace: {in"),
    (FRIEND, "{weather: bad}", "18:12", f"field 'weather' {ITEMS}", "and "),
    # a value
    ("airspace: own", "airspace: owm", "12:7", "airspace 'owm' is not one of own, allied,", "did you mean 'own'?"),
    (FRIEND, "{iff: foe}", "18:12", "iff 'foe' is not one of friendly, no-reply, unresolved", ""),
    (FRIEND, "{iff: true}", "18:12", "iff true is not one of friendly, no-reply, unresolved", ""),
    (FRIEND, "{transponder: 7800}", "18:12", "transponder '7800' is not one of civil,", "did you mean '7700'?"),
    (FRIEND, "{origin: [Russia]}", "18:21", "origin 'Russia' is not one of AL, AM, ", "and "),
    (FRIEND, "{complying: no}", "18:12", "complying is 'no'", "write true or false"),
    (FRIEND, "{intent: yes}", "18:12", "intent is 'yes'", "write true or false"),
    (FRIEND, "{seen_as: civil}", "18:12", "'civil' says too little", "write includes, includes_any, at_least"),
    (FRIEND, "{identity: pending}", "18:12", "no rule can ask for that", "leave it out"),
    (SPEED, "speed_m_s: 50", "13:7", "50 says too little", "write at_least or at_most"),
    (SPEED, "speed_m_s: {at_most: fifty}", "13:19", "at_most is 'fifty'", "write a number, in m/s"),
    (SPEED, "speed_m_s: {at_most: 50 km/h}", "13:19", "at_most is '50 km/h'", "write a number, in m/s"),
    (SPEED, "speed_m_s: {less_than: 50}", "13:19", "field 'less_than' is not one of", "did you mean 'at_most'?"),
    (SPEED, "speed_m_s: {at_least: 60, at_most: 50}", "13:19", "at_least 60 is more than at_most 50", "swap them"),
    (SPEED, "speed_m_s: {at_most: 50, max_age_s: -1}", "13:32", "max_age_s is -1", "it must be more than 0"),
    # an action, a role
    ("[engage]\n    by", "[enagge]\n    by", "9:14", "permit 'enagge' is not one of", "did you mean 'engage'?"),
    ("[engage]\n    by", "[fire]\n    by", "9:14", "permit 'fire' is not one of", "did you mean 'engage'?"),
    ("[engage]\n    by", "engage\n    by", "9:5", "permit is 'engage'", "write a list, as [one, another]"),
    (ROLE, "by: crews", "10:5", "by 'crews' is not one of crew, mission-commander,", "did you mean 'crew'?"),
    (ROLE, "by: minister", "10:5", "by 'minister' is not one of", "did you mean 'national-authority'?"),
    (f"    {ROLE}\n", "", "8:5", "'by' is missing", "say who authorises"),
    (ROLE, f"{ROLE}\n    executed_by: pilot", "11:5", "executed_by 'pilot' is not one of", "did you mean 'crew'?"),
    ("forbid: [engage]", f"forbid: [engage]\n    {ROLE}", "18:5", "by belongs to a permission", "leave it out"),
    (ROLE, f"{ROLE}\n    confidence: 95", "11:5", "confidence is 95", "it must be less than 1"),
    ("summary:", "roles: {police: {over: [pilot]}}\nsummary:", "4:25", "over 'pilot' is not one of", "'crew'?"),
    # dates
    ("summary:", "effective: {from: 2025-13-01}\nsummary:", "4:13", "'2025-13-01' is no day", "write it as 2025-10-09"),
    ("summary:", "effective: {from: 9 Oct 2025}\nsummary:", "4:13", "'9 Oct 2025' is no day", "as 2025-10-09"),
    ("summary:", "effective: {form: 2025-10-09}\nsummary:", "4:13", "'form' is not one of from, until", "mean 'from'?"),
    (
        "summary:", "effective: {from: 2026-01-01, until: 2025-01-01}\nsummary:", "4:31",
        "until 2025-01-01 lies before from 2026-01-01", "swap them",
    ),
    ("grade: assumed", "grade: assumed, date: 9.10.2025", "6:43", "date is '9.10.2025'", 'write a date as "2025'),
    # sources and reasons
    ("    source: [own]\n  - id", "  - id", "8:5", "'source' is missing", "name the ids of the sources"),
    ("[own]\n  - id", "[annex-2]\n  - id", "15:14", "'annex-2' is not among the sources", "add it there, or cite own"),
    ("[own]\n  - id", "[owm]\n  - id", "15:14", "source 'owm' is not among the sources", "did you mean 'own'?"),
    ("grade: assumed", "grade: assumd", "6:27", "'assumd' is not one of official, several", "did you mean 'assumed'?"),
    ("    because: It is slow.\n", "", "8:5", "'because' is missing", "say in one sentence why"),
    ("It is slow.", "", "14:5", "'because' is left empty", "say in one sentence why"),
    # what is not known
    (
        "airspace: own", "airspace: {in: [own], on_unknown: release, source: [own]}", "12:29",
        "on_unknown belongs to a prohibition", "leave it out",
    ),
    (FRIEND, "{iff: {in: [friendly], on_unknown: release}}", "18:34", "a release needs a source", "say whose text"),
    (
        FRIEND, "{iff: {in: [friendly], on_unknown: releese, source: [own]}}", "18:34",
        "on_unknown 'releese' is not one of hold, release", "did you mean 'release'?",
    ),
    # names and fields
    ("id: A-2", "id: A-1", "16:5", "id 'A-1' names another rule or criterion too (entry 1", "give each its own"),
    ("id: A-1", "id: a1", "8:5", "id is 'a1'", "begin with a capital"),
    ("id: my-rules", "id: My Rules", "1:1", "id is 'My Rules'", "as my-rules"),
    ("title: My rules", "title: 2025", "2:1", "title is 2025", "write it in quotation marks, as text"),
    ("kind: archetype", "kind: archetyp", "3:1", "'archetyp' is not one of archetype,", "did you mean 'archetype'?"),
    ("    permit:", "    allow:", "9:5", "field 'allow' is not one of", "did you mean 'permit'?"),
    (FRIEND, "{}\n    unless: {airspace: own}", "19:5", "field 'unless' has no place here", "write a second rule"),
    (FRIEND, "{airspace: {not: [own]}}", "18:23", "field 'not' is not one of", "did you mean 'not_in'?"),
    # variants
    ("title: My rules", "title: My rules\nextends: visual-confirmatoin", "3:1", "no rule set is", "'visual-confirm"),
    ("title: My rules", "title: My rules\nextends: self-defence", "8:1", "'rules' has no place", "under add"),
    # YAML itself
    ("  - id: A-1", "\t- id: A-1", "8:1", "a tab", "write spaces"),
    ("title: My rules", "title: My rules\ntitle: Again", "3:1", "'title' stands twice, first in line 2", "keep one"),
    ("title: My rules", "title: My: rules", "2:10", "a second colon", "quote text that has a colon in it"),
    ("[engage]\n    by", "[engage\n    by", "9:13", "this list is not closed", "write ]"),
    ("when:\n      airspace", "when\n      airspace", "11:5", "a key needs a colon", ""),
]  # fmt: skip


def told(text: str, folder: Path) -> list[str]:
    file = folder / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_ruleset(str(file))
    return [f"{fault.line}:{fault.column}: {fault.text}" for fault in caught.value.faults]


def test_the_text_itself_is_good(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD)
    assert load_ruleset(str(file)).id == "my-rules"


@pytest.mark.parametrize(("right", "wrong", "place", "words", "fix"), MISTAKES, ids=[case[1] for case in MISTAKES])
def test_a_mistake_is_told_where_it_stands(
    right: str, wrong: str, place: str, words: str, fix: str, tmp_path: Path
) -> None:
    assert right in GOOD
    faults = told(GOOD.replace(right, wrong, 1), tmp_path)
    assert any(fault.startswith(f"{place}: ") and words in fault and fix in fault for fault in faults), faults


def test_all_mistakes_of_a_file_are_told_at_once_and_nothing_is_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One wrong thing in every part of the file: none hides another."""
    text = GOOD
    for right, wrong in [
        ("kind: archetype", "kind: archetyp"), ("grade: assumed", "grade: assumd"),
        ("[engage]\n    by", "[enagge]\n    by"),
        (ROLE, "by: crews"), ("airspace: own", "airspcae: own"), (SPEED, "speed_m_s: {at_most: fifty}"),
        ("[own]\n  - id", "[nowhere]\n  - id"), ("id: A-2", "id: A-1"), (FRIEND, "{iff: foe}"),
    ]:  # fmt: skip
        text = text.replace(right, wrong, 1)
    faults = told(text, tmp_path)
    assert [fault.partition(": ")[0] for fault in faults] == [
        "3:1", "6:27", "9:14", "10:5", "12:7", "13:19", "15:14", "16:5", "18:12",
    ]  # fmt: skip
    assert run(["rules", "check", str(tmp_path / "mine.yaml")]) == 2
    assert "9 errors; nothing was loaded" in capsys.readouterr().out
    assert run(["rules", "explain", str(tmp_path / "mine.yaml"), "--evidence", "gerbera-after-look"]) == 2
    assert capsys.readouterr().out == ""
