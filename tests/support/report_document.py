"""A small but whole report by hand: two options part over one drone, which is shot down under the second alone.

Everything in it is made up. It follows web/src/report.ts and web/src/film.ts, and nothing of the package.
"""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

from support.report_film import (
    FRIEND,
    HOSTILE,
    STEP_S,
    UNIT_M,
    UNKNOWN,
    Film,
    background,
    encoded,
    straight,
    wobbling,
)

Json = dict[str, Any]

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "src" / "holdfire" / "report" / "page.html"
LOOK, RADAR, DANGER = "visual-confirmation", "radar-permitted", "perceived-danger"
OPTIONS = (LOOK, RADAR, DANGER)
DRONE, NIGHT, QUIET_NIGHT = "D01", 4, 7
STEPS, FOUND_S, FIRED_S, ARRIVES_S, FELL_S = 541, 2300, 2700, 4490, 4390
BECAUSE = {
    LOOK: {"VC-4": "Someone has seen what it is.", "VC-9": "Nobody fires at what nobody knows."},
    RADAR: {"RP-4": "It answers nobody, and closes on a place that is protected."},
}
BOX_KM = {"PL": (-300, -250, 60, 200), "BY": (60, -250, 300, 250)}
WATERS_KM = (-300, 200, 60, 222)
PLACES_KM = {"site": (-20, 0), "base": (-90, -30), "town": (-60, 30)}
KM = 1000 // UNIT_M


def document(films: int = 2) -> Json:
    """Return the report's JSON, without its films: three options, of which nothing but the numbers is real."""
    made: Json = json.loads((HERE / "made_up_report.json").read_text("utf-8"))
    made["assumptions"] += [{"place": f"radar.yaml: number {n}", "value": str(n), "bears_on": []} for n in range(12)]
    for tried in made["stress"]["tried"]:
        tried["figures"] = {figure["name"]: tried["options"] for figure in made["stress"]["figures"]}
    return made | {"map": map_data(), "films": made["films"][:films]}


def ring(west: int, south: int, east: int, north: int) -> list[list[int]]:
    """Return a box in km as rings of units."""
    corners = ((west, south), (east, south), (east, north), (west, north))
    return [[value * KM for corner in corners for value in corner]]


def map_data() -> Json:
    """Return a guarded state in the west, another in the east, and a site between them."""
    seen = [(cell % 24 > 8) * (cell % 3) for cell in range(480)]
    grid = {"rcs_m2": 0.1, "cell_m": 25000, "columns": 24, "rows": 20, "seen": seen}
    return {
        "unit_m": UNIT_M,
        "half_width_m": 300_000,
        "half_height_m": 250_000,
        "centre": [51.3, 23.2],
        "states": [
            {"code": code, "name": code, "guarded": code == "PL", "rings": ring(*box)} for code, box in BOX_KM.items()
        ],
        "waters": [{"code": "PL", "rings": ring(*WATERS_KM)}],
        "places": [
            {"id": kind, "title": f"A {kind}", "kind": kind, "at": [east * KM, north * KM], "radius_m": 1000}
            for kind, (east, north) in PLACES_KM.items()
        ],
        "sensors": [{"id": "radar", "title": "Medium-range radar", "at": [10 * KM, 5 * KM]}],
        "lay_down": [
            {"id": "radar", "title": "Medium-range radar", "where": "stands", "counted": True},
            {"id": "ears", "title": "Acoustic nodes", "where": "spread over an area", "counted": False},
        ],
        "coverage": [grid | {"height_m": h, "label": f"0.1 m² at {h} m"} for h in (300, 1000)],
    }


def night(replication: int, others: int = 12, *, parted: bool = True) -> Film:
    """Return a night with three drones; where the options part, D01 is shot down under all but the first."""
    film = Film(replication, STEPS, OPTIONS)
    for number in (1, 2, 3):
        film.aircraft(f"D{number:02}", "Gerbera", "intruder", "one-way-attack-type", "RU")
    fighter = film.aircraft("A0001", "F-16C", "fighter", "own-or-allied-military", "PL")
    for drone in (1, 2):
        flown = straight((110, 10.0 * drone), (-40, 5.0 * drone), 600, 400)
        film.truth(film.header, drone, 40, flown)
        film.track(film.header, 10 + drone, drone, 100, wobbling(flown[60:], drone))
    patrol = straight((-90, -30), (20, 5), 3000, STEPS)
    film.truth(film.header, fighter, 0, patrol)
    film.track(film.header, 20, fighter, 0, patrol)
    for place, own in enumerate(film.header["own"]):
        fly_parted(film, own, shot=parted and place > 0)
    background(film, others, STEPS)
    return film


def fly_parted(film: Film, own: Json, *, shot: bool) -> None:
    """Add what one option has of D01: where it flew, what it was taken for, what happened to it, and why."""
    flown = straight((110, -5), (-20, 0), 700, 420)[: FIRED_S // STEP_S - 30 if shot else 420]
    film.truth(own, 0, 30, flown)
    film.track(own, 10, 0, 90, wobbling(flown[60:], 0))
    declared = [[2500, HOSTILE]] if shot else []
    own["identities"] = {"10": [[910, UNKNOWN], *declared], "11": [[1010, UNKNOWN]], "20": [[0, FRIEND]]}
    own["ends"] = {"0": [FIRED_S, "shot_down"] if shot else [ARRIVES_S, "arrived"]}
    own["ends"] |= {"1": [FELL_S, "fell"], "2": [FELL_S, "fell"]}
    told = [(1500, "entered", "it crosses the border"), (FOUND_S, "found", "a fighter finds it")]
    told += [(FIRED_S - 10, "fired", "the crew fires"), (FIRED_S, "hit", "hit"), (FIRED_S, "debris", "debris falls")][
        : 3 * shot
    ]
    by = {"found": 3, "fired": 3, "hit": 3}
    own["events"] = [
        {"t": t, "what": what, "text": text, "of": 0, "track": 10, "by": by.get(what, -1)} for t, what, text in told
    ]
    stories = json.loads((HERE / "made_up_stories.json").read_text("utf-8"))
    own["stories"] = {"0": stories["shot" if shot else "held"]}
    own["rules"] = {name: {"title": f"The set {name}", "because": because} for name, because in BECAUSE.items()}


def written(made: Json, films: list[Film]) -> str:
    """Return the page with a report in it, as web/README.md says that it is written."""
    data = json.dumps(made).replace("<", "\\u003c")
    blocks = [f'<script type="application/json" id="report">{data}</script>']
    for entry, film in zip(made["films"], films, strict=True):
        blocks.append(f'<script type="application/octet-stream" id="{entry["element"]}">{encoded(film)}</script>')
    text = PAGE.read_text("utf-8").replace("<!--holdfire:title-->", html.escape(made["scenario"]["title"]))
    return text.replace("<!--holdfire:data-->", "\n".join(blocks))


def small() -> str:
    """Return the report that most tests open."""
    return written(document(), [night(NIGHT), night(QUIET_NIGHT, parted=False)])


def busy(aircraft: int = 400) -> str:
    """Return a report whose one night has so many other aircraft in the air at once."""
    return written(document(films=1), [night(NIGHT, others=aircraft)])
