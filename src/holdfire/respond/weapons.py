"""The classes of weapon: what a shot costs, and how often it does what it should, as far as that is public.

Nothing here describes how a weapon works. Success is a share of shots, assumed where no figure was published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, Field

from holdfire.errors import ContentError, Finding
from holdfire.findings import not_allowed
from holdfire.logic.parse import check
from holdfire.logic.schema import Slug, SourceModel, Text
from holdfire.logic.when_schema import STRICT
from holdfire.respond.values import Share, Value, within

if TYPE_CHECKING:
    from collections.abc import Iterator

GUN = "gun"
"""The class that bursts of a gun belong to."""


class WeaponModel(BaseModel):
    """A class of weapon."""

    model_config = STRICT
    id: Slug = Field(description="as scenarios name it")
    title: Text = Field(description="for people")
    cost_eur: Annotated[Value, within(0.0, 1e8)] = Field(description="of one shot, EUR")
    success_share: Share = Field(description="share of shots that bring down what they were fired at")
    stray_share: Share = Field(
        description="share of the other shots whose weapon comes down whole, armed or not; of the rest, which destroy "
        "themselves in the air, fragments fall, and are left out"
    )
    reach_km: Annotated[Value, within(0.1, 20.0)] = Field(
        description="distance to what it found at which a crew fires, km; a matter of conduct, not of the weapon"
    )
    sources: Annotated[list[SourceModel], Field(min_length=1)]


def parse_weapon(data: object) -> WeaponModel:
    """Return the weapon that a file describes; raises `ContentError` with every finding."""
    if not isinstance(data, dict):
        raise ContentError([Finding((), "a weapon is a mapping: begin with `id: my-weapon`")])
    findings = check(WeaponModel, data)
    if not findings:
        model = WeaponModel.model_validate(data)
        findings = list(_uncited(model))
        if not findings:
            return model
    raise ContentError(findings)


def _uncited(model: WeaponModel) -> Iterator[Finding]:
    known = [source.id for source in model.sources]
    for name in ("cost_eur", "success_share", "stray_share", "reach_km"):
        for place, cited in enumerate(getattr(model, name).source):
            if cited not in known:
                yield Finding((name, "source", place), not_allowed("source", cited, known))
