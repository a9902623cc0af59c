"""A small map, tracks on it, and what the identify stage makes of them."""

from __future__ import annotations

from math import cos, sin
from typing import TYPE_CHECKING, Any

import numpy as np

from holdfire.geo.ground import Ground
from holdfire.identify.evidence import identify
from holdfire.identify.prepare import StateOnMap, alone_of, memory_for, view_for
from holdfire.identify.schema import PriorsModel, SiteModel
from holdfire.messages.contact import CONTACT
from holdfire.messages.evidence import Evidence, malformed
from holdfire.messages.layout import EVIDENCE, evidence_of
from holdfire.messages.plan import PLAN, POINT, Plans
from holdfire.messages.plot import NO_CODE
from holdfire.messages.track import TRACK, Stand, Tracks
from holdfire.messages.vocabulary import KINDS_OF_SENSOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from holdfire.identify.view import View

KM = 1000.0
MOST_PLANS = 400
RADAR, SSR = KINDS_OF_SENSOR.index("radar"), KINDS_OF_SENSOR.index("iff-ssr")
STATES = (
    StateOnMap("PL", guards=True, allied=True, alert="heightened"),
    StateOnMap("BY", guards=False, allied=False),
    StateOnMap("UA", guards=False, allied=False),
    StateOnMap("DE", guards=False, allied=True),
)
PL, BY, UA, DE, SEA = range(5)
CLOSED = {"origin": {"states": ["BY", "UA"], "uncrewed": 0.6, "crewed": 0.04}}


class Flat:
    """A projection that takes degrees for kilometres, longitude east."""

    def to_local(self, lat_deg: float, lon_deg: float) -> tuple[float, float]:
        return lon_deg * KM, lat_deg * KM


def ground(turn_rad: float = 0.0, shift: tuple[float, float] = (0.0, 0.0), people: float = 50.0) -> Ground:
    """Return 300 km of map: PL from x = -100 to 0 km, DE west of it, BY north-east, UA south-east, sea north of y = 90.

    All of it may be turned (counter-clockwise) about 0, 0 and then shifted.
    """
    half, cell = 150 * KM, 1 * KM
    middle = np.arange(-half + cell / 2, half, cell)
    gx, gy = np.meshgrid(middle + shift[0], middle + shift[1])
    dx, dy = gx - shift[0], gy - shift[1]
    x, y = cos(turn_rad) * dx + sin(turn_rad) * dy, -sin(turn_rad) * dx + cos(turn_rad) * dy
    state = np.where(y >= 90 * KM, SEA, np.where(x < -100 * KM, DE, np.where(x < 0, PL, np.where(y >= 0, BY, UA))))
    # distance to the box of PL, negative outside
    off_x, off_y = np.maximum(x, -100 * KM - x), np.maximum(y - 90 * KM, -400 * KM)
    outside = np.hypot(np.maximum(off_x, 0), np.maximum(off_y, 0))
    depth = np.where(outside > 0, -outside, -np.maximum(off_x, off_y))
    return Ground(
        x0_m=-half + shift[0],
        y0_m=-half + shift[1],
        cell_m=cell,
        state=state.astype(np.uint8),
        depth_m=depth[None].astype(np.float32),
        uncertainty_m=2000.0,
        people_per_km2=np.full(state.shape, people, np.float32),
    )


def view(*sites: SiteModel, priors: dict[str, Any] | None = None, states: Sequence[StateOnMap] = STATES) -> View:
    made = PriorsModel.model_validate(CLOSED if priors is None else priors)
    return view_for(sites, made, Flat(), states)


def site(x_km: float, y_km: float, radius_km: float = 1.0, **more: Any) -> SiteModel:
    name = f"s{len(more)}"
    return SiteModel(
        id=name, title=name, lat_deg=y_km, lon_deg=x_km, radius_km=radius_km, kind="power", source=["a"], **more
    )


def track(x_km: float, y_km: float, east_m_s: float = 0.0, north_m_s: float = 0.0, **more: Any) -> dict[str, Any]:
    """Return the fields of a confirmed track just fed by a radar, 100 m and 1 m/s uncertain, 500 m high."""
    plain = {
        "number": 1,
        "stand": int(Stand.CONFIRMED),
        "mode_a": NO_CODE,
        "x_m": x_km * KM,
        "y_m": y_km * KM,
        "vx_m_s": east_m_s,
        "vy_m_s": north_m_s,
        "h_m": 500.0,
        "p": (1e4, 0, 0, 0, 1e4, 0, 0, 1, 0, 1),
        "p_h": (900.0, 0, 1.0),
        "age_s": 0.0,  # since it was fed, and its state
        "squawk_since_s": -1e6,
        "mode_a_age_s": np.inf,
        "iff_age_s": np.inf,
        "height_age_s": 0.0,
        "two_sensors_age_s": np.inf,
        "kinds_age_s": {RADAR: 0.0},
    }
    return plain | more


class Sky:
    """Tracks on a map, identified again and again."""

    def __init__(self, on: Ground, seen_by: View, plans: Plans | None = None, capacity: int = 4) -> None:
        self.ground, self.plans = on, plans or plans_of()
        self.view = seen_by._replace(alone=alone_of(on.state, seen_by.places))
        self.memory = memory_for(capacity, MOST_PLANS)
        self.tracks = Tracks(
            np.zeros(capacity, TRACK), np.zeros(capacity, np.int64), np.zeros(5, np.int64), np.zeros(1, np.int64)
        )
        self.contacts = np.zeros(capacity, CONTACT)
        self.rows = np.zeros(capacity, EVIDENCE)
        self.slots, self.hosts = np.full(capacity, -1, np.int64), np.full(capacity, -1, np.int64)

    def at(self, time_s: float, *tracks: dict[str, Any]) -> list[Evidence]:
        """Identify these tracks, in places 0, 1, …, and check that no item is malformed."""
        for place, fields in enumerate(tracks):
            self.put(place, time_s, dict(fields))
        self.tracks.used[: len(tracks)] = range(len(tracks))
        self.tracks.counts[0] = len(tracks)
        self.rows["known"] = self.rows["code"] = 77  # of an earlier call, to be written over
        self.rows["age_s"] = self.rows["value"] = np.nan
        n = identify(
            self.view, self.ground, self.memory, self.tracks, self.contacts, self.plans, float(time_s), self.rows,
            self.slots, self.hosts,
        )  # fmt: skip
        found = [evidence_of(self.rows[row]) for row in range(n)]
        wrong = [malformed(name, known) for one in found for name, known in one.items.items()]
        assert not any(wrong), wrong
        return found

    def put(self, place: int, time_s: float, fields: dict[str, Any]) -> None:
        row = self.tracks.track[place]
        row["kind_s"] = -np.inf
        for kind, age_s in fields.pop("kinds_age_s").items():
            row["kind_s"][kind] = time_s - age_s
        row["time_s"] = row["fed_s"] = time_s - fields.pop("age_s")
        for name in ("mode_a", "iff", "height", "two_sensors"):
            row[f"{name}_s"] = time_s - fields.pop(f"{name}_age_s")
        for name, value in fields.items():
            row[name] = value

    def contact(self, place: int, number: int, **fields: Any) -> None:
        """Write what was done about a track; nothing else was."""
        self.contacts[place] = self.view.nobody[0]
        row = self.contacts[place]
        row["number"] = number
        for name, value in fields.items():
            row[name] = value


def one(fields: dict[str, Any], time_s: float = 1000.0, **sky: Any) -> Evidence:
    """Return what is known of one track that is seen for the first time."""
    return Sky(sky.pop("on", None) or ground(), sky.pop("seen_by", None) or view(), **sky).at(time_s, fields)[0]


def flown(sky: Sky, fields: dict[str, Any], times_s: Sequence[float]) -> list[Evidence]:
    """Return what is known of a track at each time, as it flies on straight from where it is at time 0.

    What does not answer goes on being asked.
    """
    out = []
    for asked, time_s in enumerate(times_s):
        here = fields | {
            "x_m": fields["x_m"] + fields["vx_m_s"] * time_s,
            "y_m": fields["y_m"] + fields["vy_m_s"] * time_s,
            "unanswered": fields["unanswered"] + asked if fields.get("unanswered") else 0,
        }
        out += sky.at(time_s, here)
    return out


def plans_of(*plans: tuple[int, int, list[tuple[float, float, float, float]]]) -> Plans:
    """Return plans from (address, squawk, points of x km, y km, height m, time s)."""
    rows = np.zeros(len(plans), PLAN)
    points: list[tuple[float, float, float, float]] = []
    for row, (address, squawk, legs) in zip(rows, plans, strict=True):
        row["address"], row["mode_a"] = address, squawk
        row["begin_s"], row["end_s"] = legs[0][3], legs[-1][3]
        row["leg"], row["leg_end"] = len(points), len(points) + len(legs)
        points += [(x * KM, y * KM, h, t) for x, y, h, t in legs]
    return Plans(rows, np.array(points, POINT))


def number(found: Evidence, name: str) -> tuple[float, float]:
    """Return a number and its deviation."""
    known = found.items[name]
    assert isinstance(known.value, float)
    return known.value, known.sd


def value(found: Evidence, name: str) -> Any:
    """Return an item's value if it is known and not too old, else nothing."""
    known = found.known(name)
    return None if known is None else known.value
