"""The small night with every sensor that is spread over ground, and with broadcasts disturbed."""

from __future__ import annotations

from typing import Any

from support.nights import night

AREA = {"centre": [51.4, 22.4], "radius_km": 110}
NETWORKS: list[dict[str, Any]] = [
    {"id": "ears", "model": "acoustic-network", "area": AREA, "spacing_km": 4, "source": ["own"]},
    {"id": "finders", "model": "rf-detector", "area": AREA, "spacing_km": 15, "source": ["own"]},
    {"id": "residents", "model": "public-reports", "area": AREA, "source": ["own"]},
]
INTERFERENCE: list[dict[str, Any]] = [
    {
        "id": "jam", "kind": "jammed", "area": {"centre": [51.4, 21.6], "radius_km": 60}, "until_h": 1, "lost": 0.8,
        "source": ["own"],
    },
    {
        "id": "ghosts", "kind": "ghosts", "number": 3, "from": [51.9, 20.9], "to": [51.9, 23.9], "speed_m_s": 220,
        "height_m": 9000, "from_h": 0.1, "until_h": 1, "source": ["own"],
    },
]  # fmt: skip


def networked(*, networks: bool = True, interference: bool = True, suspects: bool = True) -> dict[str, Any]:
    """An hour with three Gerans and an Orlan-10 that sends, all low."""
    data = night()
    drones = data["intruders"][0] | {"number": 3, "appears_h": {"low": 0.0, "high": 0.1}}
    geran = drones | {
        "platform": "geran-2",
        "speed_m_s": {"low": 45, "high": 50},
        "height_m": {"low": 150, "high": 300},
    }
    orlan = drones | {"id": "orlan", "platform": "orlan-10", "number": 1, "speed_m_s": {"low": 28, "high": 34}}
    data |= {"duration_h": 1, "intruders": [geran, orlan], "options": [data["options"][0]]}
    data["sensors"] = [*data["sensors"], *(NETWORKS if networks else [])]
    data["priors"] = {"suspects_spoofing": suspects}
    return data | ({"interference": INTERFERENCE} if interference else {})
