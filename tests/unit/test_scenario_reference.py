"""The reference of scenarios is that of the schema."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "reference_scenario.py"


def test_the_page_is_current() -> None:
    spec = importlib.util.spec_from_file_location("reference_scenario", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "run scripts/reference_scenario.py"
