"""A small night for the response: one base, one patrol, a few aircraft, and tracks that follow them exactly."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, inf, sin
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import holdfire
from holdfire.geo.ground import Ground
from holdfire.messages.actions import ALL_ACTIONS, Action, bits
from holdfire.messages.aircraft import AIRCRAFT, PLATFORM, WAYPOINT, Arrival, Part, Status, World
from holdfire.messages.authority import ROLE_BIT, Role
from holdfire.messages.identity import CONCLUSIONS, Identity
from holdfire.messages.layout import ASSESSMENT, EVIDENCE, N_NAMED, RULING, Records
from holdfire.messages.response import ORDER, Response, What
from holdfire.messages.track import TRACK, Stand, Tracks
from holdfire.messages.vocabulary import INDEX, ITEM
from holdfire.reader.document import read
from holdfire.respond.act import act
from holdfire.respond.conduct_schema import ConductModel
from holdfire.respond.decide import decide
from holdfire.respond.encounter import encounter
from holdfire.respond.prepare import Airframe, Own, Sections, prepare_response, response_for
from holdfire.respond.schema import BaseOfAircraft, ChainModel, PatrolModel, StateModel
from holdfire.respond.warned import heed
from holdfire.respond.warners import NOBODY_CALLS
from holdfire.respond.weapons import WeaponModel, parse_weapon
from holdfire.seed import Key
from holdfire.world.move import move

if TYPE_CHECKING:
    from collections.abc import Iterable

    from holdfire.respond.means import Warners

FIGHTER, DRONE, JET, TEAM = range(4)
FRAMES = {
    "f-16c": Airframe(FIGHTER, 80.0, 230.0, 500.0, 9000.0, 1),
    "tanker": Airframe(JET, 80.0, 200.0, 260.0, 3e4, 3),
    "slow": Airframe(DRONE, 30.0, 50.0, 60.0, 9e4, 0),
    "team": Airframe(TEAM, 0.0, 12.0, 20.0, 2e5, 3),
}
SHELF = Path(holdfire.__file__).parent / "library/weapons"
N_TRACKS = 16
SURE: dict[str, Any] = {
    name: {"low": value, "high": value}
    for name, value in {
        "transit_m_s": 250, "search_km": 10, "search_min": 1, "give_up_min": 10, "finds_km": 50,
        "lost_sight_per_min": 0, "hold_share": 0, "answers_s": 60, "hears_share": 1, "reserve_min": 15,
        "shot_interval_s": 20, "debris_m2": 100, "turnaround_min": 60, "linger_min": 30, "tanker_burn_share": 0.5,
        "departures_per_contact_h": 1e-7, "retry_min": 5, "stray_km": 5, "weapon_m2": 200,
    }.items()
}  # fmt: skip
"""Conduct with nothing left to chance but what belongs to a crew and an aircraft."""
ONE = Key(1, 0, 0)
SHARE = {"radar-missile": {"low": 1, "high": 1}}
SURE_SHOT = SURE | {"success_share": SHARE}
ALLOWED = (Action.OBSERVE, Action.INTERROGATE, Action.HAIL, Action.INTERCEPT, Action.IDENTIFY)


def weapons() -> list[WeaponModel]:
    """Return the classes that ship, the gun last."""
    return [parse_weapon(read(SHELF / f"{name}.yaml").data) for name in ("heat-missile", "radar-missile", "gun")]


def state(**changes: Any) -> StateModel:
    """Return a guarding state with an air-operations commander who answers in 60 s."""
    role = {"role": "air-operations-commander", "available": 1.0, "source": ["s"]}
    role["answers_s"] = {"low": 60.0, "likely": 60.0, "high": 60.0}
    data = {"id": "PL", "guards": True, "ruleset": "r", "roles": [role | changes.pop("role", {})], "source": ["s"]}
    return StateModel.model_validate(data | changes)


def base(number: int = 2, **changes: Any) -> BaseOfAircraft:
    """Return a base in the middle of the area, its aircraft ready in ten minutes."""
    aircraft = {"platform": "f-16c", "crew": "PL", "number": number, "readiness_min": {"low": 10, "high": 10}}
    data = {"id": "home", "airport": "EPLK", "source": ["s"], "aircraft": [aircraft | changes] if number else []}
    return BaseOfAircraft.model_validate(data)


def patrol(**changes: Any) -> PatrolModel:
    """Return one aircraft on patrol 50 km east of the base."""
    data = {
        "id": "cap", "platform": "f-16c", "crew": "PL", "number": 1, "orbit": {"at": [0.0, 50.0]}, "height_m": 6000,
        "from_h": 0, "until_h": 6, "base": "home", "weapon": "radar-missile", "source": ["s"],
    }  # fmt: skip
    return PatrolModel.model_validate(data | changes)


def unit(**changes: Any) -> PatrolModel:
    """Return a team on the ground with short-range weapons, 20 km east of the base, that acts within 10 km."""
    arms = {"platform": "team", "weapon": "heat-missile", "gun_bursts": 20, "height_m": 50, "reach_km": 10}
    return patrol(**{"id": "team", "orbit": {"at": [0.0, 20.0], "radius_km": 1}, **arms, **changes})


def own(
    bases: Iterable[BaseOfAircraft] = (),
    patrols: Iterable[PatrolModel] = (),
    conduct: Any = None,
    warners: Warners = NOBODY_CALLS,
    **states: Any,
) -> Own:
    """Prepare the response; a degree is a kilometre here, and every airport lies in the middle, 100 m high."""
    sections = Sections(
        [state(**states)], ChainModel(), list(bases) or [base(0)], list(patrols),
        ConductModel.model_validate(SURE if conduct is None else conduct), warners,
    )  # fmt: skip
    return prepare_response(
        sections, FRAMES, weapons(), lambda lat, lon: (lon * 1000.0, lat * 1000.0), lambda _: (0.0, 0.0, 100.0)
    )


def other(x_m: float, y_m: float, **changes: Any) -> np.void:
    """Return an uncrewed intruder that flies west at 45 m/s, 500 m high."""
    made: np.void = np.zeros(1, AIRCRAFT)[0]
    values = {
        "entity": 77, "part": Part.INTRUDER, "status": Status.FLYING, "arrival": Arrival.LEAVE, "platform": DRONE,
        "plan": -1, "x_m": x_m, "y_m": y_m, "h_m": 500.0, "heading_rad": 1.5 * np.pi, "speed_m_s": 45.0,
        "fails_s": inf, "transponder_fails_s": inf, "radio_fails_s": inf,
    }  # fmt: skip
    for name, value in (values | changes).items():
        made[name] = value
    return made


def platforms() -> Records:
    """Return the fighter, the drone, the jet and the team on the ground."""
    out = np.zeros(4, PLATFORM)
    speeds_m_s = (80, 500), (30, 60), (80, 300), (0, 20)
    for record, speeds, rcs_m2 in zip(out, speeds_m_s, (3.0, 0.05, 50.0, 0.1), strict=True):
        record["speed_min_m_s"], record["speed_max_m_s"] = speeds
        record["rcs_x_m2"], record["height_max_m"] = rcs_m2, 15000
    out["accel_m_s2"], out["turn_g"], out["climb_max_m_s"], out["descent_max_m_s"] = 3.0, 3.0, 60.0, 60.0
    return out


@dataclass
class Night:
    """A night in the making: whoever is listed in `tracked` has a track that follows it exactly."""

    prepared: Own
    others: list[np.void] = field(default_factory=list)
    key: Key = ONE
    events: int = 4000

    def __post_init__(self) -> None:
        n_own = self.prepared.aircraft.size
        rows = np.concatenate([self.prepared.aircraft, np.array(self.others, AIRCRAFT)])
        order = np.arange(n_own, rows.size)
        rows["spawn_s"][n_own:] = -1.0
        self.world = World(
            rows, np.concatenate([self.prepared.waypoints, np.zeros(1, WAYPOINT)]), platforms(),
            np.zeros(rows.size, np.int64), order, np.zeros(2, np.int64),
        )  # fmt: skip
        self.tracks = Tracks(np.zeros(N_TRACKS, TRACK), *(np.zeros(n, np.int64) for n in (N_TRACKS, 5, 1)))
        self.tracked: dict[int, int] = {place: n_own + place for place in range(len(self.others))}
        self.response: Response = response_for(self.prepared.means, N_TRACKS, self.events, rows.size)
        grid = np.zeros((2, 2))
        self.ground = Ground(
            -1e6, -1e6, 1e6, grid.astype(np.uint8), grid[None].astype(np.float32), 0.0,
            np.full((2, 2), 100.0, np.float32),
        )  # fmt: skip
        n = N_TRACKS
        self.rows, self.orders = np.zeros(n, EVIDENCE), np.zeros(n, ORDER)
        self.assessments, self.rulings = np.zeros(n, ASSESSMENT), np.zeros(n, RULING)
        self.slots, self.n, self.tick = np.arange(n), len(self.others), 0
        self.assess(Identity.SUSPECT)
        self.permit(*ALLOWED)

    def assess(self, *possible: Identity) -> None:
        """Leave these identities possible for every track."""
        self.assessments["identity"] = sum(1 << CONCLUSIONS.index(each) for each in possible)

    def permit(self, *actions: Action, by: Role = Role.CREW, executors: int = 1) -> None:
        """Permit these actions about every track."""
        self.rulings["permitted"] = bits(actions)
        for action in actions:
            self.rulings["authority"][:, ALL_ACTIONS.index(action)] = ROLE_BIT[by]
            self.rulings["executors"][:, ALL_ACTIONS.index(action)] = executors

    def know(self, name: str, value: str | float, row: int | None = None) -> None:
        """Let an item of evidence be known."""
        rows = self.rows if row is None else self.rows[row : row + 1]
        rows["known"] |= np.uint64(1 << INDEX[name])
        if isinstance(value, str):
            rows["code"][:, INDEX[name]] = ITEM[name].values.index(value)
        else:
            rows["value"][:, INDEX[name] - N_NAMED] = value

    def follow(self) -> None:
        """Let tracks be where their aircraft are; one whose aircraft flies no more goes on."""
        for place, aircraft in self.tracked.items():
            track, truth = self.tracks.track[place], self.world.aircraft[aircraft]
            track["number"], track["stand"], track["time_s"] = 100 + place, Stand.CONFIRMED, float(self.tick)
            track["x_m"], track["y_m"], track["h_m"] = truth["x_m"], truth["y_m"], truth["h_m"]
            track["vx_m_s"] = truth["speed_m_s"] * sin(truth["heading_rad"])
            track["vy_m_s"] = truth["speed_m_s"] * cos(truth["heading_rad"])
            track["mode_a_s"] = -inf

    def decide(self) -> Records:
        """Return the orders of this moment."""
        decide(
            self.prepared.means, self.response, self.tracks, self.slots, self.n, self.assessments, self.rulings,
            self.rows, float(self.tick), self.orders,
        )  # fmt: skip
        return self.orders[: self.n]

    def act(self) -> None:
        """Carry the orders out."""
        act(
            self.prepared.means, self.response, self.tracks, self.orders, self.slots, self.n, self.world,
            float(self.tick), self.tick, self.key,
        )  # fmt: skip

    def run(self, seconds: int) -> None:
        """Go on for so many seconds."""
        for _ in range(seconds):
            move(self.world, self.tick, 1.0, 1e6, 1e6)
            self.follow()
            if self.tick % 5 == 0:
                heed(self.prepared.means, self.response, self.world, float(self.tick), 5.0, self.tick, self.key)
                self.decide()
                self.act()
            encounter(
                self.prepared.means, self.response, self.tracks, self.world, self.ground, float(self.tick), self.tick,
                self.key,
            )  # fmt: skip
            self.tick += 1

    def happened(self, *whats: What) -> list[tuple[float, What, int, int]]:
        """Return time, what, aircraft and responder of the events so far, or of those of some kinds."""
        events = self.response.events[: max(int(self.response.counts[0]), 0)]
        return [
            (float(each["time_s"]), What(int(each["what"])), int(each["aircraft"]), int(each["responder"]))
            for each in events
            if not whats or each["what"] in whats
        ]

    def at(self, what: What) -> float:
        """Return when something first happened, inf: never."""
        return min((each[0] for each in self.happened(what)), default=inf)
