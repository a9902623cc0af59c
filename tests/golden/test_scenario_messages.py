"""Every message about a bad scenario, word for word.

Each case changes a few words of the small scenario that `holdfire scenario new` writes; the `.txt` of its name in
`scenarios/` is exactly what a person is told. To write those files anew, run with HOLDFIRE_REWRITE_GOLDEN=1, and
read the difference as the author of a scenario would.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_messages import plain, templates

import holdfire
from holdfire import catalogue
from holdfire.errors import InputError
from holdfire.scenario.load import load_scenario
from support.nights import changed, small_library

TOLD = Path(__file__).parent / "scenarios"

OPTIONS = "\noptions:"
READY = "bases.alert.aircraft.f-16c.readiness_min: {low: 3, high: 5}"
QUICKER = f"  - {{id: quicker, title: Alert within five minutes, set: {{{READY}}}}}"
ALERT = "number: 2, readiness_min: {low: 8, high: 15}, missiles: 2}"
SECOND = "number: 2, readiness_min: {low: 8, high: 15}}\n      - {platform: f-16c, crew: PL, number: 1, readiness_min: {low: 8, high: 15}}"  # noqa: E501
CAP = (
    "{id: cap, platform: f-16c, crew: PL, number: 2, orbit: {at: [51.5, 22.6]}, height_m: 6000, until_h: 2,"
    " base: alert, source: [own]}"
)
FACT = "{id: shot, what: shot down, figure: stopped, low: 1, high: 2, kind: outcome, grade: assumed, source: [own]}"

ROUTE = """    route:
      - {at: [51.3, 22.8], spread_km: 10}
      - {at: [51.4, 21.6], spread_km: 20}
"""
LAYERS = "    - {h_m: 5000, from_deg: 90, m_s: 10}\n    - {h_m: 500, from_deg: 90, m_s: 10}\n"
NAIVE = "{how: As ever., low: 0, high: 1, grade: assumed, source: [own]}"
CASE = "{what: once, of: 4, share: 2, grade: assumed, source: [own]}"
SHARE = f"{{how: As ever., times: shot, cases: [{CASE}], grade: assumed, source: [own]}}"


def patrol(old: str, new: str) -> list[tuple[str, str]]:
    """A patrol with a fault."""
    return [(OPTIONS, f"\npatrols:\n  - {CAP.replace(old, new)}{OPTIONS}")]


def fact(old: str, new: str) -> list[tuple[str, str]]:
    """An observed figure with a fault."""
    return [(OPTIONS, f"\nobserved:\n  - {FACT.replace(old, new)}{OPTIONS}")]


def sets(new: str) -> list[tuple[str, str]]:
    """An option that sets something else."""
    return [(READY, new)]


LIGHT = (
    "  - {id: star, what: a star, at: [51.3, 22.8], appears_h: 0.5, lasts_h: 1, reports_per_h: 3, seen_by: radar,"
    " source: [own]}\n"
)
CALLER = "{id: ua, state: UA, told_share: 0.5, source: [own]}"


def caller(old: str, new: str, *more: str) -> list[tuple[str, str]]:
    """A neighbour who calls, with a fault, and others."""
    lines = "".join(f"  - {each}\n" for each in (CALLER.replace(old, new), *more))
    return [(OPTIONS, f"\nwarnings:\n{lines}{OPTIONS}")]


CASES: dict[str, list[tuple[str, str]]] = {
    # names
    "nobody-guards": [("guards: true", "guards: false")],
    "platform-misspelt": [("platform: gerbera", "platform: gerberra")],
    "platform-unknown": [("platform: gerbera", "platform: zeppelin")],
    "platform-is-a-file-that-is-not-there": [("platform: f-16c", "platform: mine.yaml")],
    "ruleset-misspelt": [("ruleset: visual-confirmation", "ruleset: visual-confirmaton")],
    "ruleset-faulty": [("ruleset: visual-confirmation", "ruleset: mine.yaml")],
    "sensor-unknown": [("model: medium-range-3d", "model: medium-range")],
    "terrain-unknown": [("\nnight:", "\nterrain: rough\nnight:")],
    "terrain-not-there": [("\nnight:", "\nterrain: {file: hills.tif, source: [own]}\nnight:")],
    "terrain-no-geotiff": [("\nnight:", "\nterrain: {file: hills.png, source: [own]}\nnight:")],
    "clouds-twice": [("cloud_cover: 0.5,", "cloud_cover: 0.5, clouds: [],")],
    "clouds-nowhere": [("cloud_base_m: 1200, cloud_cover: 0.5, ", "")],
    "sensor-is-eyes": [("model: medium-range-3d", "model: eyes")],
    "weapon-unknown": [("missiles: 2}", "missiles: 2, weapon: railgun}")],
    "weapon-unknown-in-conduct": [(OPTIONS, f"\nconduct: {{stray_share: {{gunn: {{low: 0, high: 0.1}}}}}}{OPTIONS}")],
    "airport-unknown": [("airport: EPDE", "airport: QQQQ")],
    "ladder-unknown": [(OPTIONS, f"\nladder: stairs{OPTIONS}")],
    "source-missing": [("kind: city, source: [own]", "kind: city, source: [atlas]")],
    "source-misspelt": [("kind: city, source: [own]", "kind: city, source: [ownn]")],
    "source-of-nobody": [("sources:\n  - {id: own, title: My own assumption, grade: assumed}", "sources: []")],
    "no-source": [("kind: city, source: [own]", "kind: city")],
    "state-unknown": [("state: RU", "state: RUS")],
    "crew-of-no-state": [("crew: PL", "crew: NL")],
    "base-unknown": patrol("base: alert", "base: alret"),
    "carrier-unknown": [("carriers: fighters", "carrier: cap")],
    "id-twice": [("{id: receiver,", "{id: radar,")],
    # numbers
    "sensor-at-sea-bottom": [("mast_m: 15", "mast_m: -40")],
    "sensor-without-a-mast": [(", mast_m: 15", "")],
    "number-zero": [("number: 2, readiness_min", "number: 0, readiness_min")],
    "number-below-zero": [("number: 2\n", "number: -2\n")],
    "range-swapped": [("height_m: {low: 200, high: 800}", "height_m: {low: 800, high: 200}")],
    "likely-outside": [("{low: 20, likely: 60, high: 300}", "{low: 20, likely: 600, high: 300}")],
    "too-fast-for-the-platform": [("{low: 38, high: 44}", "{low: 38, high: 90}")],
    "no-moment": [('start: "2025-11-03T22:00:00Z"', 'start: "2025-11-03 22:00"')],
    "no-duration": [("duration_h: 2\n", "duration_h: 0\n")],
    "no-place": [("at: [51.3, 22.8]", "at: 51.3")],
    # contradictions
    "route-outside": [("at: [51.4, 21.6]", "at: [51.4, 18.2]")],
    "origin-far-off": [("from: [51.2, 24.2]", "from: [24.2, 51.2]")],
    "sensor-outside": [("lat_deg: 51.4, lon_deg: 22.9", "lat_deg: 54.4, lon_deg: 22.9")],
    "orbit-outside": patrol("[51.5, 22.6]", "[49.5, 22.6]"),
    "appears-behind-the-end": [("appears_h: {low: 0.0, high: 0.5}", "appears_h: {low: 0.0, high: 2.5}")],
    "patrol-behind-the-end": patrol("until_h: 2", "until_h: 3"),
    "patrol-backwards": patrol("until_h: 2", "from_h: 1, until_h: 0.5"),
    "outcome-without-a-figure": fact("figure: stopped, ", ""),
    "figure-unknown": fact("stopped", "shot_down"),
    "observed-swapped": fact("high: 2", "high: 0"),
    "observed-without-a-figure": fact("low: 1, high: 2, ", ""),
    "calibrated-to-nothing": fact("kind: outcome", "kind: calibrated"),
    "calibrated-and-scored": fact("kind: outcome", f"kind: calibrated, fitted: [night], naive: {NAIVE}"),
    "naive-of-nothing": fact("kind: outcome", f"kind: outcome, naive: {NAIVE.replace('low: 0, high: 1, ', '')}"),
    "naive-times-nothing": fact("kind: outcome", f"kind: outcome, naive: {SHARE.replace('shot', 'entered')}"),
    "naive-share-above-one": fact("kind: outcome", f"kind: outcome, naive: {SHARE.replace('of: 4', 'of: 1')}"),
    # options
    "option-of-an-unknown-state": [("rules: {PL:", "rules: {LT:")],
    "option-with-an-unknown-ruleset": [("rules: {PL: radar-permitted}", "rules: {PL: radar-permited}")],
    "option-path-unknown-section": sets("base.alert.aircraft.f-16c.number: 4"),
    "option-path-unknown-entry": sets("bases.lask.aircraft.f-16c.number: 4"),
    "option-path-unknown-field": sets("bases.alert.aircraft.f-16c.readyness_min: {low: 3, high: 5}"),
    "option-path-too-long": sets("bases.alert.aircraft.f-16c.number.high: 5"),
    "option-path-of-an-empty-list": sets("patrols.cap.number: 4"),
    "option-value-out-of-bounds": sets("bases.alert.aircraft.f-16c.number: 0"),
    "option-names-nothing": sets("intruders.drones.platform: zeppelin"),
    "option-sets-a-ruleset": sets("states.PL.ruleset: radar-permitted"),
    "option-sets-the-title": sets("title: Another night"),
    "option-changes-nothing": [(QUICKER, "  - {id: again, title: Again}")],
    "option-same-as-another": [(QUICKER, "  - {id: again, title: Again, rules: {PL: radar-permitted}}")],
    "option-path-names-two": [(ALERT, SECOND)],
    "option-contradicts-elsewhere": sets("duration_h: 0.25"),
    # what disturbs
    "turbines-are-no-sensor": [("model: medium-range-3d", "model: wind-turbines")],
    "drifts-without-a-wind": [
        (ROUTE, "    drifts: true\n"), ("    speed_m_s: {low: 38, high: 44}\n", ""),
        ("  airliners:", "  balloons: {number: 1, origin: {from: [51.2, 23], to: [51.2, 23]}, height_m: 9000,"
         " appears_h: 0.1, platform: gerbera, source: [own]}\n  airliners:"),
    ],
    "warning-from-oneself": caller("state: UA", "state: PL"),
    "warning-from-one-twice": caller("", "", CALLER.replace("id: ua", "id: again")),
    "warning-from-afar": caller("state: UA", "state: PT"),
    "warning-of-more-than-all": caller("told_share: 0.5", "told_share: 1.5"),
    "warning-with-ends-swapped": caller("told_share: 0.5", "told_share: 0.5, delay_min: {low: 9, high: 3}"),
    "warning-field-misspelt": caller("told_share: 0.5", "told_share: 0.5, delay: 3"),
    "light-seen-by-a-radar": [(OPTIONS, f"\nlights:\n{LIGHT}{OPTIONS}")],
    "drifts-along-a-route": [("    arrival: fall ", "    drifts: true\n    arrival: fall ")],
    "winds-that-do-not-rise": [(OPTIONS, f"\nwind:\n  source: [own]\n  layers:\n{LAYERS}{OPTIONS}")],
    # the file
    "kind-missing": [("kind: hypothetical            # incident, proposal, benchmark or hypothetical\n", "")],
    "kind-unknown": [("kind: hypothetical ", "kind: fiction ")],
    "field-misspelt": [("duration_h: 2\n", "duration: 2\n")],
    "many-faults": [
        ("platform: gerbera", "platform: gerberra"), ("mast_m: 15", "mast_m: -40"), ("rules: {PL:", "rules: {LT:"),
        ("duration_h: 2\n", ""),
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "LIBRARY", small_library(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", CASES)
def test_a_bad_scenario_is_told_word_for_word(name: str, rewrite: bool) -> None:
    Path("my-night.yaml").write_text(changed(*CASES[name]), encoding="utf-8")
    if name == "ruleset-faulty":
        Path("mine.yaml").write_text("id: mine\ntitle: Mine\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario("my-night.yaml")
    path = TOLD / f"{name}.txt"
    if rewrite:
        path.write_text(f"{caught.value}\n", encoding="utf-8")
    assert str(caught.value) == path.read_text(encoding="utf-8").removesuffix("\n")


def test_every_text_belongs_to_a_case() -> None:
    assert {path.stem for path in TOLD.iterdir()} == set(CASES)


# Texts that no bad file brings about: what is no mapping at all, and a name asked for beside the file.
UNREACHED = {
    "a scenario is a mapping: begin with `id: my-night`",
    ".* (it has .*)",
    ".* has no option .*.*",
}
SOURCES = ("address", "checks", "drifters", "load", "option", "places", "references")


def all_templates() -> list[str]:
    package = Path(holdfire.__file__).parent / "scenario"
    return sorted({each for name in SOURCES for each in templates((package / f"{name}.py").read_text())})


@pytest.mark.parametrize("template", all_templates(), ids=plain)
def test_every_message_is_told_by_some_case(template: str) -> None:
    told = any(re.search(template, path.read_text(encoding="utf-8")) for path in TOLD.iterdir())
    assert told is (plain(template) not in UNREACHED)
