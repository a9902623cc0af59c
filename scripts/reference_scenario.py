"""Write docs/reference/scenario.md from the schema, so that the page cannot lag behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from holdfire.catalogue import LIBRARY
from holdfire.scenario.schema import json_schema

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "scenario.md"

HEAD = """# Scenarios

A scenario is one night as one YAML file (YAML 1.2, as for [rule sets](language.md)): where it happens, who flies, who
watches, who may act, and in which ways it could have been done. `holdfire scenario new my-night` writes a small one to
begin from; `holdfire scenario check FILE` names every error at once, with its line; `holdfire scenario schema` prints
a JSON Schema with which editors complete and check; `holdfire scenario list` shows what ships.

Units stand in the names: `height_m` is in metres above mean sea level, `speed_m_s` over ground, `appears_h` in hours
since the start. A place is `[latitude, longitude]` in degrees. Where a field takes a *range*, `{low: 38, high: 44}` is
drawn anew for every night, each value as likely as another, alike under every option; for what belongs to a group of
aircraft, once for each of them. `source` lists ids of `sources`.

## An example

```yaml
"""

OPTIONS = """```

## Options

An option is exactly what it changes. One that changes nothing is the night as the file says; the first in the list is
what the others are compared with. A file that lists none has one, `as-written`.

```yaml
options:
  - {id: as-was, title: As the file says}
  - {id: radar, title: Force on radar data, rules: {PL: radar-permitted, NL: mine.yaml}}
  - {id: more, title: More fighters in the air, set: {patrols.cap-east.number: 4}}
```

- `rules` gives states other rule sets, each an id (`holdfire rules list`) or a path from the scenario's folder; `chain`
  stands for the chain of command. An option with nothing else shares a night with the others until a ruling differs.
- `set` gives fields other values, by address: the names of the fields on the way, with points between. An entry of a
  list goes by its `id`, and by its `role` or `platform` where it has none: `bases.lask.aircraft.f-16c.readiness_min`.
  The whole value is replaced, and what the file leaves to its default can be set too. What a file says of itself
  (`id`, `title`, `kind`, `summary`, `sources`, `options`, `observed`, `validation`) cannot.
- `add` gives lists further entries, behind those of the file: `add: {sensors: [...], patrols: [...], sources: [...]}`.
  They count before `set`, which may change them.
- `uses` takes the changes of [options that ship](options.md) instead: `uses: visual+more-patrols~reaction`.

Each option is checked as the whole night that it makes, and what is wrong only under it is told at its own line. Two
options that make the same night are an error.

## Networks, and people who call

A network of acoustic nodes or direction finders, and the residents of a part of the area, are one sensor each, spread
over a circle or a polygon; nodes are laid within it by themselves.

```yaml
sensors:
  - {id: ears, model: acoustic-network, area: {centre: [51.4, 23.0], radius_km: 60}, spacing_km: 4, source: [own]}
  - id: finders
    model: rf-detector
    area: {corners: [[51.0, 22.5], [51.8, 22.5], [51.8, 23.4], [51.0, 23.4]]}
    spacing_km: 15
    source: [own]
  - {id: residents, model: public-reports, area: {centre: [51.4, 22.4], radius_km: 100}, source: [own]}
```

None of them tells a height or a class. A plot of sound lies where the aircraft was when the sound left it; a bearing
alone is no place, so that two direction finders must intercept; a report comes minutes late. Each says how far off that
may put it. Tracks of an acoustic network stand by themselves where its nodes are near enough to one another. Reports do
not: they are too vague to confirm a track, and tell of one that other sensors hold. Ground and terrain hide no sound
and no radio signal here, and light by which people see is that of the whole night.

## What is there in some nights only, and lights

A group of intruders may fly in a share of nights (`chance`). Groups and lights with the same `one_of` are
alternatives: they divide one draw, so that one of them at most is there, each as often as its own chance says. A
light is what people take for an aircraft where none is; it is reported through a sensor of kind reports, again and
again from about one place.

```yaml
intruders:
  - {id: real, chance: 0.1, one_of: sighting, platform: small-drone, …}
lights:
  - id: star
    what: a star
    chance: 0.9
    one_of: sighting
    at: [51.4, 22.4]
    appears_h: {low: 0.2, high: 0.5}
    lasts_h: {low: 0.2, high: 3}
    reports_per_h: {low: 3, high: 20}
    seen_by: residents
    source: [own]
```

## Airports that close

`closing` says by which policy airports close and what that does to flights. It is worked out after a night from what
the picture held by the minute: reports that name a place near the airport, and tracks that sensors or a look confirm
and that nothing shows harmless. The truth is not asked, and nothing in the night changes: airliners fly on. A flight
that would have landed is diverted or waits, one that would have taken off is cancelled or waits; flights that follow
from those are not counted. Every number that the file leaves out is assumed, costs among them.

```yaml
closing:
  policy: on-report   # never, on-confirmed, on-report or always
  airports:
    - id: lublin-airport   # of a site
      radius_km: 8
      hours_ahead: 2
      movements: [{from_h: 6, until_h: 23, per_h: {low: 2, high: 6}}]
      source: [own]
  source: [own]
```

The figures are `closed_min` (of all airports together), `diverted`, `cancelled`, `passengers_delayed` (all people
aboard of the flights concerned) and `cost_closing_meur`, which is part of `cost_own_meur`. An option may set
`closing.policy`.

One figure more says what an open airport leaves open: `exposed_min` counts the minutes in which traffic ran while an
uncrewed intruder or stray truly was within `traffic_km` and below `traffic_below_m`. It alone asks the truth, after
the night, and closes nothing. Birds, and drones of our own side, do not count. No chance of a collision is made of the
minutes: none is published for such nights, and the risk is not modelled beyond them.

## What it costs to have

Flying and weapons cost as they are used. `upkeep` is what something costs by the day whether or not it is used: a
network of microphones by the node, a crew that waits in the cockpit by the aircraft. The 24 hours to which the night
belongs are counted once, in `cost_own_meur`, at the middle of the range. Options of the catalogue add it for the
sensors, the alert and the teams on the ground that they bring (`holdfire options SCENARIO` says how much); all those
ranges are assumed.

```yaml
upkeep:
  - {id: microphones, what: microphone of a network, number: 800, eur_a_day: {low: 0.4, high: 3}, source: [own]}
```

## Neighbours who warn by telephone

`warnings` lists neighbours who call when an intruder or a stray flies over their land and waters, or within `reach_km`
of them: of a share of those (`told_share`), some minutes after it came there (`delay_min`), and at a rate of nothing
that comes (`false_per_day`). Who calls may be an ally, or a state outside that is said to have called; a state that
guards here does not.

```yaml
warnings:
  - {id: ukraine, state: UA, told_share: {low: 0.3, high: 0.9}, delay_min: {low: 2, high: 12}, source: [own]}
```

A call says in which region, and no more: it begins no track, stands in no evidence, sends nobody and permits nothing.
All aircraft on alert are manned. An order that comes later finds their readiness shortened by the time since the call,
down to `least_min`; `lapses_min` after the last call crews leave their cockpits and are as cold as before. Time in the
cockpit is paid for by aircraft (`hour_eur`, in `cost_own_meur`), so that calls about nothing cost too. Patrols do not
turn for a call, and reliefs are not manned.

In results a call is an event `forewarned`, of the aircraft that it is about or, where there is none, of nobody; `trace`
and the report tell it, and `value` of a `scramble` says how many seconds nearer to take-off the crew was. The figure
`alert_to_airborne_min` shows what it comes to.

## Disturbed broadcasts

`interference` takes positions away from those who broadcast (ADS-B), moves them, or adds broadcasts of nobody.
Secondary radar is not touched.

```yaml
interference:
  - {id: jam, kind: jammed, area: {centre: [51.2, 22.0], radius_km: 70}, until_h: 1.5, lost: 0.8, source: [own]}
  - id: moved
    kind: displaced
    area: {centre: [51.9, 23.5], radius_km: 30}
    until_h: 2
    east_km: 12
    north_km: -6
    source: [own]
  - id: ghosts
    kind: ghosts
    number: 3
    from: [51.9, 20.9]
    to: [51.9, 23.9]
    speed_m_s: 220
    height_m: 9000
    until_h: 1
    source: [own]
```

A transmitter may be named instead of an area: whoever it is in the sight of is disturbed, over the radio horizon of its
antenna, so that high fliers are farther off than low ones; it may stand beyond the area. A `model` is one of
[what ships](sky.md) or a file of your own, and what the line says counts more:

```yaml
interference:
  - {id: kaliningrad, model: baltic-jamming, at: [54.7, 20.5], until_h: 2, source: [own]}
  - {id: brest, model: gnss-spoofing, at: [52.1, 23.7], reach_km: 150, until_h: 1, source: [own]}
  - {id: nobody, model: ghost-aircraft, from: [51.9, 20.9], to: [51.9, 23.9], until_h: 1, source: [own]}
```

Whoever watches trusts broadcasts, unless `priors` say `suspects_spoofing: true`. `transponder` is then
`spoof-suspected` for an address that is only broadcast where for six looks a radar should have seen it (one that stands
and works, within half its stated range, above the ground's echo) and no radar has, nor any interrogator.

## Light, weather and terrain

A night has one light and one weather, all over the area and all along. `darkness` says how light it is, or is `auto`:
then the Sun and the Moon are computed for half-way through, over the area's centre. A `moon` may be stated instead. Its
light lies between those of `night` (stars alone) and `twilight`, and eyes and cameras between their angles for these;
cloud takes of it. Cloud is one layer (`cloud_base_m`, `cloud_cover`) or a list of `clouds`; whoever looks through a
layer is blocked as often as it covers the sky. `weather` names a whole sky of [those that ship](sky.md), or a file of
your own, and what else the night says counts more: `night: {darkness: auto, weather: low-stratus, source: [own]}`. An
option changes it with `set: {night.weather: dense-fog}`. Spelled out:

```yaml
night:
  darkness: auto
  visibility_km: 20
  clouds: [{base_m: 600, top_m: 1400, cover: 0.4}, {base_m: 5000, top_m: 6000, cover: 0.8}]
  source: [own]
terrain: {file: hills.tif, source: [own]}      # or coarse; none unless said
patrols:
  - {id: watcher, part: surveillance, platform: mq-9, crew: PL, number: 1, orbit: {at: [51.5, 22.6], radius_km: 15},
     height_m: 5000, until_h: 2, base: alert, missiles: 0, source: [own]}
sensors:
  - {id: turret, model: eo-ir-turret, carrier: watcher, source: [own]}
```

What a camera recognises is evidence without a crew beside the aircraft, rightly or wrongly. How far terrain may be
trusted stands in [Geography](geography.md).

## What really happened

`observed` stands beside the figures of a run and never enters it. Each fact is an `input` (the scenario was given it),
`calibrated` (assumed numbers were chosen so that it comes out), or an `outcome` (nothing was fitted to it). Only
outcomes score, each beside a `naive` forecaster where there is one to be had. `high` is left out where no source gives
a most; `low` too where no figure is public, and `note` then says so. A calibrated fact lists what was `fitted` to it.
`validation` says what was left out of the model for the test's sake and what could not be. `holdfire validate` holds a
scenario against all of it; see [validation](../validation.md).

## Assumed numbers

A number is counted as assumed if one of the sources cited nearest to it is graded `assumed`, or if the file leaves it
to its default. `holdfire scenario check` says how many of them a night has.

## Every section and field

"""


def page() -> str:
    """Return the page."""
    schema = json_schema()
    text = (LIBRARY / "templates" / "my-night.yaml").read_text(encoding="utf-8")
    sections = _table(schema, "Scenario", schema["$defs"])
    parts = [_table(schema["$defs"][name], name, schema["$defs"]) for name in _reached(schema)]
    return f"{HEAD}{text}{OPTIONS}{sections}{''.join(parts)}"


def _reached(schema: dict[str, Any]) -> list[str]:
    """Return the names of all parts that fields lead to, in the order in which a reader meets them."""
    found: list[str] = []
    waiting = [schema]
    while waiting:
        for name in _names(waiting.pop(0).get("properties", {})):
            part = schema["$defs"][name]
            if name not in found and "properties" in part:
                found.append(name)
                waiting.append(part)
    return found


def _names(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [str(value["$ref"]).rsplit("/", 1)[-1]] if "$ref" in value else []
        return own + [name for key, child in value.items() if key != "default" for name in _names(child)]
    return [name for child in value for name in _names(child)] if isinstance(value, list) else []


def _table(part: dict[str, Any], name: str, parts: dict[str, Any]) -> str:
    required = part.get("required", [])
    rows = "".join(
        f"| `{field}`{'' if field in required else ' (optional)'} | {_kind(spec, parts)} | {_meaning(spec)} |\n"
        for field, spec in part["properties"].items()
    )
    title = "The file" if name == "Scenario" else name.removesuffix("Model")
    about = " ".join(part.get("description", "").split())
    return f"### {title}\n\n{about}\n\n| field | what stands there | meaning |\n|---|---|---|\n{rows}\n"


def _meaning(spec: dict[str, Any]) -> str:
    default = spec.get("default")
    if isinstance(default, dict) and {"low", "high"} <= set(default):
        said = " to ".join(dict.fromkeys([f"{default['low']:g}", f"{default['high']:g}"]))
    else:
        plain = None if isinstance(default, dict | list) else default
        number = isinstance(plain, float)
        said = f"{plain:g}" if number else str(plain).lower() if isinstance(plain, bool) else str(plain)
        said = "" if plain is None else said
    return f"{spec.get('description', '')}; `{said}` unless said" if said else str(spec.get("description", ""))


def _kind(spec: dict[str, Any], parts: dict[str, Any]) -> str:
    if "$ref" in spec:
        return _part(str(spec["$ref"]).rsplit("/", 1)[-1], parts)
    if "anyOf" in spec:
        return " or ".join(_kind(each, parts) for each in spec["anyOf"] if each.get("type") != "null")
    if "enum" in spec or "const" in spec:
        return _listed([str(value) for value in spec.get("enum", [spec.get("const")])])
    inner = spec.get("items") or spec.get("additionalProperties")
    if spec.get("type") in {"array", "object"}:
        kind = _kind(inner, parts) if isinstance(inner, dict) else "a value"
        return f"list: {kind}" if spec["type"] == "array" else f"by name: {kind}"
    words = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
    return words.get(str(spec.get("type")), "a value") + _bounds(spec)


def _part(name: str, parts: dict[str, Any]) -> str:
    if "enum" in parts[name]:
        return _kind(parts[name], parts)
    return "range" if name in {"Range", "Value"} else _link(name)


def _link(name: str) -> str:
    title = name.removesuffix("Model")
    return f"[{title}](#{title.lower()})"


def _listed(values: list[str]) -> str:
    return ", ".join(f"`{value}`" for value in values) if len(values) <= 12 else f"one of {len(values)} names"


def _bounds(spec: dict[str, Any]) -> str:
    said = [
        f"{words} {spec[key]:g}"
        for key, words in (
            ("minimum", "from"), ("exclusiveMinimum", "more than"),
            ("maximum", "to"), ("exclusiveMaximum", "less than"),
        )
        if key in spec
    ]  # fmt: skip
    return "".join(f", {each}" for each in said)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
