"""What a study needs of whatever rehearses a night, and how a worker builds it for itself."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from holdfire.messages.night import OptionNight
    from holdfire.messages.story import Story


class Engine(Protocol):
    """Something that rehearses one replication under every option: the same names, the same night."""

    @property
    def options(self) -> Sequence[str]:
        """Ids of the options, in order."""
        ...  # pragma: no cover

    def rehearse(self, seed: int, replication: int) -> Sequence[OptionNight]:
        """Return one night for each option, in order."""
        ...  # pragma: no cover

    def trace(self, option: str, seed: int, replication: int, aircraft: int) -> Story:
        """Replay one replication under one option and tell the story of the aircraft at a place of the truth."""
        ...  # pragma: no cover


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to build an engine in any process.

    Attributes
    ----------
    builder
        `module:function`, called with the scenario's data and the options' ids.
    scenario
        The canonical scenario, all of it JSON.
    options
        Ids of the options, in order.
    """

    builder: str
    scenario: Mapping[str, Any]
    options: tuple[str, ...]

    def build(self) -> Engine:
        """Build the engine; the first in a process compiles, or loads what was compiled."""
        module, _, name = self.builder.partition(":")
        build = cast("Callable[[Mapping[str, Any], Sequence[str]], Engine]", getattr(import_module(module), name))
        return build(self.scenario, self.options)
