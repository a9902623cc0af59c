"""The coarse elevation model that ships, as tests take it."""

from __future__ import annotations

from holdfire.scenario.terrain import coarse_model

COARSE = coarse_model()
