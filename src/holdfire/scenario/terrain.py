"""What a scenario's `terrain` rests on: whether it can be read for the area, and what it does not say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from holdfire.catalogue import LIBRARY, load_terrain
from holdfire.errors import Finding, InputError
from holdfire.geo.frame import Frame
from holdfire.geo.geotiff import check_geotiff
from holdfire.geo.terrain import coarse_terrain
from holdfire.sense.terrain_entry import COARSE, coarse_of
from holdfire.sense.terrain_schema import ENDINGS
from holdfire.units import KM_M
from holdfire.world.schema import AreaModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from holdfire.errors import Location
    from holdfire.geo.terrain import Coarse
    from holdfire.logic.checks import Raw
    from holdfire.scenario.schema import Scenario


def coarse_model() -> Coarse:
    """Return the coarse elevation model that ships."""
    return coarse_of(load_terrain(COARSE), LIBRARY)


def unread_terrain(data: Raw, near: Path | None) -> Iterator[Finding]:
    """Yield a finding where the terrain cannot be read, or does not cover the area."""
    given = data.get("terrain")
    name = given.get("file") if isinstance(given, dict) else None
    loc: Location = ("terrain", "file") if name else ("terrain",)
    if given != COARSE and not (isinstance(name, str) and name.endswith(ENDINGS)):  # told by the schema
        return
    try:
        frame, half_m = _about(AreaModel.model_validate(data.get("area")))
        if isinstance(name, str):
            check_geotiff((near or Path()) / name, frame, half_m)
        else:
            coarse_terrain(frame, half_m, coarse_model())
    except ValidationError:  # told by the schema
        return
    except InputError as error:
        yield Finding(loc, str(error))


def terrain_caution(scenario: Scenario, near: Path | None) -> str | None:
    """Return what a reader of results must know of the terrain; nothing where there is none, or it is fine."""
    if isinstance(scenario.terrain, str):
        return _caution(coarse_model()) if scenario.terrain == COARSE else None
    limits = coarse_model()
    cell_m = check_geotiff((near or Path()) / scenario.terrain.file, *_about(scenario.area))
    return _caution(limits) if cell_m > limits.coarser_than_m else None


def _caution(coarse: Coarse) -> str:
    return (
        f"terrain is coarse: it hides aircraft from {coarse.above_m:g} m above the ground on; lower, it is unknown, "
        "and the ground counts as level: low fliers are seen too far off, above all in hills"
    )


def _about(area: AreaModel) -> tuple[Frame, tuple[float, float]]:
    return Frame(area.centre_lat_deg, area.centre_lon_deg), (area.half_width_km * KM_M, area.half_height_km * KM_M)
