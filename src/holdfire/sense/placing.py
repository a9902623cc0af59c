"""Which of a sensor's fields in a scenario go with which type: a radar stands or flies, a network has an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from holdfire.sense.field_schema import AcousticModel, FieldModel, PublicModel

if TYPE_CHECKING:
    from collections.abc import Container


def misfit(stated: object, given: Container[str]) -> tuple[str, str] | None:
    """Return the field that does not go with a type, or lacks, and what to do; nothing where all is well."""
    spread = isinstance(stated, FieldModel)
    nodes = spread and not isinstance(stated, PublicModel)
    if spread and "area" not in given:
        return "model", "it is spread over ground: write area, and no lat_deg, lon_deg, mast_m or carrier"
    if not spread and "area" in given:
        return "area", "it is one device: write lat_deg, lon_deg and mast_m, or a carrier, and no area"
    if nodes and "spacing_km" not in given:
        return "model", "'spacing_km' is missing: say how far its nodes are apart"
    if not nodes and "spacing_km" in given:
        return "spacing_km", "it has no nodes: leave spacing_km out"
    if "wind_m_s" in given and not isinstance(stated, AcousticModel):
        return "wind_m_s", "wind is heard by acoustic nodes only: leave wind_m_s out"
    return None
